"""Commands in words: the same from a slash command, a mention or a direct message."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.messages import Message, bullets, message, say
from bot.domain.text import GuardedText
from bot.services import drafting, intake, starting, status
from bot.services.answering import tell
from bot.services.intake import Arrival
from storage.database import Database

Handler = Callable[[Database, Arrival, str, datetime], Message]

LONGEST = 8
GROUP = re.compile(r"^(?P<key>[a-z0-9][a-z0-9-]*):\s+(?P<rest>.*)$", re.S | re.I)
WORDS = re.compile(
    r"^\s*(?:/?followthrough\s+)?/?(?P<name>status|draft[-\s]update|help|start|nudges|was\s+i\s+asked)"
    r"(?:\s+(?P<rest>.*))?\s*\??\s*$",
    re.S | re.I,
)


# A sentence that only begins like a command is somebody's answer, and is not to be lost.
ALONE = {"start", "help"}
SENTENCE = re.compile(
    r"[,;:.!]\s|[:;.!]$|\b(?:is|are|was|were|isn't|not|now|no|still|will|needs?|update|report"
    r"|unchanged|changed|same|green|amber|red|blocked|on\s+track|at\s+risk|off\s+track"
    r"|delayed|slipp\w+|remains?)\b",
    re.I,
)


def is_command(text: str) -> bool:
    """Whether words in a direct message are a command rather than an answer."""
    plain = _without_group(text).strip()
    found = WORDS.match(plain)
    if found is None:
        return False
    name, rest = found["name"].lower(), (found["rest"] or "").strip(" ?.!")
    if plain.startswith("/") or plain.lower().startswith("followthrough"):
        return True
    if name in ALONE:
        return not rest
    if name != "status" or rest.casefold() in status.SECTION_WORDS:
        return True
    return len(rest.split()) <= LONGEST and SENTENCE.search(rest) is None


def _without_group(text: str) -> str:
    found = GROUP.match(text.strip())
    return found["rest"] if found else text


def run(database: Database, arrival: Arrival, words: GuardedText, *, now: datetime) -> Message:
    """Answer a command; a draft is only promised here, and comes by direct message.

    Raises UserError for words that are no command: it lists those that are.
    """
    named = GROUP.match(words.text.strip())
    if named:
        arrival = replace(arrival, group_key=named["key"].lower())
    text = _without_group(words.text)
    found = WORDS.match(text)
    if found is None:
        if text.strip():
            raise UserError(
                "I don't know that command. Try `status`, `status A-01`, `status overdue`, "
                "`draft-update phso`, `draft-update committees`, `start` or `help`."
            )
        return _help(database, arrival, "", now)
    name = re.sub(r"[-\s]+", "-", found["name"].lower())
    return HANDLERS[name](database, arrival, (found["rest"] or "").strip(), now)


def in_words(database: Database, arrival: Arrival, words: GuardedText, *, now: datetime) -> None:
    """A command in a direct message or a mention: answered by direct message."""
    try:
        answer = run(database, arrival, words, now=now)
    except intake.StrangerError:
        raise
    except UserError as error:
        answer = message(say(str(error)))
    with intake.once(database, replace(arrival, key=f"{arrival.key}:answer"), now=now) as desk:
        if desk is not None:
            tell(desk, answer, subject={})


def _status(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    with intake.reading(database, arrival, now=now) as desk:
        return status.answer(desk, rest)


def _nudges(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    return _status(database, arrival, f"nudges {rest}".strip(), now)


def _asked(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    return _status(database, arrival, f"was I asked {rest}".strip(), now)


def _draft(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    audience = rest.strip().lower()
    if not audience:
        raise UserError("Say to whom: `draft-update phso` or `draft-update committees`.")
    return drafting.ask(database, arrival, audience=audience, now=now)


def _start(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    with intake.reading(database, arrival, now=now) as desk:
        return starting.preview(desk)


def _help(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    with intake.reading(database, arrival, now=now) as desk:
        return message(
            say(
                f"I keep the action register of {desk.group.name}. Say any of these here, or "
                "after /followthrough:"
            ),
            bullets(
                "status – what is open; status A-01, status overdue, status mine, status RCR",
                "draft-update phso, draft-update committees – a letter from the register",
                "start – who would be written to, before anything is sent",
                "was I asked about A-01? – every reminder that came due",
            ),
            say(
                "Answer a reminder with a button, or in a sentence: on track; done; blocked by "
                "the supplier; need until 30 September."
            ),
        )


HANDLERS: dict[str, Handler] = {
    "status": _status,
    "nudges": _nudges,
    "was-i-asked": _asked,
    "draft-update": _draft,
    "start": _start,
    "help": _help,
}
