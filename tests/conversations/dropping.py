"""Files dropped in the bot's direct conversation, and what is said of them."""

from __future__ import annotations

import json

from bot.rehearsal import Message, buttons, words
from storage import groups, items
from tests.conversations.conftest import SECRETARY, Running
from tests.conversations.forging import Hand

LOG = "log.xlsx"


def inbox(bot: Running, user: str = SECRETARY, since: int = 0) -> list[str]:
    """What somebody has been told, once everything has been done."""
    bot.settle()
    return [words(message) for message in bot.person(user).inbox()[since:]]


def answered(
    bot: Running, *files: tuple[str, bytes], by: str = SECRETARY, text: str = ""
) -> list[str]:
    """What is said to somebody who drops these."""
    known = len(bot.person(by).inbox())
    bot.person(by).drop(*files, text=text)
    return inbox(bot, by, known)


def report(bot: Running) -> Message:
    """The newest message with a button to import."""
    found = [m for m in bot.person(SECRETARY).inbox() if buttons(m)]
    return next(m for m in reversed(found) if buttons(m)[0]["action_id"] == "sheet.import")


def press(bot: Running) -> list[str]:
    """Press it, and read what comes."""
    sam = bot.person(SECRETARY)
    known = len(sam.inbox())
    assert sam.press(report(bot), "sheet.import") == ""
    return inbox(bot, SECRETARY, known)


def held(bot: Running, *refs: str) -> list[str | None]:
    """The titles that the register holds under these references."""
    with bot.database.snapshot() as session:
        group = groups.every(session)[0]
        found = [items.by_ref(session, group.id, ref) for ref in refs]
    return [item.title if item else None for item in found]


def press_forged(bot: Running, value: str) -> None:
    """The button as it was, pressed by somebody whose screen is behind."""
    Hand(bot, SECRETARY).press("sheet.import", json.loads(value))
