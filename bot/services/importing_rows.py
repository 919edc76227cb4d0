"""Rows of a spreadsheet written by the register's own changes, as if somebody said each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.deadlines import NO_DEADLINE, long_date
from bot.domain.guard import guard
from bot.domain.people import LONDON, Account, Directory, Person
from bot.domain.register import ActionItem, Status, StatusUpdate
from bot.domain.sheets.columns import Field
from bot.domain.sheets.proposals import Outcome, Proposal
from bot.services import say, updates, withdrawals
from bot.services.intake import Arrival, Desk
from bot.services.keeping import changes, owning
from bot.services.keeping.recorded import Recorded
from storage import commitments, items, words
from storage import updates as rows
from storage.database import Session

CHANNEL = "sheet"
ASIDE = (Status.PAUSED, Status.WITHDRAWN)


@dataclass(kw_only=True)
class Writer:
    """Writes rows by the register's own changes, and remembers what each owner is to be told."""

    session: Session
    directory: Directory
    by: Person
    now: datetime
    told: dict[int, list[Recorded]] = field(default_factory=lambda: defaultdict(list))

    def write(self, row: Proposal) -> ActionItem:
        """One row; the item as it stands after it."""
        if row.outcome is Outcome.ADDED:
            return self._add(row)
        item = items.lock(self.session, row.item_id or 0)
        if row.outcome is Outcome.CHANGED:
            item = self._change(item, row)
        return item

    def _add(self, row: Proposal) -> ActionItem:
        item = changes.add(
            self.session,
            self.directory,
            title=row.title,
            owner_id=row.owner_id or 0,
            due=row.due or NO_DEADLINE,
            raised_on=row.raised_on or self.now.astimezone(LONDON).date(),
            by_id=self.by.id,
            now=self.now,
            supporters=row.supporters,
            ref=row.ref,
            told=True,
        )
        self._tell(item, f"it is new on the register, {say.due(item.due)}", theirs=True)
        self._say(item, row)
        self._link(item, row.answers)
        if row.moves_to is not None:
            self._move(items.get(self.session, item.id), row)
        return items.get(self.session, item.id)

    def _change(self, item: ActionItem, row: Proposal) -> ActionItem:
        fields = {change.field for change in row.changes}
        by, now = self.by.id, self.now
        if Field.TITLE in fields:
            item = changes.retitle(self.session, self.directory, item, row.title, by_id=by, now=now)
            self._tell(item, "it has this title now")
        if Field.OWNER in fields and row.owner_id is not None:
            item = changes.reassign(
                self.session, self.directory, item, row.owner_id, told=True, by_id=by, now=now
            )
            self._tell(item, "it has been given to you", theirs=True)
        if Field.SUPPORTERS in fields:
            item = changes.support(
                self.session, self.directory, item, row.supporters, by_id=by, now=now
            )
        if fields & {Field.STATUS, Field.UPDATE}:
            self._say(item, row)
        if Field.ANSWERS in fields:
            self._link(item, row.answers)
        if Field.DUE in fields:
            self._move(items.get(self.session, item.id), row)
        return items.get(self.session, item.id)

    def _say(self, item: ActionItem, row: Proposal) -> None:
        """What the row says of where it stands, recorded for its owner."""
        if row.status is None and row.update is None:
            return
        if row.status is Status.NOT_STARTED and row.update is None:
            return
        if row.status in ASIDE:
            text = row.update or guard(f"As the secretariat's spreadsheet says: {row.status}.")
            withdrawals.request(self._desk(), item, row.status, text)
            return
        number = self._enter(item, row)
        quote = row.update.text if row.update else ""
        item = items.get(self.session, item.id)
        self._tell(item, f"recorded as {say.standing(item)}", quote=quote, update_id=number)

    def _enter(self, item: ActionItem, row: Proposal) -> int:
        status = row.status or Status.UNCHANGED
        if owning.started(self.directory):
            said = updates.Said(
                status=status,
                confidence=row.confidence,
                completed_on=row.completed_on,
                channel=CHANNEL,
            )
            key = f"sheet:{item.id}:{self.now.isoformat()}"
            return updates.record(self._desk(), item, said, text=row.update, source_key=key)
        group_id = self.directory.group.id
        kept = words.keep(self.session, row.update, group_id=group_id) if row.update else None
        entry = StatusUpdate(
            id=0,
            item_id=item.id,
            at=self.now,
            recorded_at=self.now,
            by_id=self.by.id,
            status=status,
            confidence=row.confidence,
            completed_on=row.completed_on,
            channel=CHANNEL,
        )
        number = rows.add(self.session, entry, group_id=group_id, words=kept, source_key=None)
        items.refresh(self.session, item.id)
        self._desk().audited("updated", f"item:{item.id}", words=kept, update=number)
        return number

    def _link(self, item: ActionItem, refs: Iterable[str]) -> None:
        group_id = self.directory.group.id
        asks = {one.ref: one.id for one in commitments.recommendations(self.session, group_id)}
        promised = {one.ref: one.id for one in commitments.of_group(self.session, group_id)}
        by, now = self.by.id, self.now
        for ref in refs:
            kind, known = ("recommendation", asks) if ref in asks else ("commitment", promised)
            item = changes.link(
                self.session, self.directory, item, kind, known[ref], by_id=by, now=now
            )

    def _move(self, item: ActionItem, row: Proposal) -> None:
        new = row.moves_to or row.due
        if new is None:
            return
        moved = changes.move_date(
            self.session, self.directory, item, new, by_id=self.by.id, now=self.now,
            reason=row.update,
        )  # fmt: skip
        day = long_date(new.latest) if new.latest else new.words
        asked = f"a new date, {day}, was put to the {moved.decider}" if moved.decider else ""
        self._tell(moved.item, asked or f"it is due by {day} now")

    def _tell(
        self,
        item: ActionItem,
        said: str,
        *,
        quote: str = "",
        update_id: int | None = None,
        theirs: bool = False,
    ) -> None:
        one = Recorded(item=item, said=said, quote=quote, update_id=update_id, theirs=theirs)
        self.told[item.owner_id].append(one)

    def _desk(self) -> Desk:
        account = self.by.accounts[0] if self.by.accounts else Account("", "")
        return Desk(
            session=self.session,
            group=self.directory.group,
            person=self.by,
            directory=self.directory,
            now=self.now,
            arrival=Arrival(key=f"sheet:{self.now.isoformat()}", kind="sheet", account=account),
            answered=None,
        )
