"""How the app answered somebody's command, press or modal, as that person saw it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal import talk
from bot.rehearsal.arguments import Args
from bot.rehearsal.deliveries import Delivery
from bot.rehearsal.methods.chat import bot, content
from bot.rehearsal.methods.views import STACK, checked, renewed, stacked
from bot.rehearsal.model import Channel, Json, RefusedError, User, View
from bot.rehearsal.workspace import Workspace


@dataclass
class Answer:
    """A command's acknowledgement; `error` is Slack's word for why the person saw none."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    in_channel: bool = False
    error: str = ""
    body: Any = None


@dataclass
class Submitted:
    """What became of a modal sent in: errors by block id, or the person's top modal now."""

    errors: dict[str, str] = field(default_factory=dict)
    error: str = ""
    view: View | None = None
    body: Any = None

    @property
    def ok(self) -> bool:
        """Whether the app took it."""
        return not self.errors and not self.error


def failure(delivery: Delivery) -> str:
    """What a person is told when nothing came back."""
    timed_out = delivery.reason in ("timeout", "http_timeout")
    return "operation_timeout" if timed_out else "dispatch_failed"


def show_command(
    workspace: Workspace, user: User, channel: Channel, answer: Answer, delivery: Delivery
) -> None:
    """Show a command's acknowledgement where it was typed."""
    body = delivery.body if delivery.answered else None
    answer.body = body
    if not delivery.answered:
        answer.error = failure(delivery)
        notice = f"{delivery.payload['command']} failed with the error {answer.error!r}"
        talk.whisper(workspace, channel, user, notice)
        return
    if not isinstance(body, dict) or not body:
        return
    try:
        answer.text, found = content(Args(body))
    except RefusedError as refused:
        answer.error = f"invalid_command_response: {refused.error}"
        answer.error += "".join(
            f" {m}" for m in refused.more.get("response_metadata", {}).get("messages", [])
        )
        return
    answer.blocks = found or []
    answer.in_channel = body.get("response_type") == "in_channel"
    if answer.in_channel:
        talk.post(workspace, channel, bot(workspace), answer.text, blocks=found)
    else:
        talk.whisper(workspace, channel, user, answer.text, blocks=found)


def take_submission(
    workspace: Workspace, user: User, view: View, result: Submitted, delivery: Delivery
) -> None:
    """Do to the person's modals what the acknowledgement says."""
    stack = workspace.modals.get(user.id, [])
    body = delivery.body if delivery.answered else None
    result.body = body
    if not delivery.answered:
        result.error = failure(delivery)
    elif view in stack:
        try:
            _act(workspace, user, view, result, body if isinstance(body, dict) else {})
        except RefusedError as refused:
            result.error = refused.error
            result.error += "".join(
                f" {m}" for m in refused.more.get("response_metadata", {}).get("messages", [])
            )
    result.view = stack[-1] if stack else None


def _act(workspace: Workspace, user: User, view: View, result: Submitted, body: Json) -> None:
    stack = workspace.modals[user.id]
    what = body.get("response_action")
    if what is None:
        stack.remove(view)
    elif what == "clear":
        stack.clear()
    elif what == "errors":
        inputs = {b["block_id"] for b in view.body["blocks"] if b["type"] == "input"}
        errors = body.get("errors")
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            raise RefusedError("invalid_errors_in_response")
        result.errors = dict(errors)
    elif what == "update":
        renewed(workspace, view, checked(workspace, body.get("view"), kind="modal"))
    elif what == "push":
        if len(stack) >= STACK:
            raise RefusedError("push_limit_reached")
        stacked(workspace, user, checked(workspace, body.get("view"), kind="modal"), on_top=True)
    else:
        raise RefusedError("invalid_response_action")
