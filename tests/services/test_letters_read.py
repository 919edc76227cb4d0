"""The two letters of 14 September 2022, read as a clerk of the committee would."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot import documents
from bot.domain import verification
from bot.domain.drafts import Draft, fingerprint
from bot.domain.letters import Letter, NumberedList, Paragraph, Table
from bot.domain.register import Status
from bot.services import drafting
from storage.database import Database
from tests.databases import SqliteFiles
from tests.services import letter_builders as sample
from tests.services import letter_mutants
from tests.services.letter_builders import DRAFTED, Register, moment


@pytest.fixture(scope="module")
def register(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The sample group in mid September, read only."""
    folder: Path = tmp_path_factory.mktemp("letters")
    database = Database(sqlite_files.new_url(folder))
    sample.a_summer(database, sample.found(database))
    return database


@pytest.fixture(scope="module")
def committees(register: Database) -> Draft:
    """The letter to both chairs."""
    return drafting.build(register, None, audience="committees", as_at=DRAFTED, now=DRAFTED)


@pytest.fixture(scope="module")
def phso(register: Database) -> Draft:
    """The letter to the Ombudsman."""
    return drafting.build(register, None, audience="phso", as_at=DRAFTED, now=DRAFTED)


def paragraphs(letter: Letter, heading: str | None = None) -> list[str]:
    """The paragraphs of the opening, or of a section."""
    sections = {section.heading: section.parts for section in letter.sections}
    parts = letter.opening if heading is None else sections[heading]
    return [part.text for part in parts if isinstance(part, Paragraph)]


def table(letter: Letter) -> Table:
    """The table that answers the promises."""
    (found,) = [p for s in letter.sections for p in s.parts if isinstance(p, Table)]
    return found


def test_it_is_addressed_and_signed_as_on_its_date(committees: Draft) -> None:
    letter = committees.letter
    assert letter.salutation == "Dear Mr Wragg and Mr Hunt"
    assert [one.name for one in letter.addressees] == ["William Wragg MP", "Rt Hon Jeremy Hunt MP"]
    assert [one.name for one in letter.signatories] == ["Margaret Finch", "David Osei"]
    assert letter.signatories[0].lines == (
        "Director of Diagnostics and System Improvement",
        "NHS England",
    )
    assert letter.heading == "Unlocking solutions in imaging: progress to 14 September 2022"
    assert (letter.valediction, letter.marking, letter.sample) == (
        "Yours sincerely",
        "OFFICIAL-SENSITIVE",
        True,
    )


def test_page_one_says_why_we_write_and_how_the_promises_stand(committees: Draft) -> None:
    first, second, *_late = paragraphs(committees.letter)
    assert first == (
        "We wrote to you on 10 May 2022 about “Unlocking solutions in imaging: working together "
        "to learn from failings in the NHS” (HC 393), the report that the Parliamentary and "
        "Health Service Ombudsman (PHSO) published in July 2021. This letter accounts for each "
        "of the eight commitments we made then, and for what has been done on each of the "
        "report’s seven recommendations."
    )
    assert "Three are late, which we regret" in second


def test_page_one_names_what_is_late_with_old_date_new_date_and_reason(committees: Draft) -> None:
    _first, _second, guidance, pathway, monitoring = paragraphs(committees.letter)
    assert guidance == (
        "Our letter of 10 May 2022 said: “the Royal College of Radiologists are planning to "
        "release national guidance on job roles and responsibilities by 31st August 2022”. That "
        "date has passed, and the new date is 28 February 2023. The Royal College of "
        "Radiologists (RCR) gives this reason: “consultation replies came in three weeks late "
        "and the Faculty Board meets quarterly”."
    )
    assert "“an agreed clinical pathway will be in place this summer”. That time has" in pathway
    assert "On any reading that time has passed, and no new date has been agreed" in monitoring
    assert monitoring.endswith("We have not yet been given a reason.")


def test_the_table_answers_each_promise_once_and_invents_no_date(committees: Draft) -> None:
    rows = table(committees.letter).rows
    assert [row.cells[1] for row in rows] == [
        "31 August 2022",
        "No date given",
        "“this summer”",
        "No date given",
        "“by this summer”",
        "No date given",
        "Standing promise",
        "Standing promise",
    ]
    assert rows[1].cells[4] == (
        "The letter gave no date; the action that answers it is due on 30 September 2022"
    )
    assert rows[6].cells[2] == (
        "By 14 September 2022 we had sent the PHSO no update since the letter of 10 May 2022."
    )
    assert rows[7].cells[2] == (
        "This letter is the first update to you since the letter of 10 May 2022."
    )


def test_the_recommendations_stand_in_the_words_held(committees: Draft) -> None:
    (listed,) = [
        p for s in committees.letter.sections for p in s.parts if isinstance(p, NumberedList)
    ]
    assert len(listed.entries) == 7
    assert listed.entries[6].text == (
        "The Royal College of Radiologists should review its guidance on the reporting of "
        "unexpected findings."
    )


def test_wording_is_no_stronger_than_its_evidence(committees: Draft) -> None:
    first, *_rest = paragraphs(committees.letter, "Progress by recommendation")
    assert "NHS National Services Scotland (NSS) has compared the pathway" in first
    assert "NHS England checked the evidence, “Comparison of the two pathways”, on 1 July" in first
    assert "(HSIB) reports that it has listed earlier recommendations" in first
    assert "We do not yet hold evidence of this." in first


def test_what_is_held_up_says_why_in_the_owners_words(committees: Draft) -> None:
    _one, second, *_rest = paragraphs(committees.letter, "Progress by recommendation")
    assert (
        "It reported on 5 September 2022 that the work was held up, for this reason: “the venue "
        "contract has not been signed”." in second
    )


def test_earlier_statements_without_evidence_are_owned_up_to(committees: Draft) -> None:
    (said,) = paragraphs(committees.letter, "Earlier statements")
    assert "nothing in this letter rests on them" in said


def test_the_letter_to_the_ombudsman_tells_the_same_in_its_own_words(
    committees: Draft, phso: Draft
) -> None:
    first, *_rest = paragraphs(phso.letter)
    assert first.startswith(
        "On 10 May 2022 we wrote to the Public Administration and Constitutional Affairs "
        "Committee (PACAC) and the Health and Social Care Committee (HSC) about your report"
    )
    assert phso.letter.salutation == "Dear Mr Behrens"
    ours, theirs = table(committees.letter).rows, table(phso.letter).rows
    assert [row.cells[:2] for row in ours] == [row.cells[:2] for row in theirs]
    assert [row.cells[3:] for row in ours] == [row.cells[3:] for row in theirs]
    assert theirs[6].cells[2].startswith("This letter is the first update to you")


def test_only_what_nobody_gave_a_reason_for_blocks_them(committees: Draft, phso: Draft) -> None:
    for draft in (committees, phso):
        (finding,) = draft.findings
        assert (finding.rule, finding.blocks) == ("reason", True)
        assert finding.message.startswith("Commitment C-5")


def test_the_same_facts_make_the_same_letter_in_every_format(
    register: Database, committees: Draft
) -> None:
    again = drafting.build(register, None, audience="committees", as_at=DRAFTED, now=DRAFTED)
    assert again == committees
    assert fingerprint(again.letter) == fingerprint(committees.letter)
    for form in ("odt", "docx", "txt"):
        one, two = (documents.render(d.letter, format=form) for d in (again, committees))
        assert one == two


def test_the_date_line_the_reference_and_the_marking_are_outside_the_fingerprint(
    committees: Draft,
) -> None:
    letter = committees.letter
    sent = replace(letter, marking=None, reference="IMAGING/9", dated_on=moment(20, 9).date())
    assert fingerprint(sent) == fingerprint(letter)
    assert fingerprint(replace(letter, signatories=())) != fingerprint(letter)


@pytest.mark.parametrize("audience", ["committees", "phso"])
def test_almost_any_change_to_a_letter_is_noticed(
    request: pytest.FixtureRequest, audience: str
) -> None:
    draft: Draft = request.getfixturevalue(audience)
    made, missed = 0, []
    known = {(f.rule, f.message) for f in draft.findings}
    for mutant in letter_mutants.mutants(draft.letter):
        found = verification.check(mutant.letter, draft.sheet)
        made += 1
        if not {(f.rule, f.message) for f in found} - known:
            missed.append((mutant.kind, mutant.after))
    assert made > 125
    assert missed == []


def test_what_is_not_for_publication_is_not_in_the_letter(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    database = Database(sqlite_files.new_url(tmp_path))
    group = sample.found(database)
    with database.transaction() as session:
        said = Register(session=session, group_id=group)
        said.says("A-03", Status.BLOCKED, at=moment(1, 9), blocker="a dispute", publish=False)
        said.says("A-01", Status.AT_RISK, at=moment(1, 9), publish=False)

    draft = drafting.build(database, None, audience="committees", as_at=DRAFTED, now=DRAFTED)

    text = documents.render(draft.letter, format="txt").decode()
    assert "dispute" not in text
    assert "Its owner has asked that the position is not published" in text
    assert not [f for f in draft.findings if f.rule == "publication"]
    database.dispose()
