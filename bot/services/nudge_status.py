"""`/status nudges`, and "was Sam asked about A-12?": the ledger for those it concerns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.domain.deadlines import day_and_date
from bot.domain.messages import Bold, Heading, Message, Note, Part, bullets, message, say
from bot.domain.people import Person, Role
from bot.services import asked, cards, finding
from bot.services import say as words
from bot.services.intake import Desk
from storage import lists, nudge_lists
from storage.nudge_lists import Chosen, Decided

SHOWN = 10
READ = 200
"""Lines that are read at most, to be put together by person."""
AHEAD = timedelta(days=14)
MYSELF = {"", "i", "me", "my"}
ANYBODY = {"anybody", "anyone", "somebody", "someone", "who", "the owner", "its owner", "we"}
ASKED = re.compile(
    r"(?:nudges|who\s+was\s+asked|(?:was|were|have|has|had)\s+(?P<who>.*?)\s*(?:been\s+)?asked)"
    r"(?:\s+about)?\s+(?P<ref>\S+?)\??",
    re.IGNORECASE,
)
NAMES = {
    "sent": "asked",
    "by_hand": "waiting for an e-mail by the secretariat",
    "on its way": "being asked",
    "held": "held",
    "merged": "merged into a later one",
    "suppressed": "not needed",
    "handed_over": "handed to the secretariat",
    "failed": "not delivered",
}


def answer(desk: Desk, typed: str) -> Message | None:
    """The ledger, as far as these words ask about it and this reader may read it."""
    if typed.casefold() in {"nudges", "reminders"}:
        return _week(desk)
    if of_item := ASKED.fullmatch(typed):
        return _about(desk, of_item["ref"], " ".join((of_item["who"] or "").split()))
    return None


def _about(desk: Desk, ref: str, who: str) -> Message:
    """Which reminders came due about an item: for its owner, the secretariat and the chairs."""
    item = lists.by_refs(desk.session, desk.group.id, finding.references(ref))
    if item is None:
        on_register = f"There is no {ref.upper()} on the register"
        return message(say(f"{on_register}: `/status` lists what there is."))
    if not cards.sees_words(desk, item):
        only = f"Who was asked about {item.ref}, and when, is shown to its owner"
        return message(say(f"{only}, the secretariat and the chairs only."))
    person: Person | None = None
    if who.casefold() in MYSELF - {""}:
        person = desk.person
    elif who and who.casefold() not in ANYBODY:
        found = finding.people(desk.directory, who)
        if len(found) != 1:
            names = " or ".join(each.label for each in found[:5])
            again = f"Whom do you mean: {names}?" if found else f"I know nobody called “{who}”."
            return message(say(f"{again} `/status nudges {item.ref}` shows everybody."))
        person = found[0]
    told = asked.of_item(desk.session, item, person=person, reader=desk.person)
    return Message(parts=(*told.parts, cards.footer(desk)))


def _week(desk: Desk) -> Message:
    """Today's and the week's reminders: the group's, or for most readers their own."""
    everybody = desk.is_a(Role.SECRETARIAT, *cards.CHAIRS)
    own = None if everybody else desk.person.id
    monday = desk.today - timedelta(days=desk.today.weekday())
    week = Chosen(group_id=desk.group.id, since=_start(desk, monday), person_id=own)
    today = Chosen(group_id=desk.group.id, since=_start(desk, desk.today), person_id=own)
    parts: list[Part] = [
        Heading("Reminders" if everybody else "Your reminders"),
        say(Bold("Today: "), _counted(nudge_lists.counts(desk.session, today)), "."),
        say(
            Bold("This week: "),
            f"{_counted(nudge_lists.counts(desk.session, week))} since {day_and_date(monday)}.",
        ),
        *_listed(desk, "Asked", week, {"sent"}),
        *_listed(desk, "Not asked, and why", week, {"held", "suppressed", "handed_over", "failed"}),
        _coming(desk, own),
        Note("`/status nudges A-12` shows all that came due about an item."),
    ]
    return Message(parts=(*parts, cards.footer(desk)))


def _start(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(), desk.person.zone)


def _name(outcome: str, state: str | None) -> str:
    if outcome != "sent":
        return NAMES[outcome]
    ways = {"sent": "sent", "by_hand": "by_hand", "failed": "failed", "cancelled": "failed"}
    return NAMES[ways.get(state or "", "on its way")]


def _counted(counts: Mapping[tuple[str, str | None], int]) -> str:
    by_name: dict[str, int] = defaultdict(int)
    for (outcome, state), number in counts.items():
        by_name[_name(outcome, state)] += number
    found = [f"{by_name[name]} {name}" for name in NAMES.values() if by_name[name]]
    return words.listed(found) if found else "nothing came due"


def _listed(desk: Desk, title: str, chosen: Chosen, outcomes: set[str]) -> list[Part]:
    """The latest lines with these outcomes, those of one day, person and reason in one."""
    together: dict[tuple[date, str], list[str]] = defaultdict(list)
    for line in nudge_lists.latest(desk.session, chosen, outcomes, limit=READ):
        day = line.decided_at.astimezone(desk.person.zone).date()
        together[day, _what(desk, line)].append(line.ref)
    rows = [
        f"{day_and_date(day)}: {what}: {_refs(refs[::-1])}"
        for (day, what), refs in together.items()
    ]
    if not rows:
        return []
    more = len(rows) - SHOWN
    rest: list[Part] = [Note(f"and {more} more this week, before these.")] if more > 0 else []
    return [say(Bold(title)), bullets(*((row,) for row in rows[:SHOWN])), *rest]


def _what(desk: Desk, line: Decided) -> str:
    """What became of it, with whom and why."""
    name = words.named(desk.directory, line.person_id) if line.person_id else "nobody"
    reason = f" ({line.reason})" if line.reason else ""
    return f"{name}, {_name(line.outcome, line.state)}{reason}"


def _refs(refs: Sequence[str]) -> str:
    shown = list(dict.fromkeys(refs))
    more = [f"{len(shown) - SHOWN} more"] if len(shown) > SHOWN else []
    return words.listed([*shown[:SHOWN], *more])


def _coming(desk: Desk, own: int | None) -> Part:
    days = nudge_lists.coming(
        desk.session, desk.group.id, after=desk.today, up_to=desk.today + AHEAD, owner_id=own
    )
    if not days:
        return say(Bold("Next: "), "nothing in the two weeks to come, as things stand.")
    first = [
        f"{words.counted(number, 'item')} on {day_and_date(day)}"
        for day, number in list(days.items())[:3]
    ]
    rest = sum(list(days.values())[3:])
    more = [f"{rest} later in the next two weeks"] if rest else []
    return say(Bold("Next: "), f"{words.listed([*first, *more])}, if nothing is said meanwhile.")
