"""The secretariat asks to remove words, and somebody else answers."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from sqlmodel import SQLModel, col, select

from bot.domain.audiences import Room
from bot.domain.guard import guard
from bot.domain.people import Role
from bot.services import holds, removal_requests, removals
from bot.services.parcels import Found, Parcel, Sent
from storage import removable
from storage.database import Database
from storage.rows import RemovalRow
from tests.services.desks import FrontDesk

SAID = (
    "A-01 is blocked by Dr Hale’s department because Dr Hale’s mother is dying in St Kestrel’s "
    "hospital, ward 7731"
)
MARK = "Kestrel"
REASON = "It tells of the health of somebody’s family."
GONE = "[removed on 15 August 2022]"


class Removing(FrontDesk):
    """A front desk with a second secretary, Ann."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.person("Ann Dale", "NHSE", Role.SECRETARIAT)

    def subject_of(self, kind: str, item_id: int | None = None) -> str:
        """The newest text of this kind about an item."""
        with self.database.snapshot() as session:
            found = removable.of_item(session, item_id or self.a01)
        return next(one.subject for one in found if one.kind == kind)

    def asks_to_remove(
        self, subject: str = "", *, words: str = "", reason: str = REASON, by: str = "Sam"
    ) -> int:
        """The form sent in; the number of the request."""
        removal_requests.ask(
            self.database,
            self.arrives(by),
            subject=subject,
            words=guard(words),
            reason=guard(reason),
            now=self.now,
        )
        return self.removal().id or 0

    def agrees(self, removal_id: int, *, by: str = "Ann") -> None:
        """The button under it."""
        removals.agree(self.database, self.arrives(by), removal_id=removal_id, now=self.now)
        self.checks()

    def holds(self, reason: str, *, by: str = "Helen", releases: bool = False) -> None:
        """A hold begins or ends."""
        holds.enter(
            self.database, self.arrives(by), reason=guard(reason), releases=releases, now=self.now
        )

    def removal(self) -> RemovalRow:
        """The newest request."""
        with self.database.snapshot() as session:
            row = session.exec(select(RemovalRow).order_by(col(RemovalRow.id).desc())).first()
            assert row is not None
            session.expunge(row)
            return row

    def everything(self) -> str:
        """Every row of every table, in one text."""
        return dump(self.database)


def dump(database: Database) -> str:
    """Every row of every table, as Python writes it."""
    rows: list[Any] = []
    with database.snapshot() as session:
        for table in SQLModel.metadata.sorted_tables:
            rows += session.connection().execute(table.select()).all()
    return "\n".join(str(row) for row in rows)


class Recorder:
    """A way out that keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []

    def send(self, parcel: Parcel) -> Sent:
        """Kept."""
        self.sent.append(parcel)
        return Sent()

    def find(self, parcel: Parcel, since: datetime) -> list[Found]:  # noqa: ARG002
        """Nothing stands anywhere."""
        return []

    def room(self, parcel: Parcel) -> Room:  # noqa: ARG002
        """Nobody is there."""
        return Room(members=frozenset(), shared=False)


def packed(text: str) -> bytes:
    """A packed document that says this."""
    document = docx.Document()
    document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
