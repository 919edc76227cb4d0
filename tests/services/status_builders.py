"""A small group with everything that status, digests and Home show; a test fills in the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.domain.deadlines import NO_DEADLINE, Deadline
from bot.domain.guard import guard
from bot.domain.messages import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Message,
    Note,
    Quote,
    Text,
    plain,
)
from bot.domain.people import Account, Role
from bot.domain.register import ActionItem, Decision, Status, StatusUpdate
from bot.services import intake, status
from bot.services.intake import Arrival
from storage import date_changes, entries, evidence, items, outbox, updates, waiting, words
from storage.database import Database
from storage.rows import (
    AccountRow,
    BodyNameRow,
    BodyRow,
    GroupRow,
    PersonRow,
    RoleRow,
)
from tests.services.status_records import STARTED, Records

NOW = datetime(2022, 5, 12, 9, 0, tzinfo=UTC)
TEAM = "T1"


class World(Records):
    """A group in a database, and who and what is in it, by name and by reference."""

    def person(self, name: str, body: str, *roles: Role) -> int:
        """Somebody with an account U<NAME> and roles since January 2022."""
        with self.database.transaction() as session:
            row = PersonRow(group_id=self.group_id, name=name, body_id=self.bodies[body])
            session.add(row)
            session.flush()
            assert row.id is not None
            user = f"U{name.split()[0].upper()}"
            session.add(
                AccountRow(group_id=self.group_id, person_id=row.id, team_id=TEAM, user_id=user)
            )
            for role in roles:
                self._enter(
                    session,
                    RoleRow(
                        **self.entry(NOW),
                        person_id=row.id,
                        role=role.value,
                        from_on=date(2022, 1, 1),
                    ),
                )
            self.people[name.split()[0]] = row.id
            return row.id

    def item(
        self,
        ref: str,
        *,
        owner: str = "Priya",
        due: date | Deadline | None = date(2022, 8, 31),
        title: str | None = None,
        at: datetime = STARTED,
        answers: tuple[str, int] | None = None,
    ) -> ActionItem:
        """An item of the register."""
        deadline = Deadline.on(due) if isinstance(due, date) else due or NO_DEADLINE
        with self.database.transaction() as session:
            made = items.insert(
                session,
                group_id=self.group_id,
                ref=ref,
                title=title or f"Do the work of {ref}",
                owner_id=self.people[owner],
                due=deadline,
                raised_on=date(2022, 5, 10),
                by_id=None,
                now=at,
            )
            if answers:
                items.link(session, made, answers[0], answers[1], by_id=None, now=at)
        self.items[ref] = made.id
        return made

    def said(
        self,
        ref: str,
        status: Status,
        *,
        at: datetime = NOW,
        text: str = "",
        blocker: str | None = None,
        by: str = "Priya",
    ) -> None:
        """An update of an item."""
        with self.database.transaction() as session:
            kept = words.keep(session, guard(text), group_id=self.group_id) if text else None
            updates.add(
                session,
                StatusUpdate(
                    id=0,
                    item_id=self.items[ref],
                    at=at,
                    recorded_at=at,
                    by_id=self.people[by],
                    status=status,
                    blocker=blocker,
                ),
                group_id=self.group_id,
                words=kept,
                source_key=None,
            )
            items.refresh(session, self.items[ref])

    def evidence(self, ref: str, *, verified_by: str | None = None, at: datetime = NOW) -> int:
        """A link for an item, verified where somebody is named."""
        with self.database.transaction() as session:
            number = evidence.add(
                session,
                group_id=self.group_id,
                item_id=self.items[ref],
                title="The published report",
                url="https://example.org/report",
                by_id=self.people["Priya"],
                now=at,
            )
            held = evidence.get(session, number)
            assert held is not None
            if verified_by:
                by_id = self.people[verified_by]
                evidence.judge(session, held, holds=True, reason="", by_id=by_id, now=at)
            items.refresh(session, self.items[ref])
        return number

    def date_change(
        self,
        ref: str,
        to: date,
        *,
        reason: str = "the supplier is late",
        at: datetime = NOW,
        decider: str = "chair",
        agreed_by: str | None = None,
    ) -> int:
        """A request for a new date, which waits unless somebody has agreed it."""
        with self.database.transaction() as session:
            item = items.get(session, self.items[ref])
            number = date_changes.add(
                session,
                group_id=self.group_id,
                item_id=item.id,
                old_latest_on=item.due_on,
                new=Deadline.on(to),
                reason=reason,
                decider=decider,
                words=None,
                by_id=item.owner_id,
                now=at,
            )
            change = date_changes.get(session, number)
            assert change is not None
            if agreed_by:
                by_id = self.people[agreed_by]
                date_changes.decide(
                    session,
                    change,
                    Decision.AGREED,
                    group_id=self.group_id,
                    by_id=by_id,
                    reason="",
                    write_now=False,
                    now=at,
                )
                date_changes.move(session, change, group_id=self.group_id, by_id=by_id, now=at)
            else:
                waiting.open_one(
                    session,
                    group_id=self.group_id,
                    kind="date_change",
                    subject_id=number,
                    now=at,
                    next_on=None,
                    item_id=item.id,
                    role=decider,
                )
            items.refresh(session, item.id)
        return number

    def status(self, words: str, *, by: str = "Priya", now: datetime = NOW) -> str:
        """What somebody reads who asks for the status."""
        with intake.reading(self.database, self.arrival(by), now=now) as desk:
            return read(status.answer(desk, words))

    def arrival(self, by: str) -> Arrival:
        """Something that comes in from this person."""
        return Arrival(key="1", kind="command", account=Account(TEAM, f"U{by.upper()}"))

    def digests(self) -> dict[str, Message]:
        """The digests owed, by the first name of their reader and the week."""
        names = {number: name for name, number in self.people.items()}
        with self.database.snapshot() as session:
            keys = [f"digest:imaging:{week}:{n}" for week in WEEKS for n in names]
            places = [(key, outbox.by_key(session, key)) for key in keys]
        return {
            f"{names[place.person_id or 0]} {key.split(':')[2]}": place.message
            for key, place in places
            if place is not None
        }


__all__ = ["NOW", "STARTED", "World", "a_world", "buttons", "read"]

WEEKS = tuple(f"2022-W{week:02d}" for week in range(18, 40))


def a_world(database: Database, *, started_at: datetime | None = STARTED) -> World:
    """The imaging group: Priya and Dev own items, Sam keeps the register, Cara and Dan chair."""
    world = World(database=database)
    with database.transaction() as session:
        group = GroupRow(
            key="imaging",
            name="Imaging task and finish group",
            sponsor="Board",
            ends_on=date(2023, 3, 31),
            started_at=started_at,
            created_at=STARTED,
        )
        session.add(group)
        session.flush()
        assert group.id is not None
        world.group_id = group.id
        for key, name, short in (
            ("rcr", "Royal College of Radiologists", "RCR"),
            ("nhse", "NHS England", "NHSE"),
            ("pacac", "Public Administration and Constitutional Affairs Committee", "PACAC"),
        ):
            body = BodyRow(group_id=group.id, key=key)
            session.add(body)
            session.flush()
            assert body.id is not None
            world.bodies[short] = body.id
            entries.add(
                session,
                BodyNameRow(**world.entry(STARTED), body_id=body.id, name=name, short=short),
            )
    world.person("Priya Nair", "RCR")
    world.person("Dev Shah", "NHSE")
    world.person("Mia Jones", "NHSE", Role.MEMBER)
    world.person("Sam Reed", "NHSE", Role.SECRETARIAT)
    world.person("Cara Holt", "NHSE", Role.CHAIR)
    world.person("Dan Webb", "RCR", Role.DEPUTY_CHAIR)
    return world


def read(message: Message) -> str:
    """Everything a message says, a line a paragraph; buttons in square brackets."""
    lines: list[str] = []
    for part in message.parts:
        match part:
            case Heading(text) | Quote(text) | Note(text):
                lines.append(text)
            case Text(spans):
                lines.append(plain(*spans))
            case Bullets(rows):
                lines += [f"• {plain(*row)}" for row in rows]
            case Buttons(row):
                lines.append(" ".join(f"[{button.label}]" for button in row))
            case Divider():
                lines.append("---")
    return "\n".join(lines)


def buttons(message: Message) -> list[Button]:
    """Every button of a message."""
    return [b for part in message.parts if isinstance(part, Buttons) for b in part.buttons]
