"""A letter and a report as the group would send and keep them, for the tests of documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.letters import (
    Addressee,
    BulletList,
    Letter,
    NumberedList,
    Paragraph,
    Report,
    Section,
    Sentence,
    Signatory,
    Table,
    TableRow,
)

RECOMMENDATIONS = (
    "Sample recommendation A: the recommendations of earlier inquiries into imaging should be "
    "carried out, with a named lead for each.",
    "Sample recommendation B: digital infrastructure for imaging should be treated as a patient "
    "safety issue, and a plan for it published.",
    "Sample recommendation C: guidance should set out who is responsible for what, from the "
    "referral to the action taken on a report.",
    "Sample recommendation D: the committees should be told of progress within six months.",
    "Sample recommendation E: job plans should leave clinicians time for learning & reflection.",
    "Sample recommendation F: clinical directors should review what complaints, incidents and "
    "discrepancy meetings teach, no less than 4 times a year.",
    "Sample recommendation G: guidance on the reporting of unexpected significant findings "
    "should be reviewed.",
)

_COMMITMENTS = (
    ("National guidance on job roles and responsibilities will be released.", "31 August 2022",
     "Late. The draft is with the Royal College of Radiologists’ Faculty Board.",
     "Consultation responses arrived three weeks after they were due.", "30 November 2022"),
    ("An agreed clinical pathway for cauda equina syndrome will be in place.", "This summer",
     "Late. The pathway is agreed; its publication awaits neuroradiological sign-off.",
     "Interdisciplinary review of out-of-hours magnetic resonance imaging.", "31 October 2022"),
    ("Centralised support to monitor long-term implementation will be completed.",
     "By this summer", "In progress. 14 of 42 trusts report “fully in place”.",
     "Two regions had no monitoring lead until 1 July 2022.", "16 December 2022"),
    ("Additional guidance will be developed to support job planning.", "No date given",
     "Not started: it follows the guidance on roles.", "None", "31 January 2023"),
    ("The pathway will be widely communicated and implemented.", "No date given",
     "Not started: it follows the agreed pathway.", "None", "No date yet"),
    ("Wider stakeholder engagement to produce a nationally implemented product.",
     "No date given", "In progress. Interoperability requirements were published.", "None",
     "31 March 2023"),
    ("Regular updates will be provided to the PHSO.", "Standing",
     "Given on 14 June 2022 and 9 August 2022.", "None", "Next: 11 October 2022"),
    ("The committees will be updated as required.", "Standing",
     "This letter.", "None", "Next: 13 December 2022"),
)  # fmt: skip

COMMITMENTS = Table(
    caption="Commitments made in the letter of 10 May 2022, and their position on "
    "14 September 2022",
    header=("Commitment", "Date promised", "Position now", "Reason for change", "New date"),
    rows=tuple(TableRow(cells=cells, facts=(100 + n,)) for n, cells in enumerate(_COMMITMENTS)),
)


def said(text: str, *facts: int) -> Sentence:
    """A sentence with its facts."""
    return Sentence(text=text, facts=facts)


def paragraph(*texts: str) -> Paragraph:
    """A paragraph of sentences, each carried by a fact."""
    return Paragraph(sentences=tuple(said(text, 900 + n) for n, text in enumerate(texts)))


def a_letter(**changed: Any) -> Letter:
    """The reply of September 2022 to both chairs, but for what is `changed`."""
    return replace(_LETTER, **changed)


def a_report(**changed: Any) -> Report:
    """The annex to it, but for what is `changed`."""
    return replace(_REPORT, **changed)


_CHAIRS = (
    Addressee(
        name="William Wragg MP",
        lines=(
            "Chair, Public Administration and Constitutional Affairs Committee",
            "House of Commons",
            "London SW1A 0AA",
        ),
        salutation="Mr Wragg",
    ),
    Addressee(
        name="Rt Hon Jeremy Hunt MP",
        lines=("Chair, Health and Social Care Committee", "House of Commons", "London SW1A 0AA"),
        salutation="Mr Hunt",
    ),
)

_SECTIONS = (
    Section(
        heading="The recommendations",
        parts=(
            paragraph("The report made seven recommendations:"),
            NumberedList(entries=tuple(said(text, 7) for text in RECOMMENDATIONS)),
        ),
    ),
    Section(
        heading="Progress by recommendation",
        parts=(
            BulletList(
                entries=(
                    said("Recommendation A: 9 of 12 earlier recommendations are in place.", 21),
                    said("Recommendation B: the imaging network requirements were published on "
                         "1 July 2022.", 22),
                    said("Recommendation C: the Royal College of Radiologists reports that its "
                         "draft is complete; waiting times < 6 weeks & > 2 weeks are covered.", 23),
                )
            ),
        ),
    ),
    Section(
        heading="What was promised, and what became of it",
        parts=(
            paragraph("The table answers each of the eight commitments in that letter."),
            COMMITMENTS,
        ),
    ),
    Section(
        heading="What happens next",
        parts=(
            paragraph(
                "The group meets on 5 October 2022 and will settle the date for communicating "
                "the pathway.",
                "We will write again on 13 December 2022, and at once if any date above is no "
                "longer on track.",
            ),
        ),
    ),
)  # fmt: skip

_LETTER = Letter(
    sender="NHS England\nWellington House, 133–155 Waterloo Road\nLondon SE1 8UG",
    dated_on=date(2022, 9, 14),
    reference="IMG/2022/02, second report",
    addressees=_CHAIRS,
    salutation="Dear Mr Wragg and Mr Hunt",
    heading="Unlocking solutions in imaging: progress to 14 September 2022",
    opening=(
        paragraph(
            "On 10 May 2022 NHS England and NHS Improvement wrote to you about the report that "
            "the Parliamentary and Health Service Ombudsman (PHSO) published in July 2021.",
            "The report matters because 25 people or their families told the PHSO how a scan "
            "that was not acted on changed their care.",
        ),
        paragraph(
            "Two of the commitments in that letter are late: the guidance on job roles, promised "
            "for 31 August 2022, and the pathway for cauda equina syndrome, promised for “this "
            "summer”.",
            "We are sorry for this, and the table below gives the reasons and the new dates.",
        ),
    ),
    sections=_SECTIONS,
    valediction="Yours sincerely",
    signatories=(
        Signatory(
            name="Samira Oyelaran",
            lines=("Director of Diagnostics and System Improvement", "NHS England"),
        ),
        Signatory(
            name="Dr Tomos Llewellyn",
            lines=("Medical Director for Secondary Care and Transformation", "NHS England"),
        ),
    ),
    contact="Contact: the secretariat of the imaging task and finish group, "
    "imaging.secretariat@example.org",
)

_REPORT = Report(
    title="Annex: the facts behind letter IMG/2022/02",
    dated_on=date(2022, 9, 14),
    reference="IMG/2022/02",
    opening=(paragraph("Internal: this annex is not part of the letter."),),
    sections=(
        Section(
            heading="Facts",
            parts=(
                Table(
                    caption="Facts as at 14 September 2022, as known on 13 September 2022",
                    header=("Fact", "Item", "Statement", "Value", "Recorded", "Evidence"),
                    rows=tuple(
                        TableRow(
                            cells=(
                                str(number),
                                f"A-{number:02}",
                                f"Item A-{number:02} was answered by its owner.\nIn their own "
                                "words: the counterproposal is with the trust.",
                                "in progress, amber",
                                "9 September 2022",
                                f"https://example.org/register/evidence/{number}",
                            )
                        )
                        for number in range(1, 31)
                    ),
                ),
            ),
        ),
        Section(heading="Findings", parts=(BulletList(entries=(said("None."),)),)),
    ),
)
