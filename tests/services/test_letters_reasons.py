"""What a letter says of dates that moved: why, in which words, and what was said before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot import documents
from bot.domain import codec, verification
from bot.domain.drafts import Draft
from bot.domain.letters import Letter
from bot.domain.register import Status
from bot.services import drafting
from storage.database import Database
from tests.databases import SqliteFiles
from tests.services import letter_builders as sample
from tests.services.letter_builders import Register, moment

TYPED = "Sorry – A-08 is at risk, I need until 30 September because the assessment tool came late"
LATE = date(2022, 9, 30)


@pytest.fixture
def database(sqlite_files: SqliteFiles, tmp_path: Path) -> Database:
    """The sample group as it was set up in May."""
    database = Database(sqlite_files.new_url(tmp_path))
    sample.found(database)
    return database


def said(database: Database, *entered: tuple[str, Status]) -> None:
    """What owners say on 12 August."""
    with database.transaction() as session:
        register = Register(session=session, group_id=1)
        for ref, status in entered:
            register.says(ref, status, at=moment(12, 8))


def moved(database: Database, *reasons: str, decide: bool = True) -> None:
    """CQC's item is asked for by 30 September, once a day from 15 August, for these reasons."""
    with database.transaction() as session:
        register = Register(session=session, group_id=1)
        for day, reason in enumerate(reasons, 15):
            register.moves("A-08", LATE, reason, at=moment(day, 8), decide=decide)


def drafted(database: Database, *, day: int = 25, month: int = 8) -> tuple[Draft, str]:
    """The letter to the committees of this day, and its text on one line."""
    at = moment(day, month)
    draft = drafting.build(database, None, audience="committees", as_at=at, now=at)
    text = documents.render(draft.letter, format="txt").decode()
    return draft, " ".join(text.split())


def _said_of_the_new_date(letter: Letter) -> Letter:
    """The letter, with what was reported of the earlier date told of the new one."""
    written = codec.text(letter).replace("that the earlier date was", "that this date was")
    return codec.parse(Letter, written)


def test_of_a_reason_typed_in_chat_the_letter_gives_the_reason_alone(database: Database) -> None:
    moved(database, TYPED)

    draft, text = drafted(database)

    assert "(CQC) gives this reason: “the assessment tool came late”." in text
    assert "The assessment tool came late." in text
    assert "Sorry" not in text
    assert draft.findings == ()


def test_a_reason_that_cannot_be_given_stays_in_the_register_and_somebody_is_asked(
    database: Database,
) -> None:
    moved(database, "Sorry – A-08 is at risk, I need until 30 September, our tool came late")

    draft, text = drafted(database)

    assert "The reason that the Care Quality Commission (CQC) gave is held in the register." in text
    assert "our tool" not in text
    (finding,) = draft.findings
    assert (finding.rule, finding.blocks) == ("wording", True)
    assert finding.message == (
        "The reason why A-08 moved is held in words that cannot stand in a letter."
    )
    assert "“A-08: need until 30 September 2022 because …”" in finding.mending


def test_the_reason_given_again_in_other_words_mends_it(database: Database) -> None:
    moved(database, "our tool came late", "the assessment tool came late")

    draft, text = drafted(database)

    assert "gives this reason: “the assessment tool came late”." in text
    assert "(first set for 29 July 2022)" in text
    assert draft.findings == ()


def test_words_that_can_be_read_in_two_ways_are_not_made_a_date(database: Database) -> None:
    moved(database, TYPED)

    _draft, before = drafted(database)
    _draft, after = drafted(database, day=14, month=9)

    assert (
        "The time given was “by this summer”, which can mean 31 August 2022 at the latest; the "
        "date is now 30 September 2022." in before
    )
    assert "The date was 31 August 2022" not in before
    assert "On any reading that time has passed, and the new date is 30 September 2022." in after


def test_what_was_said_of_the_earlier_date_is_not_said_of_the_new_one(database: Database) -> None:
    said(database, ("A-08", Status.AT_RISK))
    moved(database, TYPED)

    draft, text = drafted(database)

    assert "It reported on 12 August 2022 that the earlier date was at risk." in text
    assert draft.findings == ()
    wrong = _said_of_the_new_date(draft.letter)
    assert {f.rule for f in verification.check(wrong, draft.sheet)} == {"status"}


def test_an_owner_who_only_asked_for_more_time_is_not_called_silent(database: Database) -> None:
    moved(database, TYPED)

    draft, text = drafted(database)

    assert "It asked on 15 August 2022 for the date to be moved." in text
    assert "The CQC asked on 15 August 2022 for the date to be moved." in text
    assert draft.findings == ()


def test_a_request_that_waits_is_not_called_agreed(database: Database) -> None:
    moved(database, TYPED, decide=False)

    _draft, text = drafted(database)

    assert "It asked on 15 August 2022 for another date, which has not been agreed yet." in text
    assert "assessment tool" not in text


def test_no_change_does_not_make_an_old_status_look_new(database: Database) -> None:
    said(database, ("A-08", Status.ON_TRACK))
    with database.transaction() as session:
        register = Register(session=session, group_id=1)
        register.says("A-08", Status.UNCHANGED, at=moment(22, 8))

    _draft, text = drafted(database)

    assert "on 12 August 2022, that this was on track" in text
    assert "22 August" not in text


@pytest.mark.parametrize(
    ("blocker", "told", "rules"),
    [
        ("funding", "that the work was held up, for this reason: “funding”.", []),
        ("our supplier", "the work was held up; the reason is held in the register.", ["wording"]),
    ],
)
def test_what_holds_an_item_up_is_told_in_words_that_can_stand(
    database: Database, blocker: str, told: str, rules: list[str]
) -> None:
    with database.transaction() as session:
        register = Register(session=session, group_id=1)
        register.says("A-10", Status.BLOCKED, at=moment(22, 8), blocker=blocker)

    draft, text = drafted(database)

    assert told in text
    assert "our supplier" not in text
    assert [finding.rule for finding in draft.findings] == rules


def test_an_address_is_no_title_for_a_letter(database: Database) -> None:
    said(database, ("A-05", Status.COMPLETE))
    with database.transaction() as session:
        register = Register(session=session, group_id=1)
        register.proves("A-05", "https://example.org/x", at=moment(13, 8), checked=moment(15, 8))

    draft, text = drafted(database)

    assert "NHS England checked the evidence on 15 August 2022." in text
    assert "example.org/x" not in text
    assert draft.findings == ()
