"""Commands in words: the same from a slash command, a mention or a direct message."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.guard import guard
from bot.domain.messages import Message, bullets, message, say
from bot.domain.text import GuardedText
from bot.services import (
    asking_days,
    cadence_setting,
    drafting,
    export_files,
    handing_in,
    intake,
    offered,
    pausing,
    removal_commands,
    seat_commands,
    starting,
    status,
)
from bot.services.absences import absence_words
from bot.services.answering import tell
from bot.services.calendars import calendar_words
from bot.services.intake import Arrival
from bot.services.keeping import words as keeping
from bot.services.pasting import taking
from bot.services.spoken import Command
from storage.database import Database

LONGEST = 8
PREFIX = re.compile(r"^\s*(?:/?followthrough\s+)?/?", re.I)
GROUP = re.compile(r"^(?P<key>[a-z0-9][a-z0-9-]*):\s+(?P<rest>.*)$", re.S | re.I)


# A sentence that only begins like a command is somebody's answer, and is not to be lost.
SENTENCE = re.compile(
    r"[,;:.!]\s|[:;.!]$|\b(?:is|are|was|were|isn't|not|now|no|still|will|needs?|update|report"
    r"|unchanged|changed|same|green|amber|red|blocked|on\s+track|at\s+risk|off\s+track"
    r"|delayed|slipp\w+|remains?)\b",
    re.I,
)


def is_command(text: str) -> bool:
    """Whether words in a direct message are a command rather than an answer."""
    plain = _without_group(text).strip()
    found = _find(plain)
    if found is None:
        return False
    command, rest = found
    rest = rest.strip(" ?.!")
    if plain.startswith("/") or plain.lower().startswith("followthrough"):
        return True
    if command.alone:
        return not rest
    if not command.sentences or rest.casefold() in status.SECTION_WORDS:
        return True
    # Several lines that begin so are minutes, or an answer.
    if "\n" in rest:
        return False
    return len(rest.split()) <= LONGEST and SENTENCE.search(rest) is None


def _find(text: str) -> tuple[Command, str] | None:
    """The command that words begin with, and what follows its name."""
    plain = PREFIX.sub("", text)
    for command in COMMANDS:
        found = re.match(rf"{command.written}(?:\s+(?P<rest>.*))?\s*\??\s*$", plain, re.S | re.I)
        if found:
            return command, (found["rest"] or "").strip()
    return None


def _without_group(text: str) -> str:
    found = GROUP.match(text.strip())
    return found["rest"] if found else text


def run(
    database: Database, arrival: Arrival, words: GuardedText, *, now: datetime
) -> Message | Form:
    """Answer a command; a draft is only promised here, and comes by direct message.

    Raises UserError for words that are no command: it lists those that are.
    """
    named = GROUP.match(words.text.strip())
    if named:
        arrival = replace(arrival, group_key=named["key"].lower())
    text = _without_group(words.text)
    found = _find(text)
    if found is None:
        if text.strip():
            raise UserError(
                "I don't know that command. Try `status`, `status A-01`, `status overdue`, "
                "`draft-update phso`, `draft-update committees`, `export`, `start` or `help`."
            )
        return _help(database, arrival, "", now)
    command, rest = found
    return command.handler(database, arrival, rest, now)


def in_words(database: Database, arrival: Arrival, words: GuardedText, *, now: datetime) -> None:
    """A command in a direct message or a mention: answered by direct message."""
    try:
        answer = run(database, arrival, words, now=now)
    except intake.StrangerError:
        raise
    except UserError as error:
        answer = message(say(str(error)))
    said = offered.form(answer, words) if isinstance(answer, Form) else answer
    _owe(database, arrival, said, now=now)


def pressed(
    database: Database, arrival: Arrival, words: GuardedText, *, now: datetime
) -> Form | None:
    """The form behind a button; where by now there is nothing to fill in, its answer is owed.

    "action add" with a name nobody knew is done at once when somebody of that name has come.
    """
    answer = run(database, arrival, words, now=now)
    if isinstance(answer, Form):
        return answer
    _owe(database, arrival, answer, now=now)
    return None


def _owe(database: Database, arrival: Arrival, said: Message, *, now: datetime) -> None:
    """The answer by direct message, once however often what it answers arrives."""
    with intake.once(database, replace(arrival, key=f"{arrival.key}:answer"), now=now) as desk:
        if desk is not None:
            tell(desk, said, subject={})


def _status(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    with intake.reading(database, arrival, now=now) as desk:
        return status.answer(desk, rest)


def _nudges(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    return _status(database, arrival, f"nudges {rest}".strip(), now)


def _asked(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    return _status(database, arrival, f"was {rest}", now)


def _draft(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    audience = rest.strip().lower()
    if not audience:
        raise UserError("Say to whom: `draft-update phso` or `draft-update committees`.")
    return drafting.ask(database, arrival, audience=audience, now=now)


def _paste(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    return taking.asked(database, arrival, guard(rest), now=now)


def _start(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    with intake.reading(database, arrival, now=now) as desk:
        return starting.preview(desk)


def _pause(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    if not rest:
        return pausing.form(database, arrival, now=now)
    reason, until = pausing.split(rest)
    return pausing.pause(database, arrival, reason=reason, until=until, now=now)


def _resume(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    return pausing.resume(database, arrival, now=now)


def _help(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    with intake.reading(database, arrival, now=now) as desk:
        return message(
            say(
                f"I keep the action register of {desk.group.name}. Say any of these here, or "
                "after /followthrough:"
            ),
            bullets(*(command.help for command in COMMANDS if command.help)),
            say(
                "The secretariat drops a spreadsheet of actions here (.xlsx or .csv): I report on "
                "it row by row before anything is written."
            ),
            say(
                "Answer a reminder with a button, or in a sentence: on track; done; blocked by "
                "the supplier; need until 30 September."
            ),
        )


# In this order: the first whose name fits answers.
COMMANDS: tuple[Command, ...] = (
    Command(
        written="status",
        handler=_status,
        help="status – what is open; status A-01, status overdue, status mine, status RCR",
        sentences=True,
    ),
    Command(
        written=r"draft[-\s]update",
        handler=_draft,
        help="draft-update phso, draft-update committees – a letter from the register",
    ),
    Command(
        written=r"action\s+paste",
        handler=_paste,
        help="action paste – a list of actions from your minutes, one on each line, to check",
    ),
    # Only these words, so that “export licence granted” stays an answer.
    Command(
        written=r"export(?=(?:\s+(?:as\s+)?\.?(?:xlsx|excel|csv|json))?[\s.?!]*$)",
        handler=export_files.command,
        help="export – the register as a spreadsheet, by direct message; export csv, export json",
    ),
    Command(written="export", handler=export_files.command, alone=True),
    Command(
        written="start",
        handler=_start,
        help="start – who would be written to, before anything is sent",
        alone=True,
    ),
    Command(
        written=asking_days.WRITTEN,
        handler=asking_days.command,
        help="ask me on Tuesdays, ask me on any day – the weekday of your reminders",
    ),
    Command(
        written=r"was(?=\s+\S+(?:\s+\S+){0,3}?\s+asked\b)",
        handler=_asked,
        help="was I asked about A-01? – every reminder that came due; or was Sam asked",
    ),
    *removal_commands.COMMANDS,
    Command(
        written=keeping.WRITTEN,
        handler=keeping.handle,
        help="action add, action A-01 – keep the register; action alone lists how",
    ),
    Command(written="actions?", handler=keeping.handle, sentences=True),
    Command(written="nudges", handler=_nudges),
    Command(
        written="cadence",
        handler=cadence_setting.in_words,
        help="cadence C-7 quarterly from 31 July – how often a standing promise is kept (chair)",
        sentences=True,
    ),
    Command(
        written="seats",
        handler=seat_commands.ask,
        help="seats – ask in the channel who of the group I have no way to write to",
        alone=True,
    ),
    Command(written="seat", handler=seat_commands.seat, sentences=True),
    Command(
        written=r"hand\s+over",
        handler=handing_in.command,
        help="hand over NAME to NAME – all that somebody has goes to somebody else",
        sentences=True,
    ),
    Command(
        written="people",
        handler=seat_commands.people,
        help="people – who has an account, has accepted, is away (secretariat)",
        alone=True,
    ),
    *calendar_words.COMMANDS,
    *absence_words.COMMANDS,
    Command(
        written="pause",
        handler=_pause,
        help="pause REASON until DATE, resume – nothing goes out but to the secretariat",
    ),
    Command(written="resume", handler=_resume, alone=True),
    Command(written="help", handler=_help, alone=True),
)
