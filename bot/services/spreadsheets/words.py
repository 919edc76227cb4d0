"""What is said of a spreadsheet that was read: its report, and what became of it.

Whatever is quoted from the file has passed the guard cell by cell; each line passes it whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from bot.domain.guard import guard
from bot.domain.messages import Bold, Button, Buttons, Message, Note, Part, bullets, message, say
from bot.domain.register import ActionItem
from bot.domain.sheets.proposals import Outcome, Report
from bot.services import say as wording
from storage.sheet_wishes import Wish

SHOWN = 15
MOST_CHARACTERS = 6_000
LISTED = 20
ATTACHED = "register-report.txt"
UNWRITTEN = "Nothing has been written."
FILE_CHANGED = "That is not the file that I reported on: it has been changed in Slack since."
REGISTER_CHANGED = "The register has changed since I reported on that file."
MEND = "Nothing is written while a row is refused: mend those rows, and drop the file here again."
AS_IT_IS = "The register says all of it already: there is nothing to import."


def lines(report: Report) -> list[str]:
    """Every line of a report, as it may be kept."""
    return [guard(line).text for line in report.lines]


def importable(report: Report) -> bool:
    """Whether there is something that a button could import."""
    return not report.refused and report.changes > 0


def fits(report: Report) -> bool:
    """Whether the whole report stands in its message."""
    every = lines(report)
    return len(every) <= SHOWN and sum(map(len, every)) <= MOST_CHARACTERS


def of_report(wish: Wish, report: Report, *, why: str = "") -> Message:
    """The report on a file; `why` it is not what was hoped for, where there was one before."""
    again = [say(f"{why} {UNWRITTEN} This is what it would do now:")] if why else []
    parts: list[Part] = [*again, say(Bold(named(wish)), f": {report.summary}")]
    shown = _shown(report)
    if shown:
        parts.append(bullets(*shown))
    if not fits(report):
        parts.append(Note(f"Every row is in {ATTACHED}, which follows."))
    if report.refused:
        parts.append(say(MEND))
    elif report.changes:
        parts += [Buttons((_button(wish, report),)), Note("Nothing is written until you press.")]
    else:
        parts.append(say(AS_IT_IS))
    return message(*parts)


def attached(report: Report) -> bytes:
    """The whole report as a text file: the summary, the refused rows, then every row."""
    refused = [row.line for row in report.rows if row.outcome is Outcome.REFUSED]
    first = ["Refused:", *(guard(line).text for line in refused), ""] if refused else []
    return "\n".join([report.summary, "", *first, "All rows:", *lines(report), ""]).encode()


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


def _shown(report: Report) -> list[str]:
    """All of it where it is short; else what is refused, as much as a message holds."""
    if fits(report):
        return lines(report)
    refused = [row.line for row in report.rows if row.outcome is Outcome.REFUSED]
    others = [row.line for row in report.rows if row.outcome is not Outcome.UNCHANGED]
    return list(_as_many_as_fit(guard(line).text for line in (refused or others)))


def _as_many_as_fit(every: Iterable[str]) -> Iterable[str]:
    used = 0
    for number, line in enumerate(every):
        used += len(line)
        if number >= SHOWN or used > MOST_CHARACTERS:
            return
        yield line


def _stands(item: ActionItem) -> str:
    return f"{wording.standing(item)}, {wording.due(item.due)}"
