"""What is said of a spreadsheet that was read: its report, and what became of it.

Whatever is quoted from the file has passed the guard cell by cell; each line passes it whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.guard import guard
from bot.domain.messages import Bold, Button, Buttons, Message, Note, Part, bullets, message, say
from bot.domain.register import ActionItem
from bot.domain.sheets.proposals import Outcome, Report
from bot.services import say as wording
from storage.sheet_wishes import Wish

SHOWN = 15
MOST_CHARACTERS = 6_000
MOST_OF_A_ROW = 500
LISTED = 20
ATTACHED = "register-report.txt"
UNWRITTEN = "Nothing has been written."
FILE_CHANGED = "That is not the file that I reported on: it has been changed in Slack since."
REGISTER_CHANGED = "The register has changed since I reported on that file."
MEND = "Nothing is written while a row is refused: mend those rows, and drop the file here again."
AS_IT_IS = "The register says all of it already: there is nothing to import."


@dataclass(frozen=True, kw_only=True)
class Told:
    """A report as it is told: its message, and the whole as a text file where that is longer."""

    message: Message
    attached: bytes | None


def told(wish: Wish, report: Report, *, why: str = "") -> Told:
    """The report on a file; `why` it is not what was hoped for, where there was one before."""
    notes = [guard(note).text for note in report.notes]
    rows = [(row.outcome, guard(row.line).text) for row in report.rows]
    every = [*notes, *(line for _, line in rows)]
    refused = [line for outcome, line in rows if outcome is Outcome.REFUSED]
    news = [*notes, *(line for outcome, line in rows if outcome is not Outcome.UNCHANGED)]
    fits = len(every) <= SHOWN and sum(map(len, every)) <= MOST_CHARACTERS
    shown = every if fits else list(_as_many_as_fit(refused or news))
    parts: list[Part] = [say(f"{why} {UNWRITTEN} This is what it would do now:")] if why else []
    parts.append(say(Bold(named(wish)), f": {report.summary}"))
    if shown:
        parts.append(bullets(*shown))
    if not fits:
        parts.append(Note(f"Every row is in {ATTACHED}, which follows."))
    return Told(
        message=message(*parts, *_what_next(wish, report)),
        attached=None if fits else _whole(report, refused, every),
    )


def importable(report: Report) -> bool:
    """Whether there is something that a button could import."""
    return not report.refused and report.changes > 0


def _what_next(wish: Wish, report: Report) -> list[Part]:
    if report.refused:
        return [say(MEND)]
    if not report.changes:
        return [say(AS_IT_IS)]
    return [Buttons((_button(wish, report),)), Note("Nothing is written until you press.")]


def _whole(report: Report, refused: Sequence[str], every: Sequence[str]) -> bytes:
    """The summary, the refused rows, then every row."""
    first = ["Refused:", *refused, ""] if refused else []
    return "\n".join([report.summary, "", *first, "All rows:", *every, ""]).encode()


def taken(wish: Wish, report: Report, touched: Sequence[ActionItem], *, started: bool) -> Message:
    """What was imported."""
    added, changed = report.count(Outcome.ADDED), report.count(Outcome.CHANGED)
    rest = len(touched) - LISTED
    parts: list[Part] = [
        say("Imported from ", Bold(named(wish)), f": {added} added, {changed} changed."),
        bullets(*((*wording.item_name(item), f": {_stands(item)}") for item in touched[:LISTED])),
    ]
    if rest > 0:
        parts.append(Note(f"And {rest} more: `status all` lists them."))
    if started:
        parts.append(Note("Each owner has one message about what was recorded for them."))
    return message(*parts)


def unread(wish: Wish, sentence: str) -> Message:
    """Why a file was not read, or not imported."""
    return message(say(Bold(named(wish)), f": {guard(sentence).text} {UNWRITTEN}"))


def named(wish: Wish) -> str:
    """How the file is spoken of."""
    return wish.file_name or "Your file"


def _button(wish: Wish, report: Report) -> Button:
    these = "this 1 action" if report.changes == 1 else f"these {report.changes} actions"
    value = json.dumps({"sheet": wish.id, "report": report.fingerprint}, separators=(",", ":"))
    return Button(label=f"Import {these}", action="sheet.import", value=value, style="primary")


def _as_many_as_fit(every: Iterable[str]) -> Iterable[str]:
    used = 0
    for number, line in enumerate(every):
        shown = wording.shortened(line, MOST_OF_A_ROW)
        used += len(shown)
        if number >= SHOWN or used > MOST_CHARACTERS:
            return
        yield shown


def _stands(item: ActionItem) -> str:
    return f"{wording.standing(item)}, {wording.due(item.due)}"
