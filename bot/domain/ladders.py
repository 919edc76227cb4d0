"""Ladders: on which days an item's owner is asked how it goes, and who else hears of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.calendars import Calendar
from bot.domain.diaries import Diary
from bot.domain.errors import UserError

DEFAULT, LIGHT, STRICT = "default", "light", "strict"
OPENS = "opens"
BESIDE = ("date-", "letter-", "ask-", OPENS)
"""How the keys of what is asked beside a ladder begin."""


class Who(StrEnum):
    """Who hears of a rung."""

    OWNER = "owner"
    LEAD = "lead"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step: `offset` in working days of the owner's nation, negative before the deadline.

    What is asked beside the ladder, such as a date, has no offset, and words of its own.
    """

    key: str
    offset: int | None
    involves: tuple[Who, ...] = (Who.OWNER,)
    named: str | None = None

    @property
    def escalates(self) -> bool:
        """Whether it involves anybody but the owner."""
        return any(who is not Who.OWNER for who in self.involves)

    @property
    def before(self) -> bool:
        """Whether it comes before the day itself."""
        return self.offset is None or self.offset < 0

    @property
    def words(self) -> str:
        """When it comes, for people."""
        if self.named is not None:
            return self.named
        if self.offset is None:
            return "no date yet"
        if self.offset == 0:
            return "on the day"
        days = abs(self.offset)
        unit = "working day" if days == 1 else "working days"
        return f"{days} {unit} {'before' if self.offset < 0 else 'after'}"


@dataclass(frozen=True)
class Ladder:
    """Rungs in the order they come, and the name under which somebody chose them."""

    rungs: tuple[Rung, ...]
    name: str = DEFAULT

    @property
    def words(self) -> str:
        """Its rungs in a sentence: "10 and 1 working days before, on the day"."""
        before = [-rung.offset for rung in self.rungs if rung.offset and rung.offset < 0]
        after = [rung.offset for rung in self.rungs if rung.offset and rung.offset > 0]
        on_the_day = ["on the day"] if any(rung.offset == 0 for rung in self.rungs) else []
        return ", ".join([*_days(before, "before"), *on_the_day, *_days(after, "after")])

    @property
    def last_before(self) -> str | None:
        """The rung that no answer spares: the last one before the day."""
        before = [rung.key for rung in self.rungs if rung.before]
        return before[-1] if before else None

    def without(self, missing: Iterable[Who]) -> Ladder:
        """The same rungs, less those whom nobody is at present."""
        gone = frozenset(missing)
        return Ladder(
            tuple(
                Rung(
                    key=rung.key,
                    offset=rung.offset,
                    involves=tuple(who for who in rung.involves if who not in gone),
                )
                for rung in self.rungs
            ),
            self.name,
        )


def _days(numbers: Sequence[int], when: str) -> list[str]:
    if not numbers:
        return []
    *first, last = map(str, numbers)
    listed = f"{', '.join(first)} and {last}" if first else last
    unit = "working day" if numbers == [1] else "working days"
    return [f"{listed} {unit} {when}"]


def _rung(offset: int, *others: Who) -> Rung:
    name = "on-the-day" if offset == 0 else f"{'before' if offset < 0 else 'after'}-{abs(offset)}"
    return Rung(key=name, offset=offset, involves=(Who.OWNER, *others))


DEFAULT_LADDER = Ladder(
    (
        _rung(-10),
        _rung(-5),
        _rung(-1),
        _rung(0),
        _rung(2, Who.LEAD),
        _rung(5, Who.SECRETARIAT),
        _rung(10, Who.CHAIR),
    )
)

LIGHT_LADDER = Ladder(
    (_rung(-5), _rung(0), _rung(5, Who.LEAD), _rung(10, Who.SECRETARIAT)),
    LIGHT,
)
"""For what answers no promise and whose owner needs little asking: one reminder before the day,
and the chair is never told."""

STRICT_LADDER = Ladder(
    (
        _rung(-20),
        _rung(-10),
        _rung(-5),
        _rung(-2),
        _rung(0),
        _rung(2, Who.LEAD),
        _rung(4, Who.SECRETARIAT),
        _rung(6, Who.CHAIR),
    ),
    STRICT,
)
"""For what answers a public commitment: it begins a month ahead, while the date can still be kept
or the addressee told, and the chair hears within six working days. Around the day its rungs are
two working days apart: whoever was told of the next one has that long to answer, and nobody's
cap of three messages a week is reached by one item."""

BUILT_IN = {one.name: one for one in (DEFAULT_LADDER, LIGHT_LADDER, STRICT_LADDER)}


def dump(ladder: Ladder) -> dict[str, Any]:
    """A ladder as JSON values, as an item keeps it."""
    rungs = [
        {"key": rung.key, "offset": rung.offset, "involves": [who.value for who in rung.involves]}
        for rung in ladder.rungs
    ]
    return {"name": ladder.name, "rungs": rungs}


def load(value: Any, name: str = DEFAULT) -> Ladder:
    """A ladder from its JSON values: its rungs, or these with its name; null is the default one.

    Raises UserError for one that nobody could climb.
    """
    if value is None:
        return DEFAULT_LADDER
    if isinstance(value, dict) and "rungs" in value:
        return load(value["rungs"], str(value.get("name", name)))
    try:
        rungs = [
            Rung(
                key=str(step["key"]),
                offset=int(step["offset"]),
                involves=tuple(Who(who) for who in step.get("involves", ["owner"])),
            )
            for step in value
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            "A ladder is a list of rungs, each with a key, an offset in working days (negative "
            "before the deadline) and whom it involves: owner, lead, secretariat or chair."
        ) from error
    return _checked(rungs, name)


def _checked(rungs: list[Rung], name: str) -> Ladder:
    rungs.sort(key=lambda rung: rung.offset or 0)
    keys, offsets = {rung.key for rung in rungs}, {rung.offset for rung in rungs}
    if not rungs or len(keys) < len(rungs) or len(offsets) < len(rungs):
        raise UserError("A ladder needs at least one rung, each with its own key and offset.")
    if any(":" in rung.key for rung in rungs):
        raise UserError("A rung's key may not contain a colon: use letters, digits and hyphens.")
    if any(rung.key.startswith(BESIDE) for rung in rungs):
        raise UserError(
            f"A rung's key may not begin with {' or '.join(BESIDE)}: these mark what is asked "
            "beside the ladder."
        )
    if all(rung.escalates for rung in rungs):
        raise UserError(
            "A ladder needs a rung for the owner alone: nobody else hears of an item before its "
            "owner was asked."
        )
    if any(rung.escalates and (rung.offset or 0) <= 0 for rung in rungs):
        raise UserError("Only rungs after the deadline may involve others than the owner.")
    return Ladder(tuple(rungs), name)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A rung of one plan: the day it falls on, and the day on which it is sent."""

    rung: Rung
    rung_on: date
    send_on: date


def rung_days(ladder: Ladder, due_on: date, national: Calendar) -> list[tuple[Rung, date]]:
    """Each rung's day, counted in working days of the owner's nation."""
    return [(rung, national.add(due_on, rung.offset or 0)) for rung in ladder.rungs]


def sending_day(rung_on: date, own: Calendar, *, before_deadline: bool) -> date:
    """Up to the deadline the last day at work on or before the rung, later the first after."""
    return own.on_or_before(rung_on) if before_deadline else own.on_or_after(rung_on)


def steps(
    ladder: Ladder, *, owner_id: int, due_on: date, diary: Diary, opens_on: date | None = None
) -> list[Step]:
    """Every rung of a plan with its days; a cover's days at work count while there is one.

    `opens_on` is the first day of a window: where it comes before the first rung, it is one.
    """
    national = diary.national(owner_id)
    days = rung_days(ladder, due_on, national)
    if opens_on is not None and opens_on < min(on for _rung, on in days):
        days.insert(0, (_opening(opens_on, due_on, national), opens_on))
    return [_step(rung, rung_on, owner_id, diary) for rung, rung_on in days]


def _opening(opens_on: date, due_on: date, national: Calendar) -> Rung:
    offset = -national.working_days(opens_on, due_on)
    return Rung(key=OPENS, offset=offset, named="its window opens")


def _step(rung: Rung, rung_on: date, owner_id: int, diary: Diary) -> Step:
    asked = diary.asked(owner_id, rung_on)
    up_to = (rung.offset or 0) <= 0
    if asked is None and not up_to:
        # Nobody to ask: it goes to the secretariat on its own day.
        send_on = diary.national(owner_id).on_or_after(rung_on)
    else:
        own = diary.own(asked.id if asked else owner_id)
        send_on = sending_day(rung_on, own, before_deadline=up_to)
    return Step(rung=rung, rung_on=rung_on, send_on=send_on)


def next_escalation(of: Sequence[Step], after: Rung) -> Step | None:
    """The next rung after this one that involves others."""
    if after.offset is None:
        return None
    later = (s for s in of if s.rung.offset is not None and s.rung.offset > after.offset)
    return next((s for s in later if s.rung.escalates), None)
