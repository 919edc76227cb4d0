"""Commands as ways: each is tried wherever it can be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.services.intake import REFUSAL
from tests.conversations.ways.acts import BOT, Doing, Says, Slash
from tests.conversations.ways.cast import CHANNEL, MEMBERS
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Way

Before = Callable[[Scene], None]


def command(written: str, text: str, before: Before, way: Way) -> tuple[Way, ...]:
    """A command after /followthrough, in a direct message, and as a mention in a channel."""
    mention = Says(f"<@{BOT}> {text}", channel=CHANNEL, event="app_mention")
    shown = f"`{text}`, after `/followthrough`, in a direct message, or as a mention"
    asked: tuple[tuple[str, Doing, str], ...] = (
        ("command /followthrough", Slash("/followthrough", text), REFUSAL),
        (f"words {written}", Says(text), REFUSAL),
        ("event app_mention", mention, ""),
    )
    return tuple(
        replace(
            way,
            route=route,
            shown=shown,
            given=given(before, doing),
            outside=outside,
            gives=_where_said(way.gives, doing),
        )
        for route, doing, outside in asked
    )


def _where_said(gives: Gives, doing: Doing) -> Gives:
    """Words have no trigger to open a form with: it is offered behind a button."""
    return Gives.ANSWER if gives is Gives.FORM and isinstance(doing, Says) else gives


def given(before: Before, doing: Doing) -> Callable[[Scene], Doing]:
    def bring(scene: Scene) -> Doing:
        before(scene)
        return doing

    return bring


def nothing(_scene: Scene) -> None:
    """Nothing need be so."""


ANSWERED = Way(
    route="command /status",
    shown="`/status`",
    may=MEMBERS,
    gives=Gives.ANSWER,
    given=given(nothing, Slash("/status", "")),
)
