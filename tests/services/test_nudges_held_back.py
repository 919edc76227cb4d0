"""What holds a nudge back, takes it back, or sends it to somebody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.audit import first_break
from bot.domain.people import Role
from bot.domain.register import Status
from bot.services import nudges
from storage import audit
from storage import nudges as rows
from storage.database import Database
from tests.services.posting import Post
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


def test_after_five_a_nudge_waits_for_the_morning_and_is_not_used_up(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.sweep(at(date(2022, 6, 17), 17, 30))

    assert register.ledger(item) == {"before-10": "held"}
    register.live(date(2022, 6, 18), date(2022, 6, 20))
    assert register.days_of("Priya") == [date(2022, 6, 20)]
    assert register.ledger(item) == {"before-10": "sent"}


def test_an_answered_item_is_spared_the_next_nudge(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 16), date(2022, 6, 21))
    register.says(item, Status.ON_TRACK, at(date(2022, 6, 22), 11))
    register.live(date(2022, 6, 22), date(2022, 6, 29))

    assert register.days_of("Priya") == [date(2022, 6, 16), date(2022, 6, 29)]
    assert register.ledger(item)["before-5"] == "suppressed"


def test_asking_for_more_time_is_an_answer_but_stops_nothing_from_the_day_on(
    register: Register,
) -> None:
    item = register.item("A-01", DUE)
    register.asks_for_time(item, date(2022, 7, 29), at(date(2022, 6, 22), 11))
    register.live(date(2022, 6, 22), date(2022, 7, 4))

    assert register.ledger(item)["before-5"] == "suppressed"
    assert register.ledger(item)["after-2"] == "sent"


def test_a_claim_of_completion_stops_the_ladder(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 16), DUE)
    register.says(item, Status.COMPLETE, at(DUE, 10))
    register.live(date(2022, 7, 1), date(2022, 7, 20))

    assert register.days_of("Priya")[-1] == DUE
    assert register.ledger(item)["after-10"] == "suppressed"
    assert register.said_to("Leo", "told:") == []


def test_a_changed_date_takes_back_what_was_pending_and_plans_anew(register: Register) -> None:
    item, other = register.item("A-01", DUE), register.item("A-02", DUE)
    nudges.sweep(register.database, now=at(date(2022, 6, 16)))
    register.moves(item, date(2022, 9, 30), at(date(2022, 6, 16), 9, 1))
    register.sweep(at(date(2022, 6, 16), 9, 2))

    [(_due, text)] = register.said_to("Priya", "nudge:")
    assert "A-01" not in text
    assert "A-02" in text
    assert register.next_on(item) == date(2022, 9, 15)
    assert register.ledger(item) == {"before-10": "suppressed"}
    assert register.ledger(other) == {"before-10": "sent"}


def test_an_answer_before_the_message_goes_out_takes_it_back(register: Register) -> None:
    item = register.item("A-01", DUE)
    nudges.sweep(register.database, now=at(date(2022, 6, 16)))
    register.says(item, Status.COMPLETE, at(date(2022, 6, 16), 9, 1))
    register.sweep(at(date(2022, 6, 16), 9, 2))

    assert register.said_to("Priya", "nudge:") == []
    assert register.ledger(item) == {"before-10": "suppressed"}


def test_a_pause_stops_nudges_and_afterwards_the_owner_is_asked_first(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 16), DUE)
    register.pause(at(date(2022, 7, 1)))
    register.live(date(2022, 7, 1), date(2022, 7, 10))
    assert register.days_of("Priya")[-1] == DUE

    register.pause(at(date(2022, 7, 10), 12), resumes=True)
    register.live(date(2022, 7, 11), date(2022, 7, 12))
    assert register.ledger(item)["ask-1:after-5"] == "sent"
    assert register.said_to("Leo", "told:") == []
    assert register.said_to("Sam") == []


def test_a_group_that_has_not_started_is_left_alone(database: Database) -> None:
    register = Register(database, started=False)
    register.item("A-01", DUE)
    register.live(date(2022, 6, 16), DUE)

    assert register.rows("") == []


def test_a_message_that_could_not_be_delivered_does_not_count_against_the_owner(
    register: Register,
) -> None:
    item = register.item("A-01", DUE)
    for number in range(20):
        now = at(date(2022, 6, 28) + timedelta(days=number))
        nudges.sweep(register.database, now=now)
        register.deliver(now, fail=True)

    assert register.said_to("Leo", "told:") == []
    assert "after-2" not in {k for k, v in register.ledger(item).items() if v == "sent"}


def test_a_failed_message_is_entered_as_failed(register: Register) -> None:
    item = register.item("A-01", DUE)
    nudges.sweep(register.database, now=at(date(2022, 6, 16)))
    [row] = register.rows("nudge:")
    with register.database.transaction() as session:
        touched = rows.undelivered(
            session, row.id or 0, reason="the DM is closed", now=at(date(2022, 6, 16))
        )

    assert touched == [item]
    assert register.ledger(item) == {"before-10": "failed"}


def test_the_cover_is_asked_while_the_owner_is_away(register: Register) -> None:
    register.person("Asha Bell", "RCR")
    register.item("A-01", DUE)
    register.covers("Priya", "Asha", date(2022, 6, 20), date(2022, 6, 24))
    register.live(date(2022, 6, 14), date(2022, 6, 24))

    [(_due, text)] = register.said_to("Asha")
    assert "You are covering for Priya Nair until Friday 24 June 2022." in text
    assert register.days_of("Priya") == [date(2022, 6, 16)]


def test_an_absence_without_cover_past_the_day_goes_to_the_secretariat(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 20), DUE)
    register.covers("Priya", None, date(2022, 7, 1), date(2022, 7, 15))
    register.live(date(2022, 7, 1), date(2022, 7, 4))

    assert register.ledger(item)["after-2"] == "handed_over"
    [(_due, text)] = register.said_to("Sam")
    assert text.startswith(
        "I have not written to Priya Nair (RCR) today (away, and nobody covers). Could you take "
        "these up"
    )
    assert register.said_to("Leo") == []


def test_past_three_messages_a_week_a_person_takes_over(register: Register) -> None:
    made = [register.item(f"A-0{n}", date(2022, 6, 12 + n)) for n in range(1, 6)]
    register.live(date(2022, 6, 13), date(2022, 6, 17))

    assert register.days_of("Priya") == [date(2022, 6, n) for n in (13, 14, 15)]
    assert "handed_over" in {register.ledger(n).get("on-the-day") for n in made}
    assert any(
        "they have had 3 messages this week" in text for _due, text in register.said_to("Sam")
    )


def test_the_owner_of_what_blocks_an_item_is_asked_about_their_own(register: Register) -> None:
    register.person("Asha Bell", "RCR")
    blocker = register.item("A-02", date(2022, 9, 30), owner="Asha")
    item = register.item("A-01", DUE, waits_on=blocker)
    register.says(item, Status.BLOCKED, at(date(2022, 6, 1)))
    register.live(date(2022, 6, 14), date(2022, 6, 17))

    [(_due, text)] = register.said_to("Asha")
    assert "A-01 (The work of A-01) waits for it." in text
    assert register.rows("nudge:")[0].subject == {"items": [blocker]}
    assert register.said_to("Priya") == []


def test_an_item_without_a_date_is_asked_for_one(register: Register) -> None:
    register.item("A-01", None, now=datetime(2022, 6, 1, 9, tzinfo=UTC))
    register.live(date(2022, 6, 1), date(2022, 8, 1))

    assert register.days_of("Priya") == [date(2022, 6, 17), date(2022, 7, 15)]
    text = register.said_to("Priya")[0][1]
    assert "It has no date yet: when do you expect to finish it?" in text


def test_the_escalation_ends_when_the_item_moves(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 20), date(2022, 7, 7))
    assert len(register.said_to("Sam", "wait:")) == 1
    register.says(item, Status.COMPLETE, at(date(2022, 7, 7), 12))

    assert "Settled by Followthrough" in register.said_to("Sam", "wait:")[-1][1]


def test_a_body_without_a_lead_goes_straight_on_to_the_secretariat(register: Register) -> None:
    register.person("Omar Aziz", "NHSE")
    register.item("A-01", DUE, owner="Omar")
    register.live(date(2022, 6, 20), date(2022, 7, 14))

    first = register.said_to("Omar")[0][1]
    assert "the secretariat will be asked to step in on Thursday 7 July 2022" in first
    assert register.said_to("Leo") == []


def test_the_chair_is_not_told_on_themselves(register: Register) -> None:
    register.person("Una Fox", "RCR", Role.MEMBER)
    register.item("A-01", DUE, owner="Helen")
    register.live(date(2022, 6, 20), date(2022, 7, 14))

    assert register.said_to("Helen", "told:") == []
    assert register.days_of("Dev", "told:") == [date(2022, 7, 14)]


def test_every_message_is_in_the_audit_chain(register: Register) -> None:
    register.item("A-01", DUE)
    register.live(date(2022, 6, 16), date(2022, 6, 23))

    with register.database.snapshot() as session:
        links = list(audit.chain(session, register.group_id))
    assert [link.action for link in links] == ["nudged", "nudged"]
    assert first_break(links) is None


@pytest.mark.parametrize(
    "late",
    [at(date(2022, 6, 16), 17, 30), at(date(2022, 6, 18), 3), at(date(2022, 6, 17), 8)],
    ids=["in the evening", "in a night of a weekend", "the next morning before nine"],
)
def test_a_reminder_that_an_outage_kept_is_asked_on_the_next_day_at_work_with_the_rest(
    register: Register, late: datetime
) -> None:
    item = register.item("A-01", DUE)
    nudges.sweep(register.database, now=at(date(2022, 6, 16)))
    post = Post()

    assert post.round(register.database, late) == []
    assert register.ledger(item) == {"before-10": "held"}
    monday = at(date(2022, 6, 20))
    nudges.sweep(register.database, now=monday)
    assert post.round(register.database, monday) == [f"nudge:{register.people['Priya']}:2022-06-20"]
    assert register.ledger(item) == {"before-10": "sent"}


def test_others_hear_once_though_an_outage_kept_the_message_to_the_owner(
    register: Register,
) -> None:
    register.item("A-01", DUE)
    register.live(date(2022, 6, 14), date(2022, 7, 1))
    nudges.sweep(register.database, now=at(date(2022, 7, 4)))
    post = Post()

    evening = post.round(register.database, at(date(2022, 7, 4), 19))
    assert [key for key in evening if not key.startswith("retire:")] == []
    tuesday = at(date(2022, 7, 5))
    nudges.sweep(register.database, now=tuesday)
    went = post.round(register.database, tuesday)
    assert [key.split(":")[0] for key in went] == ["nudge", "told"]
    assert post.round(register.database, at(date(2022, 7, 6))) == []
