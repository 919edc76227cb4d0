"""Words that must not be kept: gone from everywhere, while everything else stands (rule 7)."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.domain.drafts import Event
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.messages import message, say
from bot.domain.outgoing import Outgoing, Sending
from bot.domain.register import Status
from bot.services import chains, delivery, removals
from storage import letters, outbox, removal_record
from storage.database import Database
from storage.rows import LetterEventRow, OutboxRow, RemovalRow, TextRow, VersionRow
from tests.services.removing import GONE, MARK, REASON, SAID, Recorder, Removing, packed


@pytest.fixture
def desk(database: Database) -> Removing:
    """A started group in which Priya has said what should not be kept."""
    desk = Removing(database)
    desk.says_it(SAID)
    desk.deliver(desk.now)
    return desk


def test_a_text_goes_from_everywhere_and_what_it_changed_stands(desk: Removing) -> None:
    before = desk.get(desk.a01)
    assert MARK in desk.everything()

    desk.agrees(desk.asks_to_remove(desk.subject_of("Update")))

    assert MARK not in desk.everything()
    assert "Hale" not in desk.everything()
    after = desk.get(desk.a01)
    assert (after.delivery, after.blocked, after.status_at) == (
        before.delivery,
        before.blocked,
        before.status_at,
    )
    assert after.status_words == GONE
    (update,) = desk.history(desk.a01).updates
    assert (update.words, update.blocker) == (GONE, GONE)
    assert update.status is Status.BLOCKED
    assert all(report.whole for report in chains.verify(desk.database, None, now=desk.now))
    assert desk.actions()[-1] == "words removed"


def test_what_stands_in_slack_is_changed(desk: Removing) -> None:
    desk.agrees(desk.asks_to_remove(desk.subject_of("Update")))

    with desk.database.snapshot() as session:
        updates = session.exec(select(OutboxRow).where(col(OutboxRow.key).startswith("removal:")))
        changed = [str(row.payload) for row in updates if row.kind == "update"]
    assert changed
    assert all(GONE in payload for payload in changed)


def test_the_off_switch_does_not_keep_them_in_slack(desk: Removing) -> None:
    number = desk.asks_to_remove(desk.subject_of("Update"))
    desk.pause(desk.now)

    desk.agrees(number)

    sender = Recorder()
    delivery.sweep(desk.database, sender, clock=lambda: desk.now)
    priya = desk.people["Priya"]
    assert {p.owed.kind for p in sender.sent if p.owed.person_id == priya} == {Sending.UPDATE}


def test_it_takes_two_people(desk: Removing) -> None:
    number = desk.asks_to_remove(desk.subject_of("Update"))

    for who, why in (("Sam", "You asked for this"), ("Priya", "Only the secretariat or a chair")):
        with pytest.raises(UserError, match=why):
            desk.agrees(number, by=who)
    with pytest.raises(UserError, match="Only the secretariat can ask"):
        desk.asks_to_remove(desk.subject_of("Update"), by="Priya")
    assert MARK in desk.everything()

    desk.agrees(number, by="Helen")
    with pytest.raises(UserError, match="settled already"):
        desk.agrees(number)


def test_the_question_does_not_repeat_the_words(desk: Removing) -> None:
    desk.asks_to_remove(desk.subject_of("Update"))

    asked = desk.last_to("Ann", "wait:")
    assert "They stand in" in str(asked.message)
    assert REASON in str(asked.message)
    assert MARK not in str(asked.message)
    shown = removals.show(
        desk.database, desk.arrives("Ann"), removal_id=desk.removal().id or 0, now=desk.now
    )
    assert MARK in str(shown.intro)
    with pytest.raises(UserError, match="Only the secretariat is shown"):
        removals.show(desk.database, desk.arrives("Helen"), removal_id=1, now=desk.now)


def test_a_hold_forbids_it_until_it_is_released(desk: Removing) -> None:
    number = desk.asks_to_remove(desk.subject_of("Update"))
    desk.holds("The COVID-19 Inquiry asks for everything.")

    with pytest.raises(UserError, match=r"placed a hold on 15 August 2022 \(The COVID-19 Inquiry"):
        desk.agrees(number)
    with pytest.raises(UserError, match="Nothing may be removed"):
        desk.asks_to_remove(words="St Kestrel’s hospital")
    with pytest.raises(UserError, match="There is a hold already"):
        desk.holds("Another one")

    desk.holds("The Inquiry has reported.", by="Sam", releases=True)
    desk.agrees(number)
    assert MARK not in desk.everything()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reason": "Because Dr Hale’s mother is ill"}, "repeats the words"),
        ({"reason": " "}, "Give the reason"),
        ({"words": "St Kestrel’s"}, "only one"),
        ({"subject": ""}, "only one"),
        ({"subject": "words:999"}, "not there any more"),
        ({"subject": "", "words": "it"}, "Write more"),
        ({"subject": "", "words": "never said by anybody"}, "stand nowhere"),
    ],
)
def test_a_request_that_cannot_be_met_says_why(
    desk: Removing, given: dict[str, str], why: str
) -> None:
    with pytest.raises(FieldError, match=why):
        desk.asks_to_remove(**{"subject": desk.subject_of("Update"), **given})

    with desk.database.snapshot() as session:
        assert session.exec(select(RemovalRow)).all() == []


def test_exact_words_go_wherever_they_stand_and_the_rest_is_kept(desk: Removing) -> None:
    desk.says_it("A-02 is at risk: the St Kestrel's hospital, where we meet, is closed", by="Priya")

    desk.agrees(desk.asks_to_remove(words="st kestrel’s hospital"))

    assert MARK not in desk.everything()
    words = desk.history(desk.a02).updates[-1].words
    assert words == f"A-02 is at risk: the {GONE}, where we meet, is closed"
    with desk.database.snapshot() as session:
        kept = session.exec(select(TextRow).where(col(TextRow.removed_on).is_(None)))
        assert {row.key for row in kept if GONE in row.body} == {""}


def test_words_that_were_kept_are_forgotten_by_the_request(desk: Removing) -> None:
    number = desk.asks_to_remove(words="St Kestrel’s hospital")

    removals.refuse(desk.database, desk.arrives("Ann"), removal_id=number, now=desk.now)

    assert desk.removal().wanted is None
    assert desk.removal().marks is None
    assert MARK in desk.get(desk.a01).status_words


def sent_letter(desk: Removing, text: str, *, event: str) -> int:
    """A version of a letter that says this, with its last event."""
    with desk.database.transaction() as session:
        letter = letters.insert(
            session, group_id=desk.group_id, audience="phso", reference="IMAGING/07", number=7
        )
        version = VersionRow(
            group_id=desk.group_id,
            letter_id=letter.id,
            number=1,
            as_at={},
            author_kind="rules",
            facts="{}",
            letter=f'{{"is":"Note","text":"{text}"}}',
            findings=[],
            sha256="0" * 64,
            at=desk.now,
            recorded_at=desk.now,
        )
        number = desk._number(session, version)
        row = LetterEventRow(
            group_id=desk.group_id,
            letter_id=letter.id,
            event=event,
            version_id=number,
            at=desk.now,
            recorded_at=desk.now,
        )
        desk._number(session, row)
    return number


def test_what_a_sent_letter_says_is_not_changed(desk: Removing) -> None:
    number = desk.asks_to_remove(desk.subject_of("Update"))
    sent_letter(desk, SAID, event=Event.SENT.value)

    for attempt in (
        lambda: desk.agrees(number),
        lambda: desk.asks_to_remove(desk.subject_of("Update")),
    ):
        with pytest.raises(UserError, match="stand in letter IMAGING/07"):
            attempt()

    assert MARK in desk.get(desk.a01).status_words


def test_evidence_goes_with_its_link(desk: Removing) -> None:
    desk.says_it("A-02 is done https://example.org/kestrel-ward-7731/notes")

    desk.agrees(desk.asks_to_remove(desk.subject_of("Evidence", desk.a02)))

    (held,) = desk.history(desk.a02).evidence
    assert held.title == GONE
    assert held.url is None


def a_file(desk: Removing, text: str, *, state: str) -> int:
    content = base64.b64encode(packed(text)).decode()
    with desk.database.transaction() as session:
        number = outbox.enqueue(
            session,
            Outgoing(
                key=f"file:{state}",
                group_id=desk.group_id,
                kind=Sending.FILE,
                person_id=desk.people["Sam"],
                message=message(say("A file")),
                file={"name": "a.docx", "title": "A file", "content": content},
            ),
            due_at=desk.now,
            now=desk.now,
        )
        assert number is not None
        row = session.get_one(OutboxRow, number)
        row.state, row.file_id = state, "F1" if state == "sent" else None
        session.add(row)
    return number


def test_files_that_hold_them_are_emptied_and_taken_away(desk: Removing) -> None:
    sent, owed = (a_file(desk, SAID, state=state) for state in ("sent", "owed"))

    desk.agrees(desk.asks_to_remove(desk.subject_of("Update")))

    with desk.database.snapshot() as session:
        assert outbox.place(session, owed).state == "cancelled"
        for number in (sent, owed):
            file = outbox.place(session, number).file
            assert file is not None
            assert file["content"] == ""
        taken = outbox.by_key(session, f"removal:1:removal:{sent}")
        assert taken is not None
        assert outbox.by_key(session, f"removal:1:removal:{owed}") is None


def test_the_second_pass_is_taken_up_after_a_crash_and_noted_outside(
    desk: Removing, tmp_path: Path
) -> None:
    desk.database = Database(desk.database.url, removals=tmp_path / "removals.jsonl")
    desk.agrees(desk.asks_to_remove(desk.subject_of("Update")))
    # Here the process dies; another one begins.
    assert desk.removal().erased_at is None

    assert removals.sweep(desk.database, now=desk.now) == 1
    assert removals.sweep(desk.database, now=desk.now) == 0

    assert desk.removal().erased_at == desk.now
    (line,) = removal_record.read(desk.database.removals)
    assert line["reason"] == REASON
    assert MARK.lower() not in desk.database.removals.read_text().lower()
    assert desk.database.removals.stat().st_mode & 0o777 == 0o600
    desk.database.dispose()
