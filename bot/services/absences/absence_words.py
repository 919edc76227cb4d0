"""`away`, `back`, `my days` and `person NAME` in words, and the sentences that say the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.messages import Message, message, say
from bot.domain.people import Person
from bot.services import intake, seat_commands
from bot.services.absences import keeping, reading, showing
from bot.services.intake import Arrival, Desk
from bot.services.spoken import Command
from storage.database import Database

_STATUS = (
    r"(?:on\s+track|off\s+track|at\s+risk|done|complet\w+|finished|block\w*|late|delay\w*|slip\w*"
    r"|needs?|amber|red|green|can['’]?t|cannot|move|push|extend|deadline|so|but|because|which)"
)
_ALONE = rf"(?!.*\b[A-Z]{{1,4}}[-‑–]?\d)(?!.*\b{_STATUS}\b)"
"""A sentence that also says how an item stands is an answer, and is read as one."""
_WHEN = (
    r"(?:until|till|from|on|between|next|tomorrow|today|this|the|all|back"
    r"|\d{1,2}(?:st|nd|rd|th)?\b)"
)
AWAY = rf"away(?=\s*[?.!]*$|\s+{_WHEN}){_ALONE}"
SENTENCE = (
    r"(?:i['’]?m|i\s+am|i['’]?ll\s+be|i\s+will\s+be)\s+(?:going\s+to\s+be\s+)?(?:off|away"
    r"|on\s+(?:annual\s+)?(?:leave|holiday)|out(?:\s+of\s+(?:the\s+)?office)?)"
    rf"(?=\s+{_WHEN}){_ALONE}"
)
BACK = r"(?:(?:i['’]?m|i\s+am)\s+)?back(?:\s+(?:at\s+work|in\s+the\s+office|now|today|again))?"
_A_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun|weekdays|full[\s-]?time)"
MY_DAYS = r"my\s+(?:working\s+)?(?:days|week|hours)(?:\s*:|\s+(?:are|is)\b)?"
I_WORK = rf"i\s+(?:only\s+)?work(?=\s+(?:only\s+|on\s+)?{_A_DAY}){_ALONE}"
_VERB = r"(?:days?|works?|nation|zone|time\s*zone|away|back)"
PERSON = rf"person(?=\s+(?:(?!is\b|was\b)\S+\s+){{1,4}}{_VERB}\b)"
"""What is a command in a direct message whatever follows."""
_OF_PERSON = re.compile(
    rf"^(?P<who>.+?)(?:\s+(?P<verb>{_VERB})\b\s*(?P<rest>.*))?$",
    re.I | re.S,
)


def away(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    """`away until 22 August, NAME covers`; alone it opens the form."""
    if not rest.strip(" ?.!"):
        return showing.away_form(database, arrival, {}, now=now)
    return _done(database, arrival, lambda desk: _away(desk, desk.person, rest), now=now)


def back(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    """`back`: the absence they are in, or the next one, ends."""
    return _done(database, arrival, lambda desk: _back(desk, desk.person), now=now)


def my_days(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    """`my days Mon-Wed`; alone it opens the form."""
    if not rest.strip(" ?.!:"):
        return showing.days_form(database, arrival, {}, now=now)
    return _done(database, arrival, lambda desk: _works(desk, desk.person, rest), now=now)


def person(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    """`person Priya Nair`, and what is changed of their days; alone one's own card."""
    found = _OF_PERSON.match(rest.strip(" ?!"))
    if found is None or found["verb"] is None:
        with intake.reading(database, arrival, now=now) as desk:
            return showing.card(desk, _who(desk, rest.strip(" ?!.")))
    verb, said = found["verb"].casefold(), found["rest"].strip(" :")
    with intake.reading(database, arrival, now=now) as desk:
        about = _who(desk, found["who"])
        keeping.may(desk, about)
    if not said and verb != "back":
        form = showing.away_form if verb == "away" else showing.days_form
        return form(database, arrival, {"person": about.id}, now=now)
    work = _VERBS[re.sub(r"\s+", "", verb)]
    return _done(
        database, arrival, lambda desk: work(desk, reading.person(desk, about.id), said), now=now
    )


def _who(desk: Desk, name: str) -> Person:
    if name.strip().casefold() in ("", "me"):
        return desk.person
    return seat_commands.who(desk.directory, name)


def _done(
    database: Database, arrival: Arrival, work: Callable[[Desk], Message], *, now: datetime
) -> Message:
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say("That has been done already."))
        return work(desk)


def _away(desk: Desk, who: Person, said: str) -> Message:
    keeping.may(desk, who)
    first, last, cover = reading.absence(desk, said)
    return keeping.away(desk, who, cover, first, last)


def _back(desk: Desk, who: Person, said: str = "") -> Message:
    if said.strip(" .!"):
        raise UserError(
            "Say `back` alone where the absence ends today; for another day give its last day "
            "away, for example `away until 22 August, NAME covers`."
        )
    keeping.may(desk, who)
    return keeping.end(desk, who, keeping.current(desk, who))


def _works(desk: Desk, who: Person, said: str) -> Message:
    keeping.may(desk, who)
    chosen = reading.weekdays(said)
    return keeping.work(desk, who, nation=who.nation, zone=who.zone, weekdays=chosen)


def _nation(desk: Desk, who: Person, said: str) -> Message:
    keeping.may(desk, who)
    nation = reading.nation(said)
    return keeping.work(desk, who, nation=nation, zone=who.zone, weekdays=who.weekdays)


def _zone(desk: Desk, who: Person, said: str) -> Message:
    keeping.may(desk, who)
    zone = reading.zone(said)
    return keeping.work(desk, who, nation=who.nation, zone=zone, weekdays=who.weekdays)


_VERBS: dict[str, Callable[[Desk, Person, str], Message]] = {
    "days": _works,
    "day": _works,
    "works": _works,
    "work": _works,
    "nation": _nation,
    "zone": _zone,
    "timezone": _zone,
    "away": _away,
    "back": _back,
}

COMMANDS = (
    Command(
        written=AWAY,
        handler=away,
        help="away until 22 August, NAME covers; back – when you are not at work",
    ),
    Command(written=SENTENCE, handler=away),
    Command(written=BACK, handler=back, alone=True),
    Command(
        written=MY_DAYS,
        handler=my_days,
        help="my days Mon-Wed – the days of the week on which you work",
    ),
    Command(written=I_WORK, handler=my_days),
    Command(written=PERSON, handler=person),
    Command(
        written="person",
        handler=person,
        help="person – your days and absences; person NAME – somebody else’s (secretariat)",
        sentences=True,
    ),
)
