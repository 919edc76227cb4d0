"""Drafts: wished for in a word, built by a sweep, brought only to who may see them."""

from __future__ import annotations

import base64

import pytest

from bot.domain.errors import UserError
from bot.domain.messages import Message, Text, plain
from bot.domain.outgoing import Audience, Sending
from bot.services import drafting, fact_sheets
from bot.services.intake import Arrival
from storage import letters, outbox
from storage.database import Database
from storage.outbox import Owed
from tests.services import letter_builders as sample
from tests.services.letter_builders import DRAFTED


@pytest.fixture
def group(database: Database) -> int:
    """The sample group in mid September."""
    number = sample.found(database)
    sample.a_summer(database, number)
    return number


def owed(database: Database) -> list[Owed]:
    """Everything that is owed to Slack by the time of drafting."""
    with database.transaction() as session:
        return outbox.lease(session, token="test", now=DRAFTED, limit=200)


def ask(database: Database, who: str = "USAM", audience: str = "committees") -> Message:
    arrival: Arrival = sample.arrival(who, f"command:{who}:{audience}", kind="command")
    return drafting.ask(database, arrival, audience=audience, now=DRAFTED)


@pytest.mark.usefixtures("group")
def test_asking_answers_at_once_and_says_nothing_of_the_letter(database: Database) -> None:
    answer = ask(database)

    said = " ".join(plain(*part.spans) for part in answer.parts if isinstance(part, Text))
    assert "IMAGING/02" in said
    assert "direct message" in said
    assert owed(database) == []


@pytest.mark.usefixtures("group")
def test_the_sweep_brings_letter_annex_and_findings_apart_to_whoever_asked(
    database: Database,
) -> None:
    ask(database)

    assert drafting.sweep(database, now=DRAFTED) == 1

    sent = owed(database)
    files = [one.file["name"] for one in sent if one.file]
    assert files == [
        "imaging-02-draft.odt",
        "imaging-02-draft.docx",
        "imaging-02-internal-annex.odt",
        "imaging-02-internal-findings.odt",
    ]
    assert all(one.kind is Sending.FILE for one in sent if one.file)
    assert {one.audience for one in sent} == {Audience.CLEARANCE}
    assert len({one.person_id for one in sent}) == 1
    assert all(base64.b64decode(one.file["content"])[:2] == b"PK" for one in sent if one.file)


@pytest.mark.usefixtures("group")
def test_a_sweep_that_runs_twice_drafts_once(database: Database) -> None:
    ask(database)

    assert drafting.sweep(database, now=DRAFTED) == 1
    assert drafting.sweep(database, now=DRAFTED) == 0


def test_asking_again_makes_a_new_version_of_the_same_letter(
    database: Database, group: int
) -> None:
    ask(database)
    drafting.sweep(database, now=DRAFTED)
    ask(database, who="URUTH")
    drafting.sweep(database, now=DRAFTED)

    with database.snapshot() as session:
        letter = letters.current(session, group, "committees")
        assert letter is not None
        latest = letters.latest_version(session, letter.id)
    assert latest is not None
    assert (letter.reference, latest.number) == ("IMAGING/02", 2)


@pytest.mark.usefixtures("group")
def test_an_owner_may_not_have_a_draft(database: Database) -> None:
    with pytest.raises(UserError, match="ask the secretariat"):
        ask(database, who="UPRIYA")


@pytest.mark.usefixtures("group")
def test_an_audience_that_nobody_knows_is_named_back(database: Database) -> None:
    with pytest.raises(fact_sheets.UnknownAudienceError, match="committees, phso"):
        ask(database, audience="treasury")


@pytest.mark.usefixtures("group")
def test_the_chairs_draft_also_reaches_the_clearance_channel(database: Database) -> None:
    ask(database, who="UHELEN")
    drafting.sweep(database, now=DRAFTED)

    assert {one.channel_id for one in owed(database) if one.person_id is None} == {"C0CLEARANCE"}


def test_a_version_comes_back_from_the_database_as_it_was(database: Database, group: int) -> None:
    ask(database)
    drafting.sweep(database, now=DRAFTED)
    built = drafting.build(database, None, audience="committees", as_at=DRAFTED, now=DRAFTED)

    with database.snapshot() as session:
        letter = letters.current(session, group, "committees")
        assert letter is not None
        version = letters.latest_version(session, letter.id)
    assert version is not None
    assert version.letter == built.letter
    assert version.sheet == built.sheet
    assert version.findings == built.findings
