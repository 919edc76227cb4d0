"""A started group whose letters promised something: rows only as far as a test is about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.deadlines import Deadline
from storage import deadlines, items
from storage.database import Database
from storage.rows import CommitmentRow, LetterEventRow, LetterRow, VersionRow
from tests.services.founded import KICK_OFF, at
from tests.services.registers import Register

DUE = date(2022, 8, 31)
PROMISE = "guidance will be published by 31 August 2022"
NOW = at(date(2022, 8, 15), 10)


class Promising(Register):
    """A started group on 15 August 2022, whose clock moves on with what is done."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.now: datetime = NOW

    def promise(self, item_id: int) -> None:
        """A sent letter promised the RCR a day, and the item answers it."""
        with self.database.transaction() as session:
            letter = LetterRow(
                group_id=self.group_id,
                audience="committees",
                reference="IMAGING/01",
                number=1,
                imported=True,
            )
            letter_id = self._number(session, letter)
            self._enter(session, LetterEventRow, letter_id=letter_id, event="sent")
            promised = CommitmentRow(
                group_id=self.group_id,
                letter_id=letter_id,
                ref="C-1",
                words=PROMISE,
                to_bodies=[self.bodies["RCR"]],
                promised_on=date(2022, 5, 10),
                recommendations=[],
                **deadlines.columns(Deadline.on(DUE)),
            )
            number = self._number(session, promised)
            item = items.get(session, item_id)
            items.link(session, item, "commitment", number, by_id=None, now=KICK_OFF)

    def clears_a_letter(self) -> None:
        """A letter that rests on everything recorded so far has been cleared."""
        self.now += timedelta(minutes=1)
        with self.database.transaction() as session:
            letter = LetterRow(
                group_id=self.group_id, audience="phso", reference="IMAGING/02", number=2
            )
            letter_id = self._number(session, letter)
            version = VersionRow(
                group_id=self.group_id,
                letter_id=letter_id,
                number=1,
                as_at={},
                author_kind="rules",
                facts="{}",
                letter="{}",
                findings=[],
                sha256="0" * 64,
                at=self.now,
                recorded_at=self.now,
            )
            event = LetterEventRow(
                group_id=self.group_id,
                letter_id=letter_id,
                event="cleared",
                version_id=self._number(session, version),
                at=self.now,
                recorded_at=self.now,
            )
            self._number(session, event)
