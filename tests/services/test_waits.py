"""Whatever waits: told at once, then to the stand-in, then to the sponsor, and settled in place."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import waiting_ladders
from bot.domain.errors import UserError
from bot.domain.messages import Button, Buttons, message, say
from bot.domain.outgoing import Audience
from bot.domain.people import LONDON, Role
from bot.domain.waiting_ladders import Party
from bot.services import waiting_lists, waits
from storage import people
from storage.database import Database
from storage.waiting import Waiting
from tests.services.registers import Register, at, labels, read

MONDAY = date(2022, 5, 16)
NOON = at(MONDAY, 12)
DECISION = message(
    say("A-01 asks for 30 September 2022."),
    Buttons((Button(label="Refuse", action="date.refuse", value="{}"),)),
)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


def opened(
    register: Register, kind: str = "date_change", *, role: Role | None, person: str | None = None
) -> Waiting:
    with register.database.transaction() as session:
        return waits.open_wait(
            session,
            people.directory(session, register.group_id),
            kind=kind,
            subject_id=7,
            role=role,
            person_id=register.people[person] if person else None,
            message=DECISION,
            subject={"items": [1]},
            now=NOON,
        )


def settled(register: Register, day: date = MONDAY, hour: int = 15) -> bool:
    with register.database.transaction() as session:
        return waits.settle(
            session,
            people.directory(session, register.group_id),
            kind="date_change",
            subject_id=7,
            by_id=register.people["Helen"],
            outcome="agreed, to be told in the next letter",
            now=at(day, hour),
        )


def told(register: Register, first: str) -> list[date]:
    return [due.astimezone(LONDON).date() for due, _t in register.said_to(first, "wait:")]


def test_the_chair_is_told_at_once_then_the_deputy_then_the_sponsor(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    assert told(register, "Helen") == [MONDAY]

    register.live(MONDAY, date(2022, 6, 10))
    assert told(register, "Helen") == [MONDAY, date(2022, 5, 18), date(2022, 5, 23)]
    assert told(register, "Dev") == [date(2022, 5, 18)]
    assert told(register, "Sue") == [date(2022, 5, 23)]


def test_everybody_reads_since_when_and_who_is_next(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    register.live(MONDAY, date(2022, 5, 23))

    assert register.said_to("Helen")[0][1] == (
        "A-01 asks for 30 September 2022.\n\n"
        "If it is still waiting on Wednesday 18 May 2022, Dev Rao (NHSE) will be asked as well."
    )
    assert register.said_to("Helen")[1][1].startswith(
        "A reminder: this has been waiting for you since Monday 16 May 2022."
    )
    assert register.said_to("Dev")[0][1].startswith(
        "This has been waiting for Helen Marsh (NHSE) since Monday 16 May 2022. "
        "You stand in for them."
    )
    assert "so it now comes to you." in register.said_to("Sue")[0][1]


def test_without_a_sponsor_it_comes_to_the_chair(database: Database) -> None:
    register = Register(database)
    opened(register, role=Role.SECRETARIAT)
    register.live(MONDAY, date(2022, 5, 18))

    assert told(register, "Helen") == [date(2022, 5, 18)]


def test_what_waits_on_a_person_goes_to_their_cover_or_the_secretariat(register: Register) -> None:
    opened(register, "clearance", role=None, person="Priya")
    register.live(MONDAY, date(2022, 5, 23))

    assert told(register, "Priya") == [MONDAY, date(2022, 5, 18), date(2022, 5, 23)]
    assert told(register, "Sam") == [date(2022, 5, 18)]
    assert told(register, "Sue") == [date(2022, 5, 23)]


@pytest.mark.parametrize("kind", ["question", "date_question"])
def test_a_question_is_put_to_its_owner_again_and_then_to_the_secretariat(
    register: Register, kind: str
) -> None:
    opened(register, kind, role=None, person="Priya")
    register.live(MONDAY, date(2022, 6, 10))

    assert told(register, "Priya") == [MONDAY, date(2022, 5, 18), date(2022, 5, 23)]
    assert told(register, "Sam") == [date(2022, 5, 23)]
    assert told(register, "Sue") == []


@pytest.mark.parametrize(
    ("kind", "chair", "sponsor"),
    [
        ("pass_on", [date(2022, 5, 23)], [date(2022, 5, 30)]),
        ("seat", [date(2022, 5, 23)], [date(2022, 5, 30)]),
        ("escalation", [], [date(2022, 5, 30)]),
    ],
)
def test_what_only_the_secretariat_can_do_comes_to_the_chair_and_the_sponsor_without_buttons(
    register: Register, kind: str, chair: list[date], sponsor: list[date]
) -> None:
    opened(register, kind, role=Role.SECRETARIAT)
    register.live(MONDAY, date(2022, 6, 30))

    assert told(register, "Helen") == chair
    assert told(register, "Sue") == sponsor
    others = [row for row in register.rows("wait:") if row.person_id != register.people["Sam"]]
    assert [labels(row) for row in others] == [[]] * len(others)


def test_every_kind_that_is_listed_has_a_ladder_that_ends_with_somebody_else() -> None:
    for kind in waiting_lists.KINDS:
        steps = waiting_ladders.ladder(kind)
        assert steps[0].after == 0
        assert {party for step in steps for party in step.to} - {Party.HOLDER}


def test_the_evidence_ladder(register: Register) -> None:
    opened(register, "evidence", role=None, person="Priya")
    register.live(MONDAY, date(2022, 6, 10))

    assert told(register, "Priya") == [MONDAY, date(2022, 5, 19), date(2022, 5, 23)]
    assert told(register, "Sam") == [date(2022, 5, 25)]
    assert told(register, "Helen") == []


def test_the_secretariat_is_asked_once_in_its_channel(database: Database) -> None:
    register = Register(database, channel="C0CLEAR")
    opened(register, role=Role.SECRETARIAT)

    [row] = register.rows("wait:")
    assert (row.channel_id, row.person_id) == ("C0CLEAR", None)
    assert row.audience == Audience.CLEARANCE.value
    assert labels(row) == ["Refuse", "I’ll take it"]
    assert row.subject["items"] == [1]


def test_without_a_channel_each_of_the_secretariat_is_asked(register: Register) -> None:
    register.person("Ada Cole", "NHSE", Role.SECRETARIAT)
    opened(register, role=Role.SECRETARIAT)

    assert told(register, "Sam") == told(register, "Ada") == [MONDAY]
    assert "I’ll take it" in labels(register.rows("wait:")[0])


def test_settling_says_in_every_copy_who_decided_what_and_when(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    register.live(MONDAY, date(2022, 5, 18))

    assert settled(register, date(2022, 5, 18))
    updates = [row for row in register.rows("wait:") if row.kind == "update"]
    assert len(updates) == 3
    assert all(labels(row) == [] for row in updates)
    assert {row.target_id for row in updates} == {
        row.id for row in register.rows("wait:") if row.kind == "message"
    }
    assert read(updates[0]).endswith(
        "Settled by Helen Marsh (NHSE) at 15:00 on Wednesday 18 May 2022: agreed, to be told in "
        "the next letter."
    )
    assert "If it is still waiting" not in read(updates[0])


def test_what_has_been_settled_climbs_no_further_and_settles_once(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    register.deliver(NOON)
    assert settled(register)
    assert not settled(register)
    register.live(MONDAY, date(2022, 6, 10))

    assert told(register, "Dev") == []


def test_copies_that_have_not_gone_are_taken_back(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    settled(register)

    assert [(r.kind, r.state) for r in register.rows("wait:")] == [("message", "cancelled")]


def test_a_late_sweep_leaves_the_stand_in_their_time(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    register.live(date(2022, 5, 27), date(2022, 6, 10))

    assert told(register, "Dev") == [date(2022, 5, 27)]
    # Three working days later; 2 and 3 June were holidays.
    assert told(register, "Sue") == [date(2022, 6, 1)]


def test_a_later_step_waits_for_the_readers_morning(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    waits.sweep(register.database, now=at(date(2022, 5, 18), 0, 5))

    [(due, _text)] = register.said_to("Dev")
    assert due == at(date(2022, 5, 18), 9)


def test_sweeping_twice_tells_nobody_twice(register: Register) -> None:
    opened(register, role=Role.CHAIR)

    assert waits.sweep(register.database, now=at(date(2022, 5, 18))) == 1
    assert waits.sweep(register.database, now=at(date(2022, 5, 18), 9, 1)) == 0


def test_taking_it_shows_the_others_who_deals_with_it(register: Register) -> None:
    register.person("Ada Cole", "NHSE", Role.SECRETARIAT)
    one = opened(register, role=Role.SECRETARIAT)
    register.deliver(NOON)
    waits.take(register.database, register.arrival("Ada"), waiting_id=one.id, now=at(MONDAY, 13))

    updates = [row for row in register.rows("wait:") if row.kind == "update"]
    assert len(updates) == 2
    assert labels(updates[0]) == ["Refuse"]
    assert read(updates[0]).endswith(
        "Ada Cole (NHSE) has been dealing with it since 13:00 on Monday 16 May 2022."
    )
    with pytest.raises(UserError, match=r"Ada Cole .* has taken this on"):
        waits.take(
            register.database, register.arrival("Sam", "2"), waiting_id=one.id, now=at(MONDAY, 14)
        )


def test_whoever_takes_a_task_has_settled_it(register: Register) -> None:
    one = opened(register, "pass_on", role=Role.SECRETARIAT)
    register.deliver(NOON)
    waits.take(register.database, register.arrival("Sam"), waiting_id=one.id, now=at(MONDAY, 13))

    assert register.said_to("Sam")[-1][1].endswith(
        "Sam Okafor (NHSE) took it on at 13:00 on Monday 16 May 2022."
    )
    with pytest.raises(UserError, match="settled already"):
        waits.take(
            register.database, register.arrival("Sam", "2"), waiting_id=one.id, now=at(MONDAY, 14)
        )


def test_only_those_it_was_put_to_can_take_it(register: Register) -> None:
    one = opened(register, role=Role.SECRETARIAT)

    with pytest.raises(UserError, match="ask the secretariat"):
        waits.take(register.database, register.arrival("Priya"), waiting_id=one.id, now=NOON)


def test_a_paused_group_is_only_asked_by_its_secretariat(register: Register) -> None:
    opened(register, role=Role.CHAIR)
    register.pause(at(MONDAY, 13))
    register.live(MONDAY, date(2022, 5, 25))

    assert told(register, "Dev") == []
