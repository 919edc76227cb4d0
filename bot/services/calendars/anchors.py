"""A meeting or recess that moves: what hangs on it moves too, or is put to whoever decides.

Rule 3: until a date has been agreed it moves with its anchor; afterwards a date change is opened
like any other. What a letter promised never moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain import dates
from bot.domain.calendars import Nation
from bot.domain.deadlines import Anchor, Deadline, long_date
from bot.domain.people import Account, Directory, Person
from bot.domain.register import ActionItem, Decision, History
from bot.services import date_changes, date_decisions, say
from bot.services.intake import Arrival, Desk
from bot.services.keeping import moving, recorded
from bot.services.keeping.recorded import Recorded
from storage import calendars, histories, items
from storage.calendars import CalendarEntry, Task
from storage.database import Session

ANCHORS = "anchors"
AT_ONCE = 25
"""Items that are seen to in the transaction of the move itself, and in each of the sweep's."""


@dataclass(kw_only=True)
class Moved:
    """What became of a page of items; `last` where more may follow.

    `put` are those whose new date waits for a decision, by whom; `waiting` have another request
    before one; of `unclear` nobody but a person can say the new date.
    """

    seen: int = 0
    last: int | None = None
    along: list[ActionItem] = field(default_factory=list)
    put: list[tuple[ActionItem, str]] = field(default_factory=list)
    waiting: list[ActionItem] = field(default_factory=list)
    unclear: list[ActionItem] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Move:
    """An entry as it stands now, with all that it has stood in place of."""

    desk: Desk
    new: CalendarEntry
    before: Sequence[CalendarEntry]
    taken: frozenset[tuple[str, object]]

    def of(self, deadline: Deadline) -> Anchor | None:
        """The anchor of a Deadline that this entry is, or was before."""
        held = deadline.anchored.anchors if deadline.anchored else ()
        return next((anchor for anchor in held if self._was(anchor)), None)

    def _was(self, anchor: Anchor) -> bool:
        if (anchor.name, anchor.starts_on) in self.taken:
            return False
        return any(_anchor(one) == anchor for one in (self.new, *self.before))

    @property
    def reason(self) -> str:
        """Why a date moves, in words that a letter can give."""
        old = self.before[0]
        if self.new.kind == calendars.MEETING:
            days = f"from {long_date(old.starts_on)} to {long_date(self.new.starts_on)}"
            return f"because the meeting moved {days}"
        if old.starts_on != self.new.starts_on:
            begins = f"begins on {long_date(self.new.starts_on)}, not {long_date(old.starts_on)}"
            return f"because the {self.new.name} recess {begins}"
        ends = self.new.ends_on or self.new.starts_on
        return f"because the {self.new.name} recess ends on {long_date(ends)}"


def follow(desk: Desk, entry: CalendarEntry) -> Moved:
    """Move what hangs on an entry that has just moved; what is beyond a page is the sweep's."""
    moved = _page(desk, entry.id, after=0)
    if moved.last is not None:
        calendars.leave(
            desk.session,
            ANCHORS,
            group_id=desk.group.id,
            after=(0, moved.last),
            now=desk.now,
            entry_id=entry.id,
            by_id=desk.person.id,
        )
    return moved


def page(session: Session, directory: Directory, task: Task, *, now: datetime) -> Moved:
    """The next page of what was left to the sweep."""
    if task.entry_id is None or task.by_id is None:
        raise AssertionError("A move has its entry and whoever made it.")
    person = directory.people[task.by_id]
    arrival = Arrival(key=f"calendar:{task.id}", kind="sweep", account=_account(person))
    desk = Desk(
        session=session,
        group=directory.group,
        person=person,
        directory=directory,
        now=now,
        arrival=arrival,
        answered=None,
    )
    return _page(desk, task.entry_id, after=task.after[1])


def hanging(desk: Desk, entry: CalendarEntry, *, most: int) -> list[ActionItem]:
    """Open items that hang on an entry, the first of them."""
    move = _move(desk, entry.id)
    numbers = calendars.anchored(desk.session, desk.group.id, after=0, limit=most)
    found = [items.get(desk.session, number) for number in numbers]
    return [item for item in found if move.of(item.due) is not None]


def _account(person: Person) -> Account:
    return person.accounts[0] if person.accounts else Account(team_id="", user_id="")


def _move(desk: Desk, entry_id: int) -> _Move:
    new, *before = calendars.line(desk.session, entry_id)
    others = [
        one
        for one in calendars.standing(desk.session, desk.group.id)
        if one.id != new.id and one.kind == new.kind
    ]
    taken = frozenset((_anchor(one).name, one.starts_on) for one in others)
    return _Move(desk=desk, new=new, before=before, taken=taken)


def _anchor(entry: CalendarEntry) -> Anchor:
    name = entry.name if entry.kind == calendars.RECESS else ""
    return Anchor(kind=entry.kind, starts_on=entry.starts_on, ends_on=entry.ends_on, name=name)


def _page(desk: Desk, entry_id: int, *, after: int) -> Moved:
    move, moved = _move(desk, entry_id), Moved()
    numbers = calendars.anchored(desk.session, desk.group.id, after=after, limit=AT_ONCE)
    told: dict[int, list[Recorded]] = {}
    for number in numbers:
        item = items.lock(desk.session, number)
        anchor = move.of(item.due)
        if anchor is None:
            continue
        moved.seen += 1
        said = _item(move, item, anchor, moved)
        if said is not None:
            told.setdefault(item.owner_id, []).append(said)
    for owner_id, lines in told.items():
        recorded.tell_owner(
            desk.session,
            desk.directory,
            owner_id,
            lines,
            by=desk.person,
            now=desk.now,
            key=f"calendar:{entry_id}:{after}",
        )
    moved.last = numbers[-1] if len(numbers) == AT_ONCE else None
    return moved


def _item(move: _Move, item: ActionItem, anchor: Anchor, moved: Moved) -> Recorded | None:
    """What becomes of one item; what its owner is told of it."""
    new = _new_date(move, item, anchor)
    history = histories.of_item(move.desk.session, item.id)
    if new is None:
        moved.unclear.append(item)
        return None
    if moving.frozen(history):
        return _opened(move, item, history, new, moved)
    if new == item.due:
        return None
    desk, was = move.desk, say.due(item.due)
    changed = moving.put_right(
        desk.session, desk.directory, item, new, by_id=desk.person.id, now=desk.now
    )
    if new.latest == item.due.latest and new.earliest == item.due.earliest:
        return None
    moved.along.append(changed)
    said = f"{say.due(changed.due)} now, {move.reason}; it was {was}"
    return Recorded(item=changed, said=said)


def _new_date(move: _Move, item: ActionItem, anchor: Anchor) -> Deadline | None:
    wanted = _anchor(move.new)
    if anchor == wanted or item.due.anchored is None:
        return item.due
    nation = Nation(item.due.anchored.nation)
    calendar = move.desk.directory.national_calendar(nation)
    return dates.moved(item.due, anchor, wanted, calendar)


def _opened(
    move: _Move, item: ActionItem, history: History, new: Deadline, moved: Moved
) -> Recorded | None:
    """It was agreed: its new date is asked for, and decided like any other."""
    desk, pending = move.desk, history.pending_change
    if pending is not None and pending.asked_by is not None:
        moved.waiting.append(item)
        return None
    if new.latest is None or new.latest == item.due_on:
        if pending is not None:
            why = "what it hangs on is back on its old day"
            date_decisions.close(desk, item, pending, Decision.WITHDRAWN, reason=why)
        return None
    date_changes.request(desk, item, new, reason=move.reason, text=None, by_calendar=True)
    asked = histories.of_item(desk.session, item.id).pending_change
    decider = (asked.decider if asked else "secretariat").replace("_", " ")
    stands = items.get(desk.session, item.id)
    moved.put.append((stands, decider))
    said = (
        f"asked to move to {say.new_date(new)}, {move.reason}; the {decider} decides, and until "
        f"then it is {say.due(item.due)}"
    )
    return Recorded(item=stands, said=said)
