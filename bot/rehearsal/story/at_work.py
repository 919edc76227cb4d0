"""The picture of the bot at work: an owner who answers it, and a chair whom it asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.rehearsal.model import Message
from bot.rehearsal.picture import Panel, draw_panels, of_messages
from bot.rehearsal.reading import buttons
from bot.rehearsal.workspace import Workspace

TITLE = "Followthrough at work"
ANSWERING = "An owner answers a reminder in a plain sentence"
DECIDING = "The chair decides about a date that was promised to Parliament"


class NotToldError(LookupError):
    """The story has no message of the kind that the picture shows."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The story shows no {kind}: give it one, or draw something else.")


def at_work(workspace: Workspace, said: Sequence[Message]) -> str:
    """An SVG of two of the conversations; `said` are messages as they stood when posted.

    Messages are chosen by their buttons, not by their words, and the earliest of a kind is
    taken. NotToldError where there is none.
    """
    in_order = sorted(said, key=lambda message: float(message.ts))
    return draw_panels(
        [
            _panel(workspace, _answered(in_order), ANSWERING),
            _panel(workspace, [_asked_of_the_chair(in_order)], DECIDING),
        ],
        title=TITLE,
    )


def _answered(said: Sequence[Message]) -> list[Message]:
    """A reminder, the owner's sentence, and the echo that can be undone."""
    conversations: dict[str, list[Message]] = defaultdict(list)
    for message in said:
        so_far = conversations[message.channel]
        so_far.append(message)
        if _offers(message, "reply.undo") and len(so_far) > 2:
            reminder, sentence, _ = so_far[-3:]
            if _offers(reminder, "reply.on_track") and not sentence.by_bot:
                return so_far[-3:]
    raise NotToldError("reminder that its owner answers in a sentence")


def _asked_of_the_chair(said: Sequence[Message]) -> Message:
    """The card on a promise that slips: only there is a letter offered at once."""
    for message in said:
        if _offers(message, "date.agree_now"):
            return message
    raise NotToldError("promise to Parliament that slips")


def _offers(message: Message, action: str) -> bool:
    """Whether the message has a button of this action; a number may tell it from its like."""
    return any(b["action_id"].partition("#")[0] == action for b in buttons(message))


def _panel(workspace: Workspace, messages: Sequence[Message], subtitle: str) -> Panel:
    channel = workspace.channel(messages[0].channel)
    person = next(m for m in channel.members if m != workspace.app.bot_user_id)
    return Panel(
        title=workspace.user(person).real_name,
        subtitle=subtitle,
        conversation=of_messages(workspace, messages),
    )
