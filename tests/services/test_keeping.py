"""The register kept by forms and in words: by the secretariat, and by owners where they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from bot.domain.errors import UserError
from bot.domain.forms import FieldError, Form, FormAgainError
from bot.domain.guard import guard
from bot.domain.messages import Buttons, Message, Text, plain
from bot.domain.register import Confidence, Delivery
from bot.services import commands, verifying
from bot.services.keeping import card, submitting
from storage import founding, items
from storage.database import Database
from storage.rows import GroupRow, OutboxRow, RecommendationRow, RecommendationWordsRow, UpdateRow
from tests.services.desks import DUE, NOW, FrontDesk, pressable, words_of

SEPTEMBER = date(2022, 9, 30)


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, whose people have been introduced."""
    found = FrontDesk(database)
    with database.transaction() as session:
        for number in found.people.values():
            founding.introduced(session, number, now=NOW)
    return found


def says(desk: FrontDesk, words: str, *, by: str = "Sam") -> Message | Form:
    """A command in words, answered."""
    assert commands.is_command(words)
    answer = commands.run(desk.database, desk.arrives(by), guard(words), now=desk.now)
    desk.checks()
    return answer


def done(desk: FrontDesk, words: str, *, by: str = "Sam") -> str:
    answer = says(desk, words, by=by)
    assert isinstance(answer, Message), answer
    return "\n".join(plain(*p.spans) for p in answer.parts if isinstance(p, Text))


def form(desk: FrontDesk, words: str, *, by: str = "Sam") -> Form:
    answer = says(desk, words, by=by)
    assert isinstance(answer, Form), answer
    return answer


def because(shown: Form) -> str:
    return "\n".join(plain(*p.spans) for p in shown.intro if isinstance(p, Text))


def values(shown: Form) -> dict[str, str]:
    return {field.name: field.value or "" for field in shown.fields}


def sends(desk: FrontDesk, shown: Form, *, by: str = "Sam", **typed: str) -> None:
    """The form filled in with these values on top of its own, and sent in."""
    arrival = replace(desk.arrives(by), kind="view", channel_id=None)
    filled = {name: guard(text) for name, text in {**values(shown), **typed}.items()}
    verb = shown.callback.removeprefix("keep.")
    if verb == "add":
        submitting.add(desk.database, arrival, shown.private, filled, now=desk.now)
    elif verb == "record":
        submitting.record(desk.database, arrival, shown.private, filled, now=desk.now)
    else:
        submitting.change(desk.database, arrival, verb, shown.private, filled, now=desk.now)
    desk.checks()


def recommended(desk: FrontDesk) -> int:
    """R-1 is on the register."""
    with desk.database.transaction() as session:
        row = RecommendationRow(group_id=desk.group_id, ref="R-1")
        number = desk._number(session, row)
        desk._enter(
            session,
            RecommendationWordsRow,
            recommendation_id=number,
            words="Say who does what.",
            title="Roles",
            source="HC 393",
            bodies=[],
        )
    return number


def third(desk: FrontDesk) -> int:
    with desk.database.snapshot() as session:
        item = items.by_ref(session, desk.group_id, "A-03")
    assert item is not None
    return item.id


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("action", True),
        ("action add Publish the protocol, Priya Nair, by end of September", True),
        ("action A-12", True),
        ("action A-01 reassign to Priya Nair because she leads on it now, as agreed", True),
        ("/followthrough action A-01 close", True),
        ("action A-01 is done", False),
        ("action on A-01 is delayed until 30 September", False),
        ("Action needed: A-01 is blocked by the supplier", False),
        ("actions are on track", False),
    ],
)
def test_a_command_to_keep_the_register_is_told_from_an_answer(words: str, command: bool) -> None:
    assert commands.is_command(words) is command


def test_an_item_in_one_line_and_one_message_to_its_owner(desk: FrontDesk) -> None:
    said = done(desk, "action add Publish the protocol, at last, Priya Nair, by end of September")

    assert "Added: A-03 Publish the protocol, at last, Priya Nair (RCR)" in said
    assert desk.get(third(desk)).due_on == SEPTEMBER
    told = desk.last_to("Priya", "recorded:")
    assert "Recorded for you by Sam Okafor (secretariat)" in words_of(told)
    assert "due by Friday 30 September 2022. Is it yours?" in words_of(told)
    assert [b.label for b in pressable(told)] == ["Yes, A-03 is mine", "Not mine"]
    assert [w.kind for w in desk.waits()] == ["acceptance"]

    desk.taps("intro.mine", third(desk))
    assert desk.waits() == []


@pytest.mark.parametrize(
    ("words", "asked", "kept"),
    [
        ("Publish it, Nobody Known, by 30 September", "nobody called “Nobody Known”", "owner"),
        ("Publish it, Priya Nair, soonish", "", "due"),
        ("Publish it, Priya Nair, when the supplier has delivered", "", "due"),
        ("Publish it", "", "title"),
    ],
)
def test_what_is_not_clear_comes_back_as_a_form_with_what_was_typed(
    desk: FrontDesk, words: str, asked: str, kept: str
) -> None:
    shown = form(desk, f"action add {words}")

    assert asked in because(shown)
    assert because(shown).strip()
    assert values(shown)["title"] == "Publish it"
    if kept == "due":
        assert values(shown)["due"] == words.split(", ")[-1]
        assert values(shown)["owner"] == str(desk.people["Priya"])


def test_the_form_for_an_item_asks_back_under_the_field(desk: FrontDesk) -> None:
    recommended(desk)
    shown = form(desk, "action add")
    filled = {"title": "Publish it", "owner": str(desk.people["Leo"])}
    for field, typed in (
        ("due", "in due course"),
        ("supporters", "Priya Nair, Nobody"),
        ("answers", "R-9"),
    ):
        with pytest.raises(FieldError) as error:
            sends(desk, shown, **{**filled, field: typed})
        assert error.value.name == field

    sends(
        desk,
        shown,
        **filled,
        due="mid-October",
        supporters="Priya Nair and Helen Marsh",
        answers="r1",
    )

    history = desk.history(third(desk))
    assert history.terms[-1].supporters == (desk.people["Priya"], desk.people["Helen"])
    assert len(history.recommendations) == 1
    assert "Added: A-03 Publish it" in words_of(desk.last_to("Sam", "echo:"))


@pytest.mark.parametrize("by", ["Priya", "Helen"])
def test_nobody_but_the_secretariat_adds(desk: FrontDesk, by: str) -> None:
    with pytest.raises(UserError, match="secretariat"):
        says(desk, "action add", by=by)
    with pytest.raises(UserError, match="secretariat"):
        says(desk, "action add Publish it, Leo Hart, by 30 September", by=by)


def test_given_away_in_words_with_the_reason(desk: FrontDesk) -> None:
    said = done(desk, "action A-01 reassign to Leo, because she has left")

    assert "A-01 The work of A-01 is Leo Hart (RCR)'s now; it was Priya Nair (RCR)'s" in said
    assert desk.get(desk.a01).owner_id == desk.people["Leo"]
    assert "she has left" in words_of(desk.last_to("Leo", "recorded:"))
    assert "has given A-01" in words_of(desk.last_to("Priya", "given:"))

    shown = form(desk, "action A-02 reassign to Nobody")
    assert "nobody called “Nobody”" in because(shown)


def test_nobody_decides_what_they_own(desk: FrontDesk) -> None:
    sams = desk.item("A-08", DUE, owner="Sam")
    with pytest.raises(UserError, match="nobody decides what they own"):
        says(desk, "action A-08 reassign to Leo Hart")

    assert "I have asked the chair to withdraw" in done(desk, "action A-08 withdraw because late")
    assert desk.get(sams).delivery is Delivery.NOT_STARTED

    done(desk, "action A-08 reassign to Leo Hart", by="Helen")
    assert desk.get(sams).owner_id == desk.people["Leo"]


def test_an_owner_does_what_rule_5_lets_them_and_no_more(desk: FrontDesk) -> None:
    assert "asked the secretariat to move" in done(
        desk, "action A-01 move to 30 September because the supplier is late", by="Priya"
    )
    assert "asked the secretariat to pause" in done(
        desk, "action A-01 pause because of the election", by="Priya"
    )
    done(desk, "action A-01 close", by="Priya")
    assert desk.get(desk.a01).delivery is Delivery.COMPLETE
    for words in ("reassign to Leo Hart", "title Something easier", "waits on A-02"):
        with pytest.raises(UserError, match="Only the group's secretariat"):
            says(desk, f"action A-01 {words}", by="Priya")
    with pytest.raises(UserError, match="their cover or the secretariat"):
        says(desk, "action A-01 close", by="Leo")
    assert desk.count(UpdateRow) == 1


def test_another_title_and_supporters_are_one_message(desk: FrontDesk) -> None:
    shown = form(desk, "action A-01 edit")
    sends(desk, shown, title="Publish the guidance", supporters="Leo Hart")

    told = desk.last_to("Priya", "recorded:")
    assert "its title was “The work of A-01”" in words_of(told)
    assert "supported by Leo Hart (RCR) now" in words_of(told)
    assert [b.label for b in pressable(told)] == ["This is not right"]
    assert "Nothing was different" in done(desk, "action A-01 title Publish the guidance")


def test_a_form_about_an_older_state_comes_back_with_what_was_typed(desk: FrontDesk) -> None:
    shown = form(desk, "action A-01 edit")
    done(desk, "action A-01 title Somebody else's words")

    with pytest.raises(FormAgainError) as again:
        sends(desk, shown, title="My words")

    assert desk.get(desk.a01).title == "Somebody else's words"
    assert "It now stands as “Somebody else's words”" in because(again.value.form)
    assert values(again.value.form)["title"] == "My words"
    sends(desk, again.value.form)
    assert desk.get(desk.a01).title == "My words"


def test_a_move_past_the_promise_goes_to_the_chair(desk: FrontDesk) -> None:
    desk.promise(desk.a01)
    shown = form(desk, "action A-01 move to 30 September")
    assert "Say why" in because(shown) or values(shown)["date"] == "30 September"

    said = done(desk, "action A-01 move to 30 September because the supplier is late")
    assert "I have asked the chair to move" in said
    assert "withdraw" in done(desk, "action A-01 withdraw because nobody wants it")
    assert {w.role for w in desk.waits()} == {"chair"}
    assert desk.get(desk.a01).delivery is Delivery.NOT_STARTED


def test_paused_and_taken_up_again_it_stands_as_before(desk: FrontDesk) -> None:
    desk.taps("reply.at_risk", desk.a01)
    assert "reason" in values(form(desk, "action A-01 pause"))

    done(desk, "action A-01 pause because of the election")
    assert desk.get(desk.a01).delivery is Delivery.PAUSED
    told = words_of(desk.last_to("Priya", "recorded:"))
    assert "paused now" in told
    assert "of the election" in told
    with pytest.raises(UserError, match="cannot be paused"):
        says(desk, "action A-01 pause because of it")

    done(desk, "action A-01 reopen because it is over")
    item = desk.get(desk.a01)
    assert (item.delivery, item.claimed) == (Delivery.IN_PROGRESS, Confidence.AMBER)


def test_closing_is_a_claim_and_a_chair_looks_at_what_the_secretariat_gave(
    desk: FrontDesk,
) -> None:
    done(desk, "action A-01 close https://example.org/minutes because the board has it")

    item = desk.get(desk.a01)
    assert (item.delivery, item.verified) == (Delivery.COMPLETE, False)
    assert [(w.kind, w.role) for w in desk.waits()] == [("verification", "chair")]

    done(desk, "action A-02 close")
    assert [(w.kind, w.person_id) for w in desk.waits("evidence")] == [
        ("evidence", desk.people["Priya"])
    ]
    done(desk, "action A-02 evidence https://example.org/paper The paper")
    assert desk.waits("evidence") == []
    assert "evidence added: The paper" in words_of(desk.last_to("Priya", "recorded:"))


def test_what_is_reopened_is_complete_again_only_with_evidence_found_since(
    desk: FrontDesk,
) -> None:
    def looked_at() -> None:
        (wait,) = desk.waits("verification")
        verifying.judge(
            desk.database,
            desk.arrives("Helen"),
            evidence_id=wait.subject_id,
            holds=True,
            now=desk.now,
        )

    done(desk, "action A-01 close https://example.org/draft")
    looked_at()
    assert desk.get(desk.a01).verified

    done(desk, "action A-01 reopen because it was the wrong version")
    done(desk, "action A-01 close")
    assert not desk.get(desk.a01).verified
    assert [w.kind for w in desk.waits()] == ["evidence"]

    done(desk, "action A-01 evidence https://example.org/final")
    looked_at()
    assert desk.get(desk.a01).verified


def test_what_was_said_at_a_meeting_is_the_owners_and_told_to_them(desk: FrontDesk) -> None:
    desk.taps("reply.on_track", desk.a01)
    shown = form(desk, "action record A-01")
    filled = {"status": "at_risk", "words": "The draft is late.", "how": "meeting"}
    for field, typed in (("said_on", "2022-08-16"), ("link", "minutes.doc"), ("item", "A-77")):
        with pytest.raises(FieldError) as error:
            sends(desk, shown, **{**filled, field: typed})
        assert error.value.name == field

    sends(desk, shown, **filled, said_on="2022-08-12")

    with desk.database.snapshot() as session:
        row = session.exec(select(UpdateRow).where(UpdateRow.channel == "meeting")).one()
        assert (row.by_id, row.said_on) == (desk.people["Priya"], date(2022, 8, 12))
        assert row.at.date() == date(2022, 8, 12)
        assert row.recorded_at == desk.now
    assert desk.get(desk.a01).claimed is Confidence.GREEN
    assert "it still stands as: on track" in words_of(desk.last_to("Sam", "echo:"))
    told = desk.last_to("Priya", "recorded:")
    assert "at risk, said on 12 August 2022 (at a meeting)" in words_of(told)
    assert "The draft is late." in words_of(told)
    assert [b.label for b in pressable(told)] == ["That is not what I said"]

    with pytest.raises(UserError, match="secretariat"):
        says(desk, "action record A-01", by="Priya")


def test_links_in_words_and_a_circle_under_its_field(desk: FrontDesk) -> None:
    recommended(desk)
    assert "answers R-1 and waits on nothing now" in done(desk, "action A-01 answers R-1")
    done(desk, "action A-01 waits on A-02")
    assert list(desk.history(desk.a01).waits_on) == [desk.a02]

    shown = form(desk, "action A-02 waits on A-01")
    assert "A-02 waits on A-01, which waits on A-02" in because(shown)
    assert values(shown)["waits_on"] == "A-01"

    assert "waits on nothing now" in done(desk, "action A-01 unlink a2")
    assert len(desk.history(desk.a01).recommendations) == 1


def test_the_card_offers_what_its_reader_may_do(desk: FrontDesk) -> None:
    def offered(by: str) -> list[str]:
        answer = says(desk, "action A-01", by=by)
        assert isinstance(answer, Message)
        rows = [part for part in answer.parts if isinstance(part, Buttons)]
        assert all(len(row.buttons) <= card.ROW for row in rows)
        return [b.label for row in rows for b in row.buttons]

    owners = ["New date", "Pause", "Withdraw", "Close", "Evidence"]
    assert offered("Sam") == ["Edit", "Reassign", "Links", *owners, "Record an update"]
    assert offered("Priya") == owners
    assert offered("Leo") == []
    done(desk, "action A-01 close https://example.org/it")
    assert "Reopen" in offered("Sam")
    assert offered("Helen") == ["It shows it: https://example.org/it", "It does not"]


def test_before_start_nobody_is_told(database: Database) -> None:
    desk = FrontDesk(database)
    with database.transaction() as session:
        row = session.get_one(GroupRow, desk.group_id)
        row.started_at = None
        session.add(row)

    said = done(desk, "action add Publish it, Priya Nair, by 30 September")

    assert "once the group has started" in said
    assert desk.waits() == []
    assert desk.count(OutboxRow) == 0
