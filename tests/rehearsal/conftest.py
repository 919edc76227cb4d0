"""A rehearsal server, a real client, and a small Bolt app over a real socket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import slack_bolt
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.rehearsal import RehearsalServer, Workspace
from bot.slack.socket_mode import end

BOT = "U0FOLLOW01"
Json = dict[str, Any]


def section(text: str, **more: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, label: str = "Press", **more: Any) -> Json:
    """A button."""
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "action_id": action_id, "text": text, **more}


def a_modal(callback_id: str = "reason", **more: Any) -> Json:
    """A modal that asks for a reason."""
    reason = {"type": "plain_text_input", "action_id": "words"}
    label = {"type": "plain_text", "text": "Why?"}
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": {"type": "plain_text", "text": "More time"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [{"type": "input", "block_id": "reason", "label": label, "element": reason}],
        **more,
    }


class SmallBot:
    """A Bolt app that keeps what it hears and answers as the test tells it."""

    def __init__(self, client: WebClient, signing_secret: str) -> None:
        self.heard: list[Json] = []
        self.failing = 0
        self.submission_answer: Json = {}
        self.app = slack_bolt.App(
            client=client, signing_secret=signing_secret, process_before_response=True
        )
        for event in ("message", "app_mention", "app_home_opened", "member_joined_channel"):
            self.app.event(event)(self._hear)
        self.app.command("/status")(self._status)
        self.app.action(re.compile(".*"))(self._act)
        self.app.view("reason")(self._submit)
        self.app.view_closed("reason")(self._act)
        self.app.shortcut("remind")(self._act)

    def events(self, kind: str = "message") -> list[Json]:
        """The events of this type that it has heard, the bot's own messages left out."""
        events = [body["event"] for body in self.heard if "event" in body]
        return [e for e in events if e["type"] == kind and "bot_id" not in e]

    def _hear(self, body: Json, ack: Any) -> None:
        self.heard.append(body)
        if self.failing:
            self.failing -= 1
            ack(response=None)
            raise RuntimeError("told to fail")

    def _status(self, body: Json, ack: Any) -> None:
        self.heard.append(body)
        if body["text"] == "fail":
            raise RuntimeError("told to fail")
        ack(f"Status of {body['text']}")

    def _act(self, body: Json, ack: Any, client: WebClient) -> None:
        self.heard.append(body)
        wanted = [action["action_id"] for action in body.get("actions", [])]
        if wanted == ["ask"]:
            client.views_open(trigger_id=body["trigger_id"], view=a_modal(notify_on_close=True))
        ack()

    def _submit(self, body: Json, ack: Any) -> None:
        self.heard.append(body)
        ack(**self.submission_answer)


@pytest.fixture
def workspace() -> Workspace:
    """Dana and Pat at home, Rex outside in a shared channel, Max outside and a stranger."""
    workspace = Workspace()
    workspace.add_user("UDANA", "Dana Reed", email="dana@example.org")
    workspace.add_user("UPAT", "Pat Lowe")
    workspace.add_team("T2", "College of Imaging")
    workspace.add_user("UREX", "Rex Moor", email="rex@example.com", team="T2")
    workspace.add_user("UMAX", "Max Strange", team="T2")
    workspace.add_channel("CHOME", "imaging", members=["UDANA", "UPAT", BOT])
    workspace.add_channel("CSHARED", "imaging-all", members=["UDANA", "UREX", BOT])
    workspace.add_channel("CELSE", "elsewhere", members=["UPAT"])
    workspace.add_channel("CSECRET", "secret", members=["UPAT"], private=True)
    return workspace


@pytest.fixture
def slack(workspace: Workspace) -> Iterator[RehearsalServer]:
    """The server, impatient so that tests are quick."""
    with RehearsalServer(workspace, ack_timeout=0.5, close_grace=0.1) as server:
        yield server


@pytest.fixture
def client(slack: RehearsalServer) -> WebClient:
    """Slack's own client, without its retries."""
    token = slack.workspace.app.bot_token
    return WebClient(token, base_url=slack.url, retry_handlers=[], timeout=5)


@pytest.fixture
def bot(slack: RehearsalServer, client: WebClient) -> Iterator[SmallBot]:
    """The small bot, connected over Socket Mode."""
    app = slack.workspace.app
    bot = SmallBot(client, app.signing_secret)
    handler = SocketModeHandler(bot.app, app_token=app.app_token, ping_interval=0.1)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_for_sockets()
    yield bot
    end(handler.client)
