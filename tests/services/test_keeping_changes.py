"""Changes of the register: items added, renamed, given away, moved and linked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from bot.domain.deadlines import Deadline
from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.people import Directory, Role
from bot.domain.register import ActionItem, Status
from bot.services.keeping import changes
from storage import items, nudges, people
from storage.database import Database, Session
from tests.services.desks import DUE, NOW, FrontDesk, pressable, words_of
from tests.services.keepers import a_desk

OCTOBER = date(2022, 10, 31)
SEPTEMBER = date(2022, 9, 30)
REASON = "because the supplier is late"
T = TypeVar("T")


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, whose people have been introduced."""
    return a_desk(database)


def work(desk: FrontDesk, do: Callable[[Session, Directory], T]) -> T:
    with desk.database.transaction() as session:
        found = do(session, people.directory(session, desk.group_id))
    desk.checks()
    return found


def adds(desk: FrontDesk, owner: str = "Priya", due: date = OCTOBER, *, told: bool = False) -> int:
    return work(
        desk,
        lambda session, directory: changes.add(
            session,
            directory,
            title="Publish  the protocol",
            owner_id=desk.people[owner],
            due=Deadline.on(due),
            raised_on=NOW.date(),
            by_id=desk.people["Sam"],
            now=desk.now,
            supporters=[desk.people["Leo"], desk.people[owner]],
            told=told,
        ),
    ).id


def gives(desk: FrontDesk, item_id: int, to: str) -> ActionItem:
    return work(
        desk,
        lambda session, directory: changes.reassign(
            session,
            directory,
            items.lock(session, item_id),
            desk.people[to],
            by_id=desk.people["Sam"],
            now=desk.now,
            reason=guard("She has left the college."),
        ),
    )


def moves(
    desk: FrontDesk, item_id: int, to: date, *, by: str = "Sam", reason: str = REASON
) -> changes.Moved:
    return work(
        desk,
        lambda session, directory: changes.move_date(
            session,
            directory,
            items.lock(session, item_id),
            Deadline.on(to),
            by_id=desk.people[by],
            now=desk.now,
            reason=guard(reason) if reason else None,
        ),
    )


def links(desk: FrontDesk, item_id: int, kind: str, target: int, *, by: str = "Sam") -> None:
    work(
        desk,
        lambda session, directory: changes.link(
            session,
            directory,
            items.lock(session, item_id),
            kind,
            target,
            by_id=desk.people[by],
            now=desk.now,
        ),
    )


def unlinks(desk: FrontDesk, item_id: int, kind: str, target: int, *, by: str = "Sam") -> None:
    work(
        desk,
        lambda session, directory: changes.unlink(
            session,
            directory,
            items.lock(session, item_id),
            kind,
            target,
            by_id=desk.people[by],
            now=desk.now,
        ),
    )


def next_asked(desk: FrontDesk, item_id: int) -> date | None:
    with desk.database.snapshot() as session:
        return nudges.of_item(session, item_id).next_on


def test_an_added_item_is_planned_and_waits_for_its_owner(desk: FrontDesk) -> None:
    number = adds(desk)

    item = desk.get(number)
    assert (item.ref, item.title, item.due_on) == ("A-03", "Publish the protocol", OCTOBER)
    assert desk.history(number).terms[-1].supporters == (desk.people["Leo"],)
    assert next_asked(desk, number) == date(2022, 10, 17)
    assert [w.person_id for w in desk.waits("acceptance")] == [desk.people["Priya"]]
    ask = desk.last_to("Priya", "wait:")
    assert "Is A-03 Publish the protocol, due Monday 31 October 2022, yours?" in words_of(ask)
    assert [b.label for b in pressable(ask)] == ["Yes, A-03 is mine", "Not mine"]
    assert desk.actions() == ["added"]


def test_whoever_tells_the_owner_asks_them_too(desk: FrontDesk) -> None:
    adds(desk, told=True)

    (wait,) = desk.waits("acceptance")
    assert wait.next_on == date(2022, 8, 17)
    assert wait.payload["copies"] == []


def test_an_item_past_its_rungs_begins_with_one_nudge_to_its_owner(desk: FrontDesk) -> None:
    number = adds(desk, due=date(2022, 7, 1))

    assert next_asked(desk, number) == NOW.date()
    assert desk.waits("escalation") == []


def test_the_next_reference_is_free_and_a_title_is_needed(desk: FrontDesk) -> None:
    assert [desk.get(adds(desk)).ref, desk.get(adds(desk)).ref] == ["A-03", "A-04"]
    with pytest.raises(UserError, match="title"):
        changes.titled("  ")


def test_another_title_is_an_entry_and_the_same_one_is_none(desk: FrontDesk) -> None:
    def retitle(session: Session, directory: Directory) -> ActionItem:
        item = items.lock(session, desk.a01)
        sam = desk.people["Sam"]
        same = changes.retitle(session, directory, item, item.title, by_id=sam, now=desk.now)
        assert same.version == item.version
        return changes.retitle(session, directory, item, "Other words", by_id=sam, now=desk.now)

    before = desk.history(desk.a01)
    assert work(desk, retitle).title == "Other words"
    after = desk.history(desk.a01)
    assert len(after.terms) == len(before.terms) + 1
    assert after.version == before.version + 1
    assert desk.actions() == ["terms changed"]


def test_a_new_owner_has_yet_to_accept_and_starts_at_their_first_rung(desk: FrontDesk) -> None:
    number = adds(desk, due=date(2022, 8, 10))
    desk.taps("intro.mine", number)

    gives(desk, number, "Leo")

    item = desk.get(number)
    assert item.owner_id == desk.people["Leo"]
    assert desk.history(number).terms[-1].accepted_at is None
    assert [w.person_id for w in desk.waits("acceptance")] == [desk.people["Leo"]]
    assert next_asked(desk, number) == NOW.date()
    told = words_of(desk.last_to("Priya", "given:"))
    assert "Sam Okafor (NHSE) has given A-03 Publish the protocol to Leo Hart (RCR)" in told
    assert "She has left the college." in told


def test_an_item_that_was_not_theirs_waits_no_longer_for_its_last_owner(desk: FrontDesk) -> None:
    number = adds(desk)
    desk.taps("intro.not_mine", number)
    assert [w.kind for w in desk.waits()] == ["ownership"]

    gives(desk, number, "Leo")

    assert [(w.kind, w.person_id) for w in desk.waits()] == [("acceptance", desk.people["Leo"])]


def test_evidence_that_the_last_owner_owed_is_the_new_ones_to_give(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)

    gives(desk, desk.a01, "Leo")

    assert [w.person_id for w in desk.waits("evidence")] == [desk.people["Leo"]]


def test_given_to_its_owner_nothing_changes(desk: FrontDesk) -> None:
    before = desk.get(desk.a01).version

    assert gives(desk, desk.a01, "Priya").version == before
    assert desk.actions() == []


def test_a_date_that_nobody_agreed_to_is_put_right(desk: FrontDesk) -> None:
    number = adds(desk)

    assert moves(desk, number, SEPTEMBER, reason="").item.due_on == SEPTEMBER

    item = desk.get(number)
    assert (item.original_latest_on, item.slips) == (SEPTEMBER, 0)
    assert next_asked(desk, number) == date(2022, 9, 15)


def test_an_agreed_date_is_frozen_and_the_secretariat_moves_it_with_a_reason(
    desk: FrontDesk,
) -> None:
    desk.taps("intro.mine", desk.a01)
    with pytest.raises(UserError, match="Say why"):
        moves(desk, desk.a01, SEPTEMBER, reason="")

    assert moves(desk, desk.a01, SEPTEMBER).decider is None

    item = desk.get(desk.a01)
    assert (item.due_on, item.original_latest_on, item.slips) == (SEPTEMBER, DUE, 1)
    (change,) = desk.history(desk.a01).date_changes
    assert (change.reason, change.decided_by) == (REASON, desk.people["Sam"])
    assert desk.waits("date_change") == []


def test_past_the_promise_the_chair_decides_what_the_secretariat_asks(desk: FrontDesk) -> None:
    desk.promise(desk.a01)

    assert moves(desk, desk.a01, SEPTEMBER).decider is Role.CHAIR

    assert desk.get(desk.a01).due_on == DUE
    assert [w.role for w in desk.waits("date_change")] == ["chair"]


def test_the_secretariat_does_not_move_what_it_owns(desk: FrontDesk) -> None:
    number = desk.item("A-08", DUE, owner="Sam")
    desk.says(number, Status.ON_TRACK, desk.now, by="Sam")

    assert moves(desk, number, SEPTEMBER).decider is Role.CHAIR
    assert desk.get(number).due_on == DUE


def test_a_decided_date_replaces_the_request_that_waited(desk: FrontDesk) -> None:
    desk.asks_until("30 September")

    moves(desk, desk.a01, OCTOBER)

    assert desk.waits("date_change") == []
    assert desk.get(desk.a01).due_on == OCTOBER
    assert desk.history(desk.a01).pending_change is None


def test_a_circle_is_refused_with_its_chain(desk: FrontDesk) -> None:
    third = adds(desk)
    links(desk, desk.a02, "waits_on", desk.a01)
    links(desk, third, "waits_on", desk.a02)

    with pytest.raises(
        UserError, match="A-01 waits on A-03, which waits on A-02, which waits on A-01"
    ):
        links(desk, desk.a01, "waits_on", third)
    with pytest.raises(UserError, match="A-01 cannot wait on itself"):
        links(desk, desk.a01, "waits_on", desk.a01)

    unlinks(desk, desk.a02, "waits_on", desk.a01)
    links(desk, desk.a01, "waits_on", third)
    assert list(desk.history(desk.a01).waits_on) == [third]


def test_the_only_answer_to_a_promise_is_taken_away_by_a_chair_alone(desk: FrontDesk) -> None:
    desk.promise(desk.a01)
    (promise,) = desk.history(desk.a01).commitments

    with pytest.raises(UserError, match="Nothing else answers the promise C-1"):
        unlinks(desk, desk.a01, "commitment", promise)
    unlinks(desk, desk.a01, "commitment", promise, by="Helen")
    assert list(desk.history(desk.a01).commitments) == []

    links(desk, desk.a01, "commitment", promise)
    links(desk, desk.a02, "commitment", promise)
    unlinks(desk, desk.a01, "commitment", promise)
    assert list(desk.history(desk.a01).commitments) == []
