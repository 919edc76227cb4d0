"""The whole register as sheets, for the secretariat; only a snapshot is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath

from bot.documents import sheets_out
from bot.domain.deadlines import Deadline
from bot.domain.errors import UserError
from bot.domain.people import LONDON, Directory
from bot.domain.register import STATUS_WORDS, History, Status, position
from bot.domain.sheets.pages import Page, Value, dictionary
from bot.services import say
from bot.services.importing import the_group
from storage import commitments, histories, people
from storage.database import Database, Session

ITEMS = (
    ("Ref", "The action's reference"),
    ("Action", "What is to be done"),
    ("Owner", "The one person who is accountable"),
    ("Body", "The owner's body; for reading only"),
    ("Supporters", "Who helps, separated by semicolons"),
    ("Due", "The last day that the date in force allows"),
    ("Due in words", "The date in force as it was said; for reading only"),
    ("Original due date", "The date first agreed; it never moves"),
    ("Status", "What was last said of where it stands; complete is a claim until verified"),
    ("RAG", "The confidence that the owner claims"),
    ("Update", "The last words said of it"),
    ("Recommendation", "The recommendations and promises that it answers"),
    ("Date raised", "The day it was agreed"),
    ("Verified", "Whether its evidence was verified by somebody else; for reading only"),
    ("Times moved", "How often its date was moved to a later one; for reading only"),
    ("Version", "Rises with every change; import tells by it what changed since"),
)


def write(database: Database, group_key: str | None, name: str, *, now: datetime) -> bytes:
    """The register in the format that the file's name ends in. Raises UserError for another."""
    form = PurePath(name).suffix.lower()
    if form not in (".xlsx", ".csv", ".json"):
        raise UserError(f"Export writes .xlsx, .csv or .json, not “{form or name}”.")
    with database.snapshot() as session:
        group = the_group(session, group_key)
        directory = people.directory(session, group.id)
        return content(session, directory, form.removeprefix("."), now=now)


def content(session: Session, directory: Directory, form: str, *, now: datetime) -> bytes:
    """The same of a group as xlsx, csv (the items only) or json."""
    found = pages(session, directory, now=now)
    if form == "csv":
        return sheets_out.csv_bytes(found[0])
    if form == "json":
        return sheets_out.json_bytes(found)
    return sheets_out.xlsx(found)


def pages(session: Session, directory: Directory, *, now: datetime) -> list[Page]:
    """Items first, then everything said and decided about them, and what each column means."""
    group_id = directory.group.id
    every = histories.of_group(session, group_id)
    asks = {one.id: one.ref for one in commitments.recommendations(session, group_id)}
    promised = {one.id: one.ref for one in commitments.of_group(session, group_id)}
    found = [
        Page(
            name="Items",
            columns=ITEMS,
            rows=[_item(history, directory, asks, promised) for history in every],
        ),
        _of_each(every, "Updates", UPDATES, lambda h: _updates(h, directory)),
        _of_each(every, "Date changes", CHANGES, lambda h: _changes(h, directory)),
        _of_each(every, "Evidence", EVIDENCE, lambda h: _evidence(h, directory)),
        _commitments(session, group_id),
        _recommendations(session, group_id),
        _people(directory, now=now),
    ]
    return [*found, dictionary(found)]


UPDATES = (
    ("Ref", "The action"),
    ("Said on", "The day it was said"),
    ("Recorded on", "The day the register knew of it"),
    ("By", "Who said or recorded it"),
    ("Status", "What it says of where the action stands"),
    ("Words", "The words"),
    ("Through", "How it came: slack, file, sheet"),
)
CHANGES = (
    ("Ref", "The action"),
    ("Asked on", "The day of the request"),
    ("Asked by", "Who asked"),
    ("Old date", "The date in force then"),
    ("New date", "The date asked for"),
    ("Reason", "Why"),
    ("Decision", "What became of it"),
    ("Decided by", "Who decided"),
    ("Decided on", "When"),
)
EVIDENCE = (
    ("Ref", "The action"),
    ("Given on", "When"),
    ("Given by", "By whom"),
    ("Title", "What it is"),
    ("Link", "Where it is"),
    ("Holds", "Whether it was found to show completion"),
    ("Verified by", "Who looked"),
    ("Verified on", "When"),
)


def _of_each(
    every: Sequence[History],
    name: str,
    columns: Sequence[tuple[str, str]],
    rows: Callable[[History], list[tuple[Value, ...]]],
) -> Page:
    return Page(name=name, columns=columns, rows=[row for one in every for row in rows(one)])


def _item(
    history: History, directory: Directory, asks: dict[int, str], promised: dict[int, str]
) -> tuple[Value, ...]:
    item, terms = position(history), history.terms[-1]
    owner = directory.people[item.owner_id]
    said, last = history.latest_update, history.last_word
    answers = [asks[n] for n in history.recommendations if n in asks]
    answers += [promised[n] for n in history.commitments if n in promised]
    return (
        item.ref,
        item.title,
        owner.name,
        owner.body,
        "; ".join(directory.people[number].name for number in terms.supporters),
        item.due.latest,
        item.due.words,
        item.original_latest_on,
        STATUS_WORDS[said.status if said else Status.NOT_STARTED],
        item.claimed.value.replace("_", "/") if item.claimed else "",
        last.words if last else "",
        ", ".join(dict.fromkeys(answers)),
        item.raised_on,
        "yes" if item.verified else "no",
        item.slips,
        item.version,
    )


def _updates(history: History, directory: Directory) -> list[tuple[Value, ...]]:
    return [
        (
            history.ref,
            one.at.astimezone(LONDON).date(),
            one.recorded_at.astimezone(LONDON).date(),
            say.named(directory, one.by_id),
            STATUS_WORDS[one.status],
            one.words,
            one.channel,
        )
        for one in history.updates
    ]


def _changes(history: History, directory: Directory) -> list[tuple[Value, ...]]:
    return [
        (
            history.ref,
            one.at.astimezone(LONDON).date(),
            say.named(directory, one.asked_by),
            one.old_latest_on,
            _last_day(one.new),
            one.reason,
            one.decision.value,
            say.named(directory, one.decided_by) if one.decided_by else "",
            one.decided_at.astimezone(LONDON).date() if one.decided_at else None,
        )
        for one in history.date_changes
    ]


def _evidence(history: History, directory: Directory) -> list[tuple[Value, ...]]:
    return [
        (
            history.ref,
            one.at.astimezone(LONDON).date(),
            say.named(directory, one.by_id),
            one.title,
            one.url,
            {True: "yes", False: "no", None: "not looked at"}[one.holds],
            say.named(directory, one.verified_by) if one.verified_by else "",
            one.verified_at.astimezone(LONDON).date() if one.verified_at else None,
        )
        for one in history.evidence
    ]


def _commitments(session: Session, group_id: int) -> Page:
    columns = (
        ("Ref", "The promise"),
        ("Words", "Its words in the letter"),
        ("Promised on", "The letter's date"),
        ("Promised for", "The last day promised"),
        ("Promised for in words", "The date as the letter words it"),
        ("Standing", "Whether it recurs and is never complete"),
    )
    rows = [
        (
            one.ref,
            one.words,
            one.promised_on,
            one.deadline.latest,
            one.deadline.words,
            "yes" if one.standing else "no",
        )
        for one in commitments.of_group(session, group_id)
    ]
    return Page(name="Commitments", columns=columns, rows=rows)


def _recommendations(session: Session, group_id: int) -> Page:
    columns = (
        ("Ref", "The recommendation"),
        ("Words", "Its published words"),
        ("Short title", "What it is called here"),
        ("Source", "Where it stands"),
        ("Confirmed by", "Who confirmed the words"),
    )
    rows = [
        (one.ref, one.words, one.title, one.source, one.confirmed_by or "")
        for one in commitments.recommendations(session, group_id)
    ]
    return Page(name="Recommendations", columns=columns, rows=rows)


def _people(directory: Directory, *, now: datetime) -> Page:
    today = now.astimezone(LONDON).date()
    columns = (
        ("Person", "Their name"),
        ("Works for", "Their body"),
        ("Post", "Their title"),
        ("Roles", "What they do in the group today"),
    )
    rows = [
        (
            one.name,
            one.body,
            one.title or "",
            ", ".join(
                sorted(
                    held.role.value.replace("_", " ")
                    for held in directory.roles
                    if held.person_id == one.id and held.held_on(today)
                )
            ),
        )
        for one in directory.people.values()
    ]
    return Page(name="People", columns=columns, rows=rows)


def _last_day(deadline: Deadline) -> Value:
    return deadline.latest or deadline.words
