"""When people wish to be asked, as they say it and read it in Slack."""

from __future__ import annotations

from typing import Any

from bot.rehearsal import Message, View, buttons, words
from bot.slack.routes import action_name
from tests.conversations.conftest import OUTSIDE_OWNER, Running


def names(thing: Message) -> list[str]:
    return [action_name(element["action_id"]) for element in buttons(thing)]


def pressed(bot: Running, thing: Message, name: str) -> str:
    """The first button of this name."""
    element: Any = next(b for b in buttons(thing) if action_name(b["action_id"]) == name)
    said = bot.person(OUTSIDE_OWNER).press(thing, element["action_id"], value=element["value"])
    bot.settle()
    return said


def opened(bot: Running) -> View:
    found = bot.person(OUTSIDE_OWNER).modal()
    assert found is not None
    return found


def asked(bot: Running) -> Message:
    """The first reminder, read again as it stands now."""
    return next(m for m in bot.person(OUTSIDE_OWNER).inbox() if "days.open" in names(m))


def test_a_tap_a_day_and_a_weekday_are_chosen_and_shown(bot: Running) -> None:
    bot.begin()
    bot.advance(days=92)
    priya = bot.person(OUTSIDE_OWNER)
    assert "You are asked on any day at work." in words(asked(bot))

    assert pressed(bot, asked(bot), "reply.on_track") == ""
    assert "A-01: on track, you said on Tuesday 16 August 2022." in words(asked(bot))
    assert pressed(bot, priya.inbox()[-1], "snooze.open") == ""
    late = priya.submit(opened(bot), {"day": "2022-09-01"})
    assert "the latest day I can ask again is Tuesday 30 August 2022" in late.errors["day"]
    assert priya.submit(opened(bot), {"day": "2022-08-26"}).ok
    bot.settle()
    assert "again on Friday 26 August 2022" in words(priya.inbox()[-1])
    assert "I ask again on Friday 26 August 2022." in words(asked(bot))

    assert pressed(bot, asked(bot), "days.open") == ""
    assert priya.submit(opened(bot), {"weekday": "Tuesday"}).ok
    bot.settle()
    assert "From now on I ask you on Tuesdays" in words(priya.inbox()[-1])
    priya.tell("ask me on any day")
    bot.settle()
    assert "From now on I ask you on any day at work." in words(priya.inbox()[-1])
    priya.tell("A-02 on track, ask me again in three weeks")
    bot.settle()
    assert "again on Tuesday 6 September 2022" in words(priya.inbox()[-1])
    assert pressed(bot, priya.inbox()[-1], "snooze.undo") == ""
    assert "I ask about it as before" in words(priya.inbox()[-1])
