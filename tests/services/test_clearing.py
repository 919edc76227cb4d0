"""Clearing by hash, sending once facts and names are read again, and what the ledger keeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.drafts import Event, fingerprint
from bot.domain.errors import UserError
from bot.domain.facts import CommitmentFact, DateChangeFact
from bot.domain.guard import guard
from bot.domain.messages import Text, plain
from bot.domain.register import Status
from bot.services import clearing, drafting
from bot.services.clearing import StaleVersionError
from bot.services.sending import ChangedSinceError
from storage import outbox, waiting
from storage.database import Database
from tests.services import letter_builders as sample
from tests.services.letter_builders import DRAFTED, Register, moment
from tests.services.letter_desk import CLEARERS, LATER, Desk


@pytest.fixture
def desk(database: Database) -> Desk:
    """The sample group in mid September, and its letter to the committees."""
    group = sample.found(database)
    sample.a_summer(database, group)
    return Desk(database=database, group=group)


def test_a_finding_that_blocks_keeps_a_version_from_clearance(desk: Desk) -> None:
    drafting.ask(desk.database, sample.arrival("USAM", "ask"), audience="committees", now=DRAFTED)
    drafting.sweep(desk.database, now=DRAFTED)
    version = desk.latest()

    with pytest.raises(UserError, match="C-5 is late"):
        desk.submit(version)


def test_submitting_asks_the_chair_and_both_signatories(desk: Desk) -> None:
    version = desk.drafted()
    desk.submit(version)

    with desk.database.snapshot() as session:
        waits = waiting.unsettled(session, desk.group, kind="clearance")
        said = Register(session=session, group_id=desk.group)
        names = ["Helen Marsh", "Margaret Finch", "David Osei"]
        assert [one.person_id for one in waits] == [said.person(name) for name in names]


def test_the_clearers_are_brought_the_files_of_what_they_clear(desk: Desk) -> None:
    version = desk.drafted()
    desk.submit(version)

    assert drafting.sweep(desk.database, now=DRAFTED) == 1

    with desk.database.transaction() as session:
        owed = outbox.lease(session, token="t", now=DRAFTED, limit=200)
        chair = Register(session=session, group_id=desk.group).person("Helen Marsh")
    names = [one.file["name"] for one in owed if one.file and one.person_id == chair]
    assert names == ["imaging-02-draft.odt", "imaging-02-draft.docx"]


def test_whoever_submits_a_version_may_not_clear_it(desk: Desk) -> None:
    version = desk.drafted()
    desk.submit(version)

    with pytest.raises(UserError, match="You submitted"):
        desk.clear(version, "USAM")


def test_a_member_may_neither_submit_nor_clear(desk: Desk) -> None:
    version = desk.drafted()
    with pytest.raises(UserError, match="Only the secretariat"):
        desk.submit(version, "UPRIYA")
    desk.submit(version)

    with pytest.raises(UserError, match="chair and its signatories"):
        desk.clear(version, "UPRIYA")


def test_a_letter_is_cleared_only_when_everybody_has_cleared_it(desk: Desk) -> None:
    version = desk.drafted()
    desk.submit(version)
    for who in CLEARERS[:-1]:
        desk.clear(version, who)
    assert desk.letter(version).last(Event.CLEARED) is None

    desk.clear(version, CLEARERS[-1])

    assert desk.letter(version).last(Event.CLEARED) is not None
    with desk.database.snapshot() as session:
        assert waiting.unsettled(session, desk.group, kind="clearance") == []


def test_a_new_version_voids_every_clearance(desk: Desk) -> None:
    first = desk.drafted()
    desk.submit(first)
    desk.clear(first, "UHELEN")
    second = desk.drafted()

    with pytest.raises(StaleVersionError, match="Version 2 stands now"):
        desk.clear(first, "UMARGARET")
    desk.submit(second)
    with desk.database.snapshot() as session:
        assert len(waiting.unsettled(session, desk.group, kind="clearance")) == 3


def test_another_hash_than_the_one_shown_clears_nothing(desk: Desk) -> None:
    version = desk.drafted()
    desk.submit(version)

    with pytest.raises(StaleVersionError):
        clearing.clear(
            desk.database,
            sample.arrival("UHELEN", "forged"),
            version_id=version.id,
            sha="0" * 12,
            now=DRAFTED,
        )


def test_sending_back_needs_a_reason_and_ends_the_clearance(desk: Desk) -> None:
    version = desk.drafted()
    desk.submit(version)
    clearing.send_back(
        desk.database,
        sample.arrival("UHELEN", "back"),
        version_id=version.id,
        sha=version.sha256[:12],
        reason=guard("Say what the College is waiting for."),
        now=DRAFTED,
    )

    with pytest.raises(UserError, match="sent back"):
        desk.clear(version, "UMARGARET")
    with desk.database.snapshot() as session:
        assert waiting.unsettled(session, desk.group, kind="clearance") == []


def test_the_cleared_files_carry_no_marking_and_the_cleared_text(desk: Desk) -> None:
    version = desk.cleared()
    drafting.sweep(desk.database, now=DRAFTED)

    with desk.database.transaction() as session:
        owed = outbox.lease(session, token="t", now=DRAFTED, limit=200)
    names = [one.file["name"] for one in owed if one.file]
    assert names[-2:] == ["imaging-02-cleared.odt", "imaging-02-cleared.docx"]
    assert fingerprint(version.letter) == version.sha256


def test_a_letter_that_is_not_cleared_cannot_be_recorded_as_sent(desk: Desk) -> None:
    version = desk.drafted()
    desk.submit(version)

    with pytest.raises(UserError, match="Not everybody"):
        desk.sent(version)


def test_a_sample_letter_goes_only_in_rehearsal(desk: Desk) -> None:
    version = desk.cleared()

    with pytest.raises(UserError, match="only in rehearsal"):
        clearing.record_sent(
            desk.database,
            sample.arrival("USAM", "sent"),
            version_id=version.id,
            sha=version.sha256,
            sent_on=LATER.date(),
            now=LATER,
            rehearsal=False,
        )


def test_a_change_since_drafting_stops_a_letter_until_the_chair_decides(desk: Desk) -> None:
    version = desk.cleared()
    with desk.database.transaction() as session:
        said = Register(session=session, group_id=desk.group)
        said.says("A-03", Status.AT_RISK, at=DRAFTED + timedelta(minutes=30))

    with pytest.raises(ChangedSinceError, match="A-03"):
        desk.sent(version)
    with pytest.raises(ChangedSinceError):
        desk.sent(version, proceed=True)
    desk.sent(version, "UHELEN", proceed=True)

    assert desk.letter(version).last(Event.SENT) is not None


def test_what_a_letter_told_is_told_to_its_audience_alone(desk: Desk) -> None:
    desk.sent(desk.cleared())

    for audience, told in (("committees", True), ("phso", False)):
        sheet = desk.sheet(audience)
        assert {change.told for _fact, change in sheet.of(DateChangeFact)} == {told}
        (guidance,) = [
            said for _f, said in sheet.of(CommitmentFact) if "guidance on job" in said.words
        ]
        assert guidance.told_latest_on == (date(2023, 2, 28) if told else None)


def test_a_new_date_that_was_told_restates_the_promise_which_keeps_its_own(desk: Desk) -> None:
    desk.sent(desk.cleared())

    promises = {said.words[:30]: said for _fact, said in desk.sheet().of(CommitmentFact)}
    assert len(promises) == 8
    guidance = promises["the Royal College of Radiologi"]
    assert guidance.restated_on == (LATER.date(),)
    assert guidance.latest == date(2022, 8, 31)


def test_the_next_letter_says_what_the_last_one_told(desk: Desk) -> None:
    desk.sent(desk.cleared())
    later = moment(14, 10)

    draft = drafting.build(desk.database, None, audience="committees", as_at=later, now=later)

    opening = " ".join(part.text for part in draft.letter.opening if hasattr(part, "text"))
    assert "We last wrote to you on 14 September 2022" in opening
    assert "the new date is still 28 February 2023, as we told you" in opening


def test_members_hear_that_a_letter_has_gone_and_nothing_of_it(desk: Desk) -> None:
    version = desk.cleared()
    desk.sent(version)

    with desk.database.transaction() as session:
        owed = outbox.lease(session, token="t", now=LATER, limit=300)
    (word,) = [one for one in owed if one.channel_id == "C0IMAGING"]
    said = " ".join(plain(*p.spans) for p in word.message.parts if isinstance(p, Text))
    assert "IMAGING/02" in said
    assert "guidance" not in said


def test_received_and_published_come_after_sent(desk: Desk) -> None:
    version = desk.cleared()
    with pytest.raises(UserError, match="has not been sent"):
        clearing.record_received(
            desk.database,
            sample.arrival("USAM", "early"),
            letter_id=version.letter_id,
            on=LATER.date(),
            now=LATER,
        )
    desk.sent(version)
    clearing.record_published(
        desk.database,
        sample.arrival("USAM", "published"),
        letter_id=version.letter_id,
        on=date(2022, 9, 20),
        now=moment(21, 9),
    )

    assert desk.letter(version).last(Event.PUBLISHED) is not None


def owed(desk: Desk) -> list[tuple[str, str | None]]:
    """What a letter waits for from the secretariat."""
    with desk.database.snapshot() as session:
        every = waiting.unsettled(session, desk.group)
        return [(w.kind, w.role) for w in every if w.kind in {"wording", "letter_send"}]


def test_what_was_sent_back_or_cleared_waits_on_the_secretariat_until_it_has_gone(
    desk: Desk,
) -> None:
    version = desk.drafted()
    desk.submit(version)
    clearing.send_back(
        desk.database,
        sample.arrival("UHELEN", "back"),
        version_id=version.id,
        sha=version.sha256[:12],
        reason=guard("Say more about Wales."),
        now=DRAFTED,
    )
    assert owed(desk) == [("wording", "secretariat")]

    version = desk.cleared()
    assert owed(desk) == [("letter_send", "secretariat")]
    desk.drafted()
    assert owed(desk) == []
    version = desk.latest()
    desk.submit(version)
    for who in CLEARERS:
        desk.clear(version, who)
    assert owed(desk) == [("letter_send", "secretariat")]
    desk.sent(version)
    assert owed(desk) == []
