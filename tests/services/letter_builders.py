"""The sample group by 14 September 2022: what was said, moved and proved since May."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.domain.deadlines import Deadline
from bot.domain.guard import guard
from bot.domain.people import Account
from bot.domain.register import Decision, Status, StatusUpdate
from bot.services import group_file, setup
from bot.services.intake import Arrival
from storage import date_changes, evidence, groups, items, people, updates, words
from storage.database import Database, Session

SAMPLE = Path(__file__).parents[2] / "samples" / "diagnostics.yaml"
FOUNDED = datetime(2022, 5, 12, 9, 0, tzinfo=UTC)
DRAFTED = datetime(2022, 9, 14, 9, 0, tzinfo=UTC)


def moment(day: int, month: int, hour: int = 9) -> datetime:
    """An hour of a day in 2022, in UTC."""
    return datetime(2022, month, day, hour, tzinfo=UTC)


def found(database: Database) -> int:
    """The sample group, as `init` makes it, started; its number."""
    file = group_file.read_path(SAMPLE, today=FOUNDED.date())
    outcome = setup.load(database, file, apply=False, now=FOUNDED)
    with database.transaction() as session:
        groups.start(session, outcome.group_id, now=FOUNDED)
    return outcome.group_id


@dataclass(frozen=True, kw_only=True)
class Register:
    """A session's register, and short words for what people do to it."""

    session: Session
    group_id: int

    def person(self, name: str) -> int:
        """The number of a person."""
        found = people.directory(self.session, self.group_id).by_name(name)
        if found is None:
            raise LookupError(f"There is no {name} in the sample group.")
        return found.id

    def item(self, ref: str) -> int:
        """The number of an item."""
        found = items.by_ref(self.session, self.group_id, ref)
        if found is None:
            raise LookupError(f"There is no {ref} in the sample group.")
        return found.id

    def says(
        self,
        ref: str,
        status: Status,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        completed_on: date | None = None,
        blocker: str | None = None,
        publish: bool = True,
    ) -> int:
        """The item's owner says how it stands."""
        item = items.get(self.session, self.item(ref))
        update = StatusUpdate(
            id=0,
            item_id=item.id,
            at=at,
            recorded_at=recorded_at or at,
            by_id=item.owner_id,
            status=status,
            completed_on=completed_on,
            blocker=blocker,
            publish=publish,
        )
        number = updates.add(
            self.session, update, group_id=self.group_id, words=None, source_key=None
        )
        items.refresh(self.session, item.id)
        return number

    def moves(self, ref: str, day: date, reason: str, *, at: datetime, decide: bool = True) -> int:
        """The owner asks for another date, and the chair agrees where `decide` says so."""
        item = items.get(self.session, self.item(ref))
        kept = words.keep(self.session, guard(reason), group_id=self.group_id)
        number = date_changes.add(
            self.session,
            group_id=self.group_id,
            item_id=item.id,
            old_latest_on=item.due_on,
            new=Deadline.on(day),
            reason=reason,
            decider="chair",
            words=kept,
            by_id=item.owner_id,
            now=at,
        )
        change = date_changes.get(self.session, number)
        if decide and change is not None:
            chair = self.person("Helen Marsh")
            date_changes.decide(
                self.session,
                change,
                Decision.AGREED,
                group_id=self.group_id,
                by_id=chair,
                reason="",
                write_now=False,
                now=at,
            )
            date_changes.move(self.session, change, group_id=self.group_id, by_id=chair, now=at)
        items.refresh(self.session, item.id)
        return number

    def proves(self, ref: str, title: str, *, at: datetime, checked: datetime | None) -> int:
        """The owner attaches evidence, and the secretariat finds that it holds."""
        item = items.get(self.session, self.item(ref))
        number = evidence.add(
            self.session,
            group_id=self.group_id,
            item_id=item.id,
            title=title,
            url="https://example.org/evidence",
            by_id=item.owner_id,
            now=at,
        )
        held = evidence.get(self.session, number)
        if checked is not None and held is not None:
            evidence.judge(
                self.session,
                held,
                holds=True,
                reason="",
                by_id=self.person("Ruth Delaney"),
                now=checked,
            )
        items.refresh(self.session, item.id)
        return number


def a_summer(database: Database, group_id: int) -> None:
    """What happened between May and mid September: slips, a blocker, proof, claims, silence."""
    with database.transaction() as session:
        said = Register(session=session, group_id=group_id)
        said.says("A-05", Status.ON_TRACK, at=moment(30, 5))
        said.says("A-05", Status.COMPLETE, at=moment(28, 6), completed_on=date(2022, 6, 27))
        said.proves(
            "A-05", "Comparison of the two pathways", at=moment(28, 6), checked=moment(1, 7)
        )
        said.says("A-09", Status.COMPLETE, at=moment(29, 6), completed_on=date(2022, 6, 29))
        said.says("A-01", Status.AT_RISK, at=moment(20, 7))
        said.moves(
            "A-01",
            date(2023, 2, 28),
            "consultation replies came in three weeks late and the Faculty Board meets quarterly",
            at=moment(22, 8),
        )
        said.says("A-01", Status.ON_TRACK, at=moment(2, 9))
        said.says("A-04", Status.AT_RISK, at=moment(11, 7))
        said.moves(
            "A-04",
            date(2022, 10, 31),
            "The specialist bodies asked for out-of-hours scanning to be covered.",
            at=moment(25, 7),
        )
        said.says("A-04", Status.ON_TRACK, at=moment(6, 9))
        said.says(
            "A-10",
            Status.BLOCKED,
            at=moment(5, 9),
            blocker="the venue contract has not been signed",
        )
        said.says("A-11", Status.NOT_STARTED, at=moment(5, 9))
        said.says("A-08", Status.ON_TRACK, at=moment(12, 7))
        said.says("A-03", Status.ON_TRACK, at=moment(1, 9))
        said.says("A-12", Status.OFF_TRACK, at=moment(14, 7))
        said.says("A-13", Status.ON_TRACK, at=moment(8, 9))


def arrival(who: str, key: str, *, kind: str = "action") -> Arrival:
    """Something that comes from one of the sample's people: UHELEN, USAM and so on."""
    team = "T0COLLEGE" if who in {"UPRIYA", "UTOM"} else "T0HOME"
    return Arrival(key=key, kind=kind, account=Account(team, who))
