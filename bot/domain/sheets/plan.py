"""Compares the rows of a file with the register: what each would change, and why it may not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from bot.domain.deadlines import Kind, long_date
from bot.domain.guard import guard
from bot.domain.people import Directory
from bot.domain.register import Status
from bot.domain.sheets import comparing, days, owners, statuses
from bot.domain.sheets.columns import Field
from bot.domain.sheets.proposals import Known, Proposal, Report
from bot.domain.sheets.rows import RowReader
from bot.domain.sheets.tables import Line, Table

REF = re.compile(r"([A-Za-z]{1,3})\s?[-.–_ /]?\s?0*(\d{1,5})([a-z]?)")
NUMBER = re.compile(r"0*(\d{1,5})")
ANSWERS = re.compile(r"[A-Za-z]{1,3}-\d{1,5}[a-z]?|\d{1,5}")
LONGEST_TITLE = 500
NO_DATE, WILL_BE_ASKED = "no date", "its owner will be asked for one"


@dataclass(frozen=True, kw_only=True)
class Register:
    """What a file is compared with: people, items, and what the last import of each row said.

    `may_move` where somebody stands behind the import who may move dates; `answerable` are the
    references of recommendations and promises; `removed` knows words that must not come back.
    """

    directory: Directory
    today: date
    items: Mapping[str, Known] = field(default_factory=dict)
    base: Mapping[str, Mapping[Field, str]] = field(default_factory=dict)
    answerable: frozenset[str] = frozenset()
    may_move: bool = True
    removed: comparing.Removed = comparing.none_removed

    @property
    def reading(self) -> days.Reading:
        """What dates in words lean on."""
        meetings = [m.on for m in self.directory.meetings if m.on > self.today]
        return days.Reading(
            today=self.today,
            next_meeting=min(meetings, default=None),
            recesses=self.directory.recesses,
        )


def plan(table: Table, register: Register) -> Report:
    """What would become of every row; nothing is changed."""
    planner = _Planner(table, register)
    rows = _without_doubles([planner.proposal(line) for line in table.lines])
    return Report(rows=rows, notes=[*table.notes])


def ref_of(text: str) -> str | None:
    """A reference as the register spells it, from `A 1`, `a-01` or a bare number."""
    if found := NUMBER.fullmatch(text.strip()):
        return f"A-{int(found[1]):02d}"
    found = REF.fullmatch(text.strip())
    return f"{found[1].upper()}-{int(found[2]):02d}{found[3]}" if found else None


def plain(text: str) -> str:
    """A title as titles are compared."""
    return " ".join(text.split()).casefold().rstrip(".")


class _Planner:
    def __init__(self, table: Table, register: Register) -> None:
        self._register = register
        self._orders = {
            field: days.order_of(line[field] for line in table.lines if field in line.cells)
            for field in (Field.DUE, Field.ORIGINAL_DUE, Field.RAISED, Field.COMPLETED)
        }
        self._by_ref = {_key(ref): known for ref, known in register.items.items()}
        self._by_title = {plain(known.title): known for known in register.items.values()}

    def proposal(self, line: Line) -> Proposal:
        """What one row would change."""
        row = RowReader(line)
        ref = self._ref(row)
        title = " ".join(row.text(Field.TITLE).split())
        known = self._by_ref.get(_key(ref)) if ref else self._by_title.get(plain(title))
        found = Proposal(
            number=line.number,
            ref=known.ref if known else ref,
            item_id=known.id if known else None,
            title=title or (known.title if known else ""),
        )
        if not title and known is None:
            row.reasons.append("it has no action: write what is to be done")
        if len(title) > LONGEST_TITLE:
            row.reasons.append(f"its action is over {LONGEST_TITLE} characters: shorten it")
        found = self._people(found, row, known)
        found = self._dates(found, row, known)
        found = self._standing(found, row)
        found = self._links(found, row)
        found = replace(found, reasons=tuple(row.reasons), notes=tuple(row.notes))
        return self._settled(found, row, known)

    def _settled(self, found: Proposal, row: RowReader, known: Known | None) -> Proposal:
        found = replace(found, said=comparing.said(found, self._register.directory))
        if known is None or found.reasons:
            return found
        version = row.text(Field.VERSION)
        return comparing.compared(
            found,
            known,
            directory=self._register.directory,
            base=self._register.base.get(known.ref),
            version=int(version) if version.isdigit() else None,
            may_move=self._register.may_move,
            removed=self._register.removed,
        )

    def _ref(self, row: RowReader) -> str | None:
        text = row.text(Field.REF)
        if not text:
            return None
        found = ref_of(text)
        if found is None:
            row.reasons.append(f"“{text[:30]}” is no reference: write it as A-01")
        return found

    def _people(self, found: Proposal, row: RowReader, known: Known | None) -> Proposal:
        directory, text = self._register.directory, row.text(Field.OWNER)
        helpers: tuple[int, ...] = ()
        try:
            if text:
                named = owners.owner(text, directory)
                found = replace(found, owner_id=named.owner.id)
                helpers = tuple(person.id for person in named.supporters)
                self._body(row, named.owner.body_id)
            elif known is None:
                row.reasons.append("it has no owner: name the one person who is accountable")
            if more := row.text(Field.SUPPORTERS):
                helpers += tuple(person.id for person in owners.several(more, directory))
        except owners.OwnerError as error:
            row.reasons.append(str(error))
        return replace(found, supporters=tuple(dict.fromkeys(helpers)))

    def _body(self, row: RowReader, body_id: int) -> None:
        wanted = row.text(Field.BODY).casefold()
        names = [n for n in self._register.directory.body_names if n.body_id == body_id]
        if wanted and not any(wanted in (n.name.casefold(), n.short.casefold()) for n in names):
            row.notes.append(f"the owner's body stays {names[-1].short if names else 'unknown'}")

    def _dates(self, found: Proposal, row: RowReader, known: Known | None) -> Proposal:
        due, original = row.deadline(self, Field.DUE), row.deadline(self, Field.ORIGINAL_DUE)
        raised, completed = row.day(self, Field.RAISED), row.day(self, Field.COMPLETED)
        today = self._register.today
        if raised and raised > today:
            row.reasons.append("it was raised on a day still to come: correct the date")
        if completed and completed > today:
            row.reasons.append("it was completed on a day still to come: correct the date")
        found = replace(found, raised_on=raised, completed_on=completed)
        stands = original if known is None else known.due
        if due and due.latest is None and stands and stands.latest:
            # A date that was said is not taken away by words without one.
            names = f"the due date, {long_date(stands.latest)}: “{due.words}” names no other"
            said = (names,) if due.kind is Kind.OPEN else ()
            found, due = replace(found, left=(*found.left, *said)), None
        found = replace(found, due=due or original)
        if known is not None:
            moved = original is not None and original.latest != known.original_on
            if moved and known.frozen:
                left = (*found.left, "the original due date, which never moves")
                found = replace(found, left=left)
            return replace(found, due=due if due and due.latest else None)
        if due and original and original.latest is None:
            return replace(found, due=due)
        if due and original and due.latest != original.latest:
            found = replace(found, due=original, moves_to=due)
            self._needs_a_reason(row)
        return found

    def _needs_a_reason(self, row: RowReader) -> None:
        if not row.text(Field.UPDATE):
            row.reasons.append("its date has moved: say why in its update cell")
        elif not self._register.may_move:
            row.reasons.append("its date has moved: say who moves it with `--by NAME`")

    def _standing(self, found: Proposal, row: RowReader) -> Proposal:
        try:
            status, colour = statuses.read(row.text(Field.STATUS), row.text(Field.RAG))
        except statuses.StatusError as error:
            row.reasons.append(str(error))
            return found
        if status is Status.COMPLETE:
            row.notes.append("complete is a claim until its evidence is verified")
        closed = status in (Status.COMPLETE, Status.WITHDRAWN)
        dated = found.due is not None and found.due.latest is not None
        if found.item_id is None and not dated and not closed and not row.dates_failed:
            row.notes.append(NO_DATE if status is Status.PAUSED else f"{NO_DATE}: {WILL_BE_ASKED}")
        words = row.text(Field.UPDATE)
        return replace(
            found,
            status=status,
            confidence=colour,
            completed_on=found.completed_on if status is Status.COMPLETE else None,
            update=guard(words) if words else None,
        )

    def _links(self, found: Proposal, row: RowReader) -> Proposal:
        text = row.text(Field.ANSWERS)
        refs = []
        for piece in ANSWERS.findall(text):
            ref = piece.upper() if "-" in piece else f"R-{int(piece)}"
            if ref not in self._register.answerable:
                row.reasons.append(f"{ref} is no recommendation or promise here: correct it")
            refs.append(ref)
        if text and not refs:
            row.reasons.append(f"“{text[:40]}” names no recommendation: write it as R-1")
        return replace(found, answers=tuple(dict.fromkeys(refs)))

    def order(self, field: Field) -> days.Order:
        """What the column proves."""
        return self._orders[field]

    @cached_property
    def reading(self) -> days.Reading:
        """What dates lean on: one for all rows, which keeps what it has read."""
        return self._register.reading


def _key(ref: str | None) -> str:
    return (ref_of(ref) or ref.upper()) if ref else ""


def _without_doubles(rows: Sequence[Proposal]) -> list[Proposal]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        names = [
            n for n in (_key(row.ref), f"title:{plain(row.title)}" if not row.ref else "") if n
        ]
        twice = next((first[name] for name in names if name in first), None)
        if twice is not None and not row.reasons:
            reason = f"it is the same action as row {twice}: leave one of them out"
            row = replace(row, reasons=(reason,))
        for name in names:
            first.setdefault(name, row.number)
        found.append(row)
    return found
