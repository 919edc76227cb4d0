"""When people wish to be asked, as they say it and read it in Slack."""

from __future__ import annotations

from typing import Any

from bot.rehearsal import Message, buttons, words
from bot.slack.routes import action_name
from tests.conversations.conftest import OUTSIDE_OWNER, Running


def pressed(bot: Running, thing: Message, name: str) -> str:
    """The first button of this name."""
    element = next(b for b in buttons(thing) if action_name(b["action_id"]) == name)
    return bot.person(OUTSIDE_OWNER).press(thing, element["action_id"], value=element["value"])


def test_explore(bot: Running) -> None:
    bot.begin()
    priya = bot.person(OUTSIDE_OWNER)
    for _day in range(60):
        bot.advance(days=1)
        if any("How" in words(m) and "going" in words(m) for m in priya.inbox()):
            break
    for m in priya.inbox():
        print(m.ts, words(m), [action_name(b["action_id"]) for b in buttons(m)])
    assert 0
