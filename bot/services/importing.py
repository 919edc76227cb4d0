"""A secretariat's spreadsheet: compared with the register, reported, then taken in as one."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from bot.domain.errors import UserError
from bot.domain.people import LONDON, Directory, Group, Person, Role
from bot.domain.register import ActionItem, History, position
from bot.domain.removals import from_marks
from bot.domain.sheets import comparing, plan
from bot.domain.sheets.columns import Field
from bot.domain.sheets.plan import Register
from bot.domain.sheets.proposals import Known, Outcome, Report
from bot.domain.sheets.tables import Table
from bot.services import say
from bot.services.importing_rows import CHANNEL, Writer
from bot.services.keeping import moving
from bot.services.keeping.recorded import tell_owner
from storage import audit, commitments, groups, histories, people, removals, sheets
from storage.database import Database, Session

FROM_FILES = ("file", CHANNEL)


def preview(
    database: Database, group_key: str | None, table: Table, *, by: str | None, now: datetime
) -> Report:
    """What a file would change; nothing is written."""
    with database.snapshot() as session:
        group = the_group(session, group_key)
        directory = people.directory(session, group.id)
        _secretary(directory, by, now=now)
        return compared(session, directory, table, now=now)


def compared(session: Session, directory: Directory, table: Table, *, now: datetime) -> Report:
    """What a file would change, for whoever has looked up who stands behind it."""
    return plan.plan(table, _register(session, directory, now=now))


def take(
    database: Database,
    group_key: str | None,
    table: Table,
    *,
    content: bytes,
    by: str | None,
    now: datetime,
    reported: str | None = None,
) -> Report:
    """Take a file in, in one transaction; where a row is refused, nothing of it.

    `reported` is the fingerprint of the report that was read: another one raises UserError.
    """
    with database.transaction() as session:
        group = the_group(session, group_key)
        directory = people.directory(session, group.id)
        person = _secretary(directory, by, now=now)
        report = compared(session, directory, table, now=now)
        if reported not in (None, report.fingerprint):
            raise UserError(
                "The register changed while the report was read, and nothing was written: "
                "import the file again."
            )
        if not report.refused:
            sha256 = hashlib.sha256(content).hexdigest()
            enter(session, directory, report, by=person, sha256=sha256, now=now)
        return report


def enter(
    session: Session,
    directory: Directory,
    report: Report,
    *,
    by: Person,
    sha256: str,
    now: datetime,
) -> list[ActionItem]:
    """Write what a report says, in the caller's transaction; each owner is told once.

    The items that are new or changed, as they stand after it, in the order of the rows.
    """
    writer = Writer(session=session, directory=directory, by=by, now=now)
    said = {}
    touched = []
    for row in report.rows:
        item = writer.write(row)
        if row.outcome is not Outcome.UNCHANGED:
            touched.append(item)
        said[item.ref] = {name.value: digest for name, digest in comparing.digests(row)}
    # The chain keeps a digest of people's words under a key that can be expunged.
    keyed = sheets.keep(session, directory.group.id, said, sha256=sha256, by_id=by.id, now=now)
    audit.record(
        session,
        "spreadsheet imported",
        f"group:{directory.group.id}",
        group_id=directory.group.id,
        by_id=by.id,
        now=now,
        sha256=keyed,
        counts={outcome.value: report.count(outcome) for outcome in Outcome},
    )
    for owner_id, recorded in writer.told.items():
        tell_owner(session, directory, owner_id, recorded, by=by, now=now, key=f"sheet:{keyed}")
    return touched


def the_group(session: Session, key: str | None) -> Group:
    """The one that is named, or the only one. Raises UserError."""
    every = groups.every(session)
    found = [group for group in every if key in (None, group.key)]
    if len(found) != 1:
        names = ", ".join(group.key for group in every) or "there is none yet"
        raise UserError(f"Name one group with `--group KEY`: {names}.")
    return found[0]


def _secretary(directory: Directory, name: str | None, *, now: datetime) -> Person:
    """Who stands behind an import: named, or the only one there is."""
    today = now.astimezone(LONDON).date()
    holders = directory.holders(Role.SECRETARIAT, today)
    found = [p for p in holders if name is None or p.name.casefold() == name.strip().casefold()]
    if len(found) == 1:
        return found[0]
    names = say.listed(person.name for person in holders) if holders else "nobody at present"
    raise UserError(f"Say who in the secretariat imports it with `--by NAME`: {names}.")


def _register(session: Session, directory: Directory, *, now: datetime) -> Register:
    group_id = directory.group.id
    asks = {one.id: one.ref for one in commitments.recommendations(session, group_id)}
    promised = {one.id: one.ref for one in commitments.of_group(session, group_id)}
    found = {
        history.ref: _known(history, asks, promised)
        for history in histories.of_group(session, group_id)
    }
    base = {
        ref: {Field(name): digest for name, digest in fields.items()}
        for ref, fields in sheets.last_said(session, group_id).items()
    }
    return Register(
        directory=directory,
        today=now.astimezone(LONDON).date(),
        items=found,
        base=base,
        answerable=frozenset([*asks.values(), *promised.values()]),
        removed=_removed(session, group_id),
    )


def _removed(session: Session, group_id: int) -> comparing.Removed:
    """What tells whether words that were removed stand in a text about an item."""
    made = [one for one in removals.agreed(session) if one.group_id == group_id and one.marks]
    known = [(from_marks(one.marks or {}), one) for one in made]

    def on(item_id: int, text: str) -> date | None:
        for matcher, one in known:
            near = item_id in (one.marks or {})["items"]
            if matcher.redact(text, "-", near=near) != text:
                return one.removed_on
        return None

    return on


def _known(history: History, asks: dict[int, str], promised: dict[int, str]) -> Known:
    item, terms = position(history), history.terms
    last, said = history.last_word, history.latest_update
    touched = {
        Field.TITLE: len({one.title for one in terms}) > 1,
        Field.OWNER: len({one.owner_id for one in terms}) > 1,
        Field.SUPPORTERS: len({one.supporters for one in terms}) > 1,
        Field.DUE: len(history.deadlines) > 1,
        Field.STATUS: last is not None and last.channel not in FROM_FILES,
        Field.UPDATE: last is not None and last.channel not in FROM_FILES,
    }
    return Known(
        id=item.id,
        ref=item.ref,
        title=item.title,
        owner_id=item.owner_id,
        version=item.version,
        supporters=frozenset(terms[-1].supporters),
        due=item.due,
        original_on=item.original_latest_on,
        frozen=moving.frozen(history),
        status=said.status if said else None,
        confidence=item.claimed,
        words=last.words if last else "",
        answers=frozenset(
            [asks[n] for n in history.recommendations if n in asks]
            + [promised[n] for n in history.commitments if n in promised]
        ),
        raised_on=item.raised_on,
        touched=frozenset(name for name, was in touched.items() if was),
    )
