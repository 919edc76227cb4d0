"""Whole lists: continuation lines, tables, headings, labels, and that no line is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pasted import PastedList
from tests.domain.pasted_lists import read, shown
from tests.domain.test_pasted_lines import LINES

NAMED = "One person answers for an action: named in the list, they need no question."

LISTS = [
    (
        "Priya to publish the protocol by end of\nSeptember and tell the College",
        ["Publish the protocol by end of September and tell the College | Priya Nair | 2022-09-30"],
        [],
        [],
    ),
    (
        "Publish the report\nOwner: Siân Evans\nDue: 30 September 2022",
        ["Publish the report | Siân Evans | 2022-09-30"],
        [],
        [],
    ),
    (
        "Lead: Priya Nair\n"
        "Action: Publish guidance on roles\n"
        "Due: 30 November 2022\n"
        "\n"
        "Lead: Aisha Rahman\n"
        "Action: Brief the trusts\n"
        "Due: 14 October 2022",
        [
            "Publish guidance on roles | Priya Nair | 2022-11-30",
            "Brief the trusts | Aisha Rahman | 2022-10-14",
        ],
        [],
        [],
    ),
    (
        "- Review the audit template\n"
        "  and tell the trusts (Siân Evans)\n"
        "- Brief the Board\n"
        "    - on cost\n"
        "    - on staffing\n"
        "- Aisha to book the room\n"
        "    - Tom Ashby to send the papers by 20 September",
        [
            "Review the audit template and tell the trusts | Siân Evans | no date",
            "Brief the Board - on cost - on staffing | ? | no date",
            "Book the room | Aisha Rahman | no date",
            "Send the papers | Tom Ashby | 2022-09-20",
        ],
        [],
        [],
    ),
    (
        "Ref\tAction\tLead\tDue\n"
        "1\tPublish the protocol\tPriya Nair\t30/09/2022\n"
        "2\tSend the survey to the trusts\tJane Smith\tTBC\n"
        "3\tAgree the questions\tAisha Rahman / Tom Ashby\t",
        [
            "Publish the protocol | Priya Nair | 2022-09-30",
            "Send the survey to the trusts | ? | ? “TBC”",
            "Agree the questions | ? Aisha Rahman | with Tom Ashby | no date",
        ],
        [1],
        [],
    ),
    (
        "| No | Owner | Action | By when |\n"
        "|----|-------|--------|---------|\n"
        "| 1 | RCR (Tom Ashby) | Publish the FAQ | 14 Oct |",
        ["Publish the FAQ | Tom Ashby | 2022-10-14"],
        [1, 2],
        [],
    ),
    (
        "RCR:\n- Publish the training pack by 31 October\n- Siân Evans to check it\n- Print it",
        [
            "Publish the training pack | ? Tom Ashby | 2022-10-31",
            "Check it | Siân Evans | no date",
            "Print it | ? | no date",
        ],
        [1],
        [],
    ),
    (
        "ACTIONS AGREED ON 12 SEPTEMBER 2022\n"
        "Present: Priya Nair, Tom Ashby, Sam Okafor (secretariat)\n"
        "Apologies: Siân Evans\n"
        "1. Introductions\n"
        "The group welcomed Dr Joan Whitaker.\n"
        "2. Protocol\n"
        "Tom Ashby said that the survey is at risk.\n"
        "Action: Priya Nair to publish the protocol by 30 September.\n"
        "3. Any other business\n"
        "None.\n"
        "Date of next meeting: 6 October 2022",
        ["Publish the protocol | Priya Nair | 2022-09-30"],
        [1, 2, 3, 4, 6, 9, 11],
        [5, 7, 10],
    ),
]


@pytest.mark.parametrize(("text", "expected", "headings", "unread"), LISTS)
def test_a_list_is_read_as_it_was_meant(
    text: str, expected: list[str], headings: list[int], unread: list[int]
) -> None:
    found = read(text)

    assert [shown(action) for action in found.actions] == expected
    assert [line.number for line in found.headings] == headings
    assert [line.number for line in found.unread] == unread


@pytest.mark.parametrize(
    ("line", "question"),
    [
        (
            "Tom to chase the vendor",
            "“Tom” may be Tom Adeyemi (NHS England) or Tom Ashby (RCR): choose one.",
        ),
        ("RCR to review it", "“RCR” is a body: is it for Tom Ashby, who leads there?"),
        ("NSS to review it", "“NSS” is a body: is it for Siân Evans?"),
        (
            "NHS England to review it",
            "“NHS England” is a body with no lead here: choose who owns it.",
        ),
        (
            "Priya Nair (NSS) to review it",
            "“Priya Nair (NSS)”: nobody of that name is of that body. Choose who owns it.",
        ),
        ("Jane Smith to review it", "I know nobody called “Jane Smith”: choose who owns it."),
        ("All to review it", "“All” is everybody: choose the one who owns it."),
        (
            "Secretariat to review it",
            "“Secretariat” is a role: is it for Sam Okafor, who holds it? " + NAMED,
        ),
        (
            "Deputy chair to review it",
            "“Deputy chair” is a role that nobody holds today: choose who owns it.",
        ),
        ("PN to review it", "“PN”: is that Priya Nair?"),
        ("Rahman to review it", "“Rahman”: is that Aisha Rahman?"),
        ("Review it by Friday", "No owner is named: choose one."),
        (
            "Priya Nair and Tom Ashby to review it",
            "“Priya Nair and Tom Ashby”: choose the one who owns it; the others support.",
        ),
        ("Priya Nair to review it", None),
        ("P. Nair to review it", None),
    ],
)
def test_an_owner_who_is_not_clear_is_asked_for(line: str, question: str | None) -> None:
    assert read(line).actions[0].owner.question == question


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("by Friday", None),
        ("TBC", "Those words name no date: by which day, please?"),
        (
            "by next Friday",
            "Is Friday of this week (Friday 16 September 2022) or of next week (Friday 23 "
            "September 2022) meant?",
        ),
        (
            "Due: when the Board agrees",
            "That depends on “the Board agrees”: by which day do you expect it?",
        ),
        ("Due: blue", "I cannot read a date in “blue”."),
    ],
)
def test_a_date_that_is_not_clear_is_asked_for(words: str, question: str | None) -> None:
    assert read(f"Priya Nair to review the guidance – {words}").actions[0].due_question == question


@pytest.mark.parametrize(
    "text",
    [
        "Priya Nair to publish it by 30 September\nTom Ashby to check it",
        "1. Publish it – RCR\n2. Print it – 14 October",
        "Actions\nTom to publish it\n\nMHRA to check it by Friday",
    ],
)
def test_two_lines_with_an_owner_or_a_date_are_a_list(text: str) -> None:
    assert read(text).is_convincing


@pytest.mark.parametrize(
    "text",
    [
        "Priya Nair to publish it by 30 September",
        "Protocol: on track, due 30 September\nAudit: we need until 14 October",
        "It is done.\nThe next one will be late: I need until Friday.",
        "Hello\nThanks for this\nPriya",
        "Publish the report\nPrint the report",
        "Done by Friday\nBlocked until 3 October",
    ],
)
def test_an_answer_in_several_lines_is_no_list(text: str) -> None:
    assert not read(text).is_convincing


_PIECES = (
    "Priya Tom RCR to publish send by Friday TBC 30/09/2022 Owner: Due: ACTION: and the – - • 1. "
    "2) | , ; : ( ) [ ] * # All Jane Smith next meeting at risk"
)
WORDS = st.sampled_from(
    [
        *_PIECES.split(),
        "Priya Nair",
        "end of September",
        "\t",
        "  ",
    ]
)
LINE = st.one_of(
    st.lists(WORDS, max_size=9).map(" ".join),
    st.sampled_from([line for line, _expected in LINES]),
    st.text(max_size=30).map(lambda text: text.replace("\n", " ")),
)


@given(st.lists(LINE, max_size=8))
def test_every_line_is_in_a_proposal_a_heading_or_among_the_unread(lines: list[str]) -> None:
    found = read("\n".join(lines))

    placed = _placed(found)
    assert sorted(placed) == [n for n, line in enumerate(lines, start=1) if line.strip()]
    for action in found.actions:
        assert action.title
        assert action.source == "\n".join(lines[number - 1] for number in action.lines)
    for line in (*found.headings, *found.unread):
        assert line.text == lines[line.number - 1]


def _placed(found: PastedList) -> list[int]:
    in_actions = [number for action in found.actions for number in action.lines]
    return in_actions + [line.number for line in (*found.headings, *found.unread)]
