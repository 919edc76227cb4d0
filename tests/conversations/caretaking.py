"""What a secretariat does beside the everyday: lists, removals, holds, the off switch."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.rehearsal import View, buttons
from bot.slack.routes import action_name
from tests.conversations.conftest import CHAIR, OWNER, SECRETARY
from tests.conversations.everyday import Everyday
from tests.documents.workbooks import HEAD, book

LIST = "Priya Nair to book it by Friday\nTom Ashby to pay by Monday week"


def bring_a_sheet(played: Everyday) -> None:
    """A spreadsheet with a row that is refused, and mended one that is imported."""
    bot, rows = played.bot, [[f"A-{n}", f"Work {n}", "Priya Nair"] for n in range(200, 220)]
    dated = [[*row, date(2026, 9, 30)] for row in rows]
    for wrong in ([["A-220", "Pay", "Nobody Known", date(2026, 9, 30)]], []):
        content = book(HEAD, *dated, *wrong)
        bot.person(SECRETARY).drop(("log.xlsx", content), ("plan.pdf", b"%PDF"), text="the log")
        bot.settle()
    played.push_latest(SECRETARY, "sheet.import")


def caretake(played: Everyday) -> None:
    """A list is pasted, words go or stay, a hold is placed, the register is taken, all pauses."""
    bot = played.bot
    secretary, chair = bot.person(SECRETARY), bot.person(CHAIR)
    keep_the_calendar(played)
    bot.person(OWNER).tell("A-04 is not mine")
    bot.settle()
    played.push_latest(OWNER, "reply.not_mine")
    played.push_latest(SECRETARY, "owner.give")
    secretary.tell(LIST)
    bot.settle()
    played.push_latest(SECRETARY, "pasted.check")
    secretary.command("/action", "paste")
    secretary.close(_opened(played, SECRETARY))
    bring_a_sheet(played)
    secretary.command("/followthrough", "remove")
    asked: dict[str, Any] = {"words": "the vendor is late", "reason": "It is private."}
    secretary.submit(_opened(played, SECRETARY), asked)
    bot.settle()
    for user in (SECRETARY, CHAIR):
        played.push_latest(user, "removal.show")
    played.push_latest(CHAIR, "removal.refuse")
    for command in ("hold", "release hold"):
        secretary.command("/followthrough", command)
        secretary.submit(_opened(played, SECRETARY), {"reason": "An inquiry."})
        bot.settle()
    secretary.tell("export")
    bot.settle()
    for name in ("register.export", "pause.open", "pause.resume"):
        chair.open_home()
        bot.settle()
        home = chair.home()
        assert home is not None
        chair.press(home, name)
        if name == "pause.open":
            chair.submit(_opened(played, CHAIR), {"reason": "an election"})
        bot.settle()


def keep_the_calendar(played: Everyday) -> None:
    """The calendar and a person's card, their forms, and somebody away with a cover."""
    bot, secretary = played.bot, played.bot.person(SECRETARY)
    for text in (
        "calendar",
        "calendar recess xmas 20 December to 9 January",
        "calendar holiday 30 December for all: A day off",
        "person Priya Nair away next week, Aisha Rahman covers",
        "calendar",
        "person Priya Nair",
    ):
        answer = secretary.command("/followthrough", text)
        played.said.append((answer.text, answer.blocks))
    for shown in secretary.ephemerals()[-2:]:
        seen = set[str]()
        for element in buttons(shown):
            name = action_name(element["action_id"])
            if name not in seen:
                seen.add(name)
                secretary.press(shown, element["action_id"], value=element["value"])
                modal = secretary.modal()
                if modal is not None:
                    played.modals.append(modal.body)
                    secretary.close(modal)
    bot.settle()
    secretary.open_home()
    bot.settle()
    home = secretary.home()
    assert home is not None
    secretary.press(home, "calendar.show")
    bot.settle()


def _opened(played: Everyday, user: str) -> View:
    modal = played.bot.person(user).modal()
    assert modal is not None
    played.modals.append(modal.body)
    return modal
