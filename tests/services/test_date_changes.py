"""More time: asked for with a reason, decided by whom the promise names, and the date moved."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.register import Decision
from bot.services import date_decisions
from storage.database import Database
from storage.rows import LetterEventRow, PolicyRow, PostRow, PostTitleRow
from tests.services.desks import DUE, PROMISE, FrontDesk, pressable, words_of

SEPTEMBER = date(2022, 9, 30)
REASON = "The supplier is late."


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def decider(desk: FrontDesk) -> list[str | None]:
    return [w.role for w in desk.waits("date_change")]


def writes_to_the_rcr(desk: FrontDesk) -> None:
    """One audience of the group's letters is a post of the RCR."""
    with desk.database.transaction() as session:
        post = PostRow(group_id=desk.group_id, key="rcr-president", body_id=desk.bodies["RCR"])
        number = desk._number(session, post)
        desk._enter(session, PostTitleRow, post_id=number, title="President", address=[])
        audiences = {"committees": ["rcr-president"]}
        desk._enter(session, PolicyRow, name="audiences", value=audiences)


def asked_letters(desk: FrontDesk) -> list[str]:
    with desk.database.snapshot() as session:
        events = session.exec(select(LetterEventRow.note).where(LetterEventRow.event == "asked"))
        return list(events)


def test_a_sentence_asks_for_the_date_and_until_then_the_old_one_stands(desk: FrontDesk) -> None:
    key = desk.says_it("A-01: need until 30 September, the supplier is late")

    assert desk.get(desk.a01).due_on == DUE
    pending = desk.history(desk.a01).pending_change
    assert pending is not None
    assert (pending.new.latest, pending.old_latest_on) == (SEPTEMBER, DUE)
    assert "the supplier is late" in pending.reason
    echo = words_of(desk.echo(key))
    assert "I have asked the secretariat to move A-01" in echo
    assert "Until that is decided Wednesday 31 August 2022 stands" in echo
    assert sorted(desk.actions()) == ["date change asked", "updated"]


def test_inside_the_promise_the_secretariat_decides(desk: FrontDesk) -> None:
    change = desk.asks_until("30 September")

    assert decider(desk) == ["secretariat"]
    ask = desk.last_to("Sam", "wait:")
    assert "from Wednesday 31 August 2022 to Friday 30 September 2022" in words_of(ask)
    assert [b.label for b in pressable(ask)] == ["Agree", "Refuse", "Ask the owner"]

    desk.decides(change, "agree_next", by="Sam")

    assert desk.get(desk.a01).due_on == SEPTEMBER
    assert desk.waits() == []
    assert "agreed by Sam Okafor" in words_of(desk.last_to("Priya"))
    assert "Its date is 30 September 2022" in words_of(desk.last_to("Priya"))
    assert desk.actions()[-1] == "date change agreed"


def test_past_the_promise_the_chair_sees_all_there_is_to_decide(desk: FrontDesk) -> None:
    desk.promise(desk.a01)
    waiter = desk.item("A-07", date(2022, 10, 31), owner="Leo", waits_on=desk.a01)

    desk.asks_until("30 September")

    assert decider(desk) == ["chair"]
    ask = desk.last_to("Helen", "wait:")
    for words in (
        "Priya Nair (RCR) asks to move A-01 The work of A-01",
        "from Wednesday 31 August 2022 to Friday 30 September 2022",
        "Original date: Wednesday 31 August 2022; not moved before",
        REASON,
        "past what was promised to RCR on 10 May 2022",
        PROMISE,
        f"A-07 {desk.get(waiter).title}",
    ):
        assert words in words_of(ask)
    assert [b.label for b in pressable(ask)] == [
        "Agree and write now",
        "Agree and tell them in the next letter",
        "Refuse",
        "Ask the owner",
    ]


def test_a_move_inside_a_promise_needs_no_chair(desk: FrontDesk) -> None:
    desk.promise(desk.a01)

    desk.asks_until("24 August")

    assert decider(desk) == ["secretariat"]


@pytest.mark.parametrize("by", ["Priya", "Sam", "Leo", "Sue"])
def test_past_the_promise_nobody_but_a_chair_decides(desk: FrontDesk, by: str) -> None:
    desk.promise(desk.a01)
    change = desk.asks_until("30 September")

    with pytest.raises(UserError, match="chair decides that, and never"):
        desk.decides(change, "agree_next", by=by)

    assert desk.get(desk.a01).due_on == DUE


def test_whoever_asked_does_not_decide(desk: FrontDesk) -> None:
    change = desk.asks_until("30 September", by="Sam")
    assert decider(desk) == ["chair"]

    with pytest.raises(UserError, match="whoever asked"):
        desk.decides(change, "agree_next", by="Sam")

    desk.decides(change, "agree_next", by="Helen")
    assert desk.get(desk.a01).due_on == SEPTEMBER
    assert "agreed by Helen" in words_of(desk.last_to("Sam", "date-decided:"))


def test_what_the_chair_owns_goes_to_the_deputy(desk: FrontDesk) -> None:
    desk.a01 = desk.item("A-09", DUE, owner="Helen")
    desk.promise(desk.a01)
    change = desk.asks_until("30 September", by="Helen")
    assert decider(desk) == ["deputy_chair"]

    with pytest.raises(UserError, match="deputy chair decides"):
        desk.decides(change, "agree_next", by="Helen")

    desk.decides(change, "agree_next", by="Dev")
    assert desk.get(desk.a01).due_on == SEPTEMBER


@pytest.mark.parametrize(("decision", "letters"), [("agree_now", 1), ("agree_next", 0)])
def test_writing_now_asks_for_a_letter(desk: FrontDesk, decision: str, letters: int) -> None:
    writes_to_the_rcr(desk)
    desk.promise(desk.a01)
    change = desk.asks_until("30 September")

    desk.decides(change, decision, by="Helen")

    notes = asked_letters(desk)
    assert len(notes) == letters
    assert all("A-01 moves to 30 September 2022" in note for note in notes)
    assert desk.history(desk.a01).date_changes[-1].write_now is bool(letters)


def test_a_refusal_has_a_reason_and_the_old_date_stands(desk: FrontDesk) -> None:
    change = desk.asks_until("30 September")
    with pytest.raises(FieldError, match="Say why"):
        desk.decides(change, "refuse", by="Sam")

    desk.decides(change, "refuse", by="Sam", reason="The committee meets before then.")

    assert desk.get(desk.a01).due_on == DUE
    told = words_of(desk.last_to("Priya"))
    assert "refused by Sam" in told
    assert "The committee meets before then." in told
    assert desk.waits() == []
    with pytest.raises(UserError, match="settled already"):
        desk.decides(change, "agree_next", by="Helen")


def test_the_owners_answer_in_the_thread_is_passed_on(desk: FrontDesk) -> None:
    desk.promise(desk.a01)
    change = desk.asks_until("30 September")
    desk.decides(change, "ask", by="Helen", reason="Which supplier?")
    question = desk.last_to("Priya", "wait:")
    assert [w.person_id for w in desk.waits("date_question")] == [desk.people["Priya"]]
    assert "Helen Marsh (NHSE) asks about the new date for A-01" in words_of(question)
    assert "Which supplier?" in words_of(question)

    desk.says_it("The printer; it is done on the 20th", on=question)

    assert "The printer; it is done on the 20th" in words_of(desk.last_to("Helen", "passed:"))
    assert desk.waits("date_question") == []
    assert decider(desk) == ["chair"]
    assert [said.words for said in desk.history(desk.a01).updates] == [REASON]
    desk.decides(change, "agree_next", by="Helen")
    assert desk.get(desk.a01).due_on == SEPTEMBER


def test_what_was_asked_back_waits_no_longer_than_the_request(desk: FrontDesk) -> None:
    change = desk.asks_until("7 September")
    desk.decides(change, "ask", by="Sam", reason="Which supplier?")
    desk.decides(change, "ask", by="Sam", reason="And which printer?")
    assert len(desk.waits("date_question")) == 1

    desk.decides(change, "agree_next", by="Sam")

    assert desk.waits() == []


def test_a_later_request_replaces_one_that_waits(desk: FrontDesk) -> None:
    first = desk.asks_until("30 September")

    second = desk.asks_until("14 October")

    before, after = desk.history(desk.a01).date_changes
    assert (before.decision, after.decision) == (Decision.WITHDRAWN, Decision.PENDING)
    assert [w.subject_id for w in desk.waits()] == [second]
    with pytest.raises(UserError, match="settled already"):
        desk.decides(first, "agree_next", by="Sam")


def test_the_original_date_is_frozen_and_slips_are_counted(desk: FrontDesk) -> None:
    for words in ("30 September", "14 October", "7 October"):
        desk.decides(desk.asks_until(words), "agree_next", by="Sam")

    item = desk.get(desk.a01)
    assert (item.original_latest_on, item.due_on, item.slips) == (DUE, date(2022, 10, 7), 2)
    desk.asks_until("28 October")
    ask = words_of(desk.last_to("Sam", "wait:"))
    assert "Original date: Wednesday 31 August 2022; moved 2 times before" in ask


def test_the_form_for_a_reason_opens_only_for_who_may_decide(desk: FrontDesk) -> None:
    change = desk.asks_until("30 September")
    form = date_decisions.reason_form(
        desk.database, desk.arrives("Sam"), change_id=change, decision="refuse", now=desk.now
    )
    assert form.private == {"change": change}

    with pytest.raises(UserError, match="never the item's owner"):
        date_decisions.reason_form(
            desk.database, desk.arrives(), change_id=change, decision="refuse", now=desk.now
        )
