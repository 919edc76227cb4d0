"""Fact sheets: the register as at any past T, as known at any past K, byte for byte."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.facts import (
    AddresseeFact,
    CommitmentCounts,
    CommitmentFact,
    FactSheet,
    ItemCounts,
    ItemFact,
    Position,
    SilenceFact,
    StatementFact,
)
from bot.domain.register import Status
from bot.services import fact_sheets
from storage import outbox
from storage.database import Database, Session
from storage.rows import NudgeRow, OutboxRow
from tests.services import letter_builders as sample
from tests.services.letter_builders import DRAFTED, Register, moment


@pytest.fixture
def group(database: Database) -> int:
    """The sample group, with nothing said yet."""
    return sample.found(database)


def read(
    database: Database,
    group_id: int,
    *,
    at: datetime = DRAFTED,
    known_at: datetime | None = None,
    audience: str = "committees",
) -> FactSheet:
    """The sheet as at T, known at K, dated the day of T."""
    with database.snapshot() as session:
        return fact_sheets.read(
            session,
            group_id,
            audience=audience,
            as_at=at,
            known_at=known_at or at,
            dated_on=at.date(),
        )


def promise(sheet: FactSheet, ref: str) -> CommitmentFact:
    """The promise with this reference."""
    ((_fact, said),) = sheet.about(CommitmentFact, ref)
    return said


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))]
)
def test_a_sheet_of_the_past_reads_the_same_whatever_has_happened_since(
    database: Database, group: int, seed: int
) -> None:
    chance = random.Random(seed)
    now = moment(16, 5)
    kept: dict[tuple[datetime, datetime], bytes] = {}
    for _step in range(25):
        now += timedelta(hours=chance.randint(1, 72))
        with database.transaction() as session:
            _something(Register(session=session, group_id=group), chance, now)
        for _times in range(2):
            past = now - timedelta(hours=chance.randint(0, 500))
            for clocks in ((now, now), (past, now)):
                kept[clocks] = _bytes(database, group, clocks)

    for clocks, before in kept.items():
        assert _bytes(database, group, clocks) == before


def _bytes(database: Database, group: int, clocks: tuple[datetime, datetime]) -> bytes:
    at, known_at = clocks
    return read(database, group, at=at, known_at=known_at).json.encode()


def _something(said: Register, chance: random.Random, now: datetime) -> None:
    """Anything that people do to the register: some of it is entered long after it was so."""
    ref = f"A-{chance.randint(1, 14):02d}"
    at = now - timedelta(hours=chance.choice([0, 0, 0, 30, 400]))
    match chance.randint(0, 4):
        case 0:
            said.moves(ref, now.date() + timedelta(days=40), "the supplier is late", at=now)
        case 1:
            checked = now if chance.random() < 0.5 else None
            said.proves(ref, "A published page", at=now, checked=checked)
        case 2:
            status = Status.BLOCKED
            said.says(ref, status, at=at, recorded_at=now, blocker="no contract yet")
        case 3:
            _remind(said.session, said.group_id, said.item(ref), now=now)
        case _:
            status = chance.choice(
                [Status.ON_TRACK, Status.AT_RISK, Status.COMPLETE, Status.PAUSED, Status.UNCHANGED]
            )
            said.says(ref, status, at=at, recorded_at=now)


def _remind(session: Session, group_id: int, item_id: int, *, now: datetime) -> None:
    """A reminder that came due and that Slack has taken."""
    row = OutboxRow(
        key=f"reminder:{item_id}:{now.isoformat()}",
        group_id=group_id,
        kind="message",
        payload={"parts": [], "file": None},
        state="sent",
        due_at=now,
        created_at=now,
        settled_at=now,
    )
    session.add(row)
    session.flush()
    session.add(
        NudgeRow(
            group_id=group_id,
            item_id=item_id,
            plan=1,
            rung=now.isoformat(),
            due_on=now.date(),
            outcome="sent",
            outbox_id=row.id,
            decided_at=now,
        )
    )
    session.flush()


def test_a_sheet_comes_back_from_its_json(database: Database, group: int) -> None:
    sheet = read(database, group)

    assert FactSheet.parse(sheet.json) == sheet
    assert "." not in sheet.json.partition('"facts":')[0].split('"as_at"')[0]


def test_what_was_said_in_june_but_entered_in_july_is_unknown_in_june(
    database: Database, group: int
) -> None:
    with database.transaction() as session:
        said = Register(session=session, group_id=group)
        said.says("A-09", Status.ON_TRACK, at=moment(10, 6), recorded_at=moment(5, 7))

    def status(known_at: datetime) -> Status | None:
        sheet = read(database, group, at=moment(20, 6), known_at=known_at)
        ((_fact, item),) = sheet.about(ItemFact, "A-09")
        return item.status

    assert status(moment(20, 6)) is None
    assert status(moment(6, 7)) is Status.ON_TRACK


def test_every_promise_of_the_letter_of_may_stands_in_its_words_and_dates(
    database: Database, group: int
) -> None:
    sample.a_summer(database, group)
    sheet = read(database, group)

    firm, undated, soft, doubtful = (promise(sheet, f"C-{n}") for n in (1, 2, 3, 5))
    assert len(list(sheet.of(CommitmentFact))) == 8
    assert (firm.latest, firm.due_on, firm.late) == (date(2022, 8, 31), date(2023, 2, 28), True)
    assert (undated.deadline_words, undated.latest, undated.late) == ("", None, False)
    assert (soft.earliest, soft.latest) == (date(2022, 6, 1), date(2022, 8, 31))
    assert doubtful.deadline_words == "by this summer"
    assert len(list(sheet.of(StatementFact))) == 8


def test_nothing_said_is_not_called_not_started(database: Database, group: int) -> None:
    assert promise(read(database, group), "C-1").position is Position.NOT_REPORTED


def test_a_claim_is_not_complete_until_somebody_has_checked_it(
    database: Database, group: int
) -> None:
    with database.transaction() as session:
        said = Register(session=session, group_id=group)
        said.says("A-01", Status.COMPLETE, at=moment(1, 9))
    claimed = read(database, group)
    with database.transaction() as session:
        said = Register(session=session, group_id=group)
        said.proves("A-01", "The guidance", at=moment(2, 9), checked=moment(3, 9))

    assert promise(claimed, "C-1").position is Position.CLAIMED
    assert promise(read(database, group), "C-1").position is Position.COMPLETE


def test_the_counts_add_up(database: Database, group: int) -> None:
    sample.a_summer(database, group)
    sheet = read(database, group)

    ((_f, items),) = list(sheet.of(ItemCounts))
    ((_g, promises),) = list(sheet.of(CommitmentCounts))
    assert items.total == 14 == sum(
        (items.complete, items.claimed, items.in_progress, items.not_started,
         items.not_reported, items.paused, items.withdrawn)
    )  # fmt: skip
    assert promises.total == 8 == sum(
        (promises.complete, promises.claimed, promises.in_progress, promises.not_started,
         promises.not_reported, promises.paused, promises.withdrawn, promises.no_action,
         promises.standing)
    )  # fmt: skip


def test_silence_needs_a_reminder_that_arrived(database: Database, group: int) -> None:
    with database.transaction() as session:
        said = Register(session=session, group_id=group)
        said.says("A-03", Status.ON_TRACK, at=moment(3, 8))
    assert list(read(database, group).of(SilenceFact)) == []

    with database.transaction() as session:
        item = Register(session=session, group_id=group).item("A-03")
        _remind(session, group, item, now=moment(30, 8))

    ((fact, silence),) = list(read(database, group).of(SilenceFact))
    assert (fact.ref, silence.since_on, silence.asked) == ("A-03", date(2022, 8, 3), 1)


def test_nobody_is_called_silent_who_was_asked_the_day_before(
    database: Database, group: int
) -> None:
    with database.transaction() as session:
        item = Register(session=session, group_id=group).item("A-03")
        _remind(session, group, item, now=moment(13, 9))

    assert list(read(database, group, at=moment(14, 9)).of(SilenceFact)) == []
    assert len(list(read(database, group, at=moment(15, 9)).of(SilenceFact))) == 1


def test_addressees_are_those_who_hold_the_posts_on_the_letters_date(
    database: Database, group: int
) -> None:
    def names(day: datetime) -> list[str | None]:
        sheet = read(database, group, at=day)
        return [said.name for _fact, said in sheet.of(AddresseeFact)]

    assert names(moment(14, 9)) == ["William Wragg MP", "Rt Hon Jeremy Hunt MP"]
    assert names(moment(20, 10)) == ["William Wragg MP", None]
    assert names(datetime(2022, 11, 3, tzinfo=UTC)) == ["William Wragg MP", "Steve Brine MP"]


def test_words_said_for_the_group_alone_are_marked_so(database: Database, group: int) -> None:
    with database.transaction() as session:
        said = Register(session=session, group_id=group)
        said.says("A-03", Status.AT_RISK, at=moment(1, 9), publish=False)

    (fact,) = [f for f, _said in read(database, group).about(ItemFact, "A-03")]
    assert not fact.publish


def test_reading_owes_nothing_to_anybody(database: Database, group: int) -> None:
    read(database, group)

    with database.transaction() as session:
        assert outbox.lease(session, token="t", now=DRAFTED) == []
