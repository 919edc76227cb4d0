"""Single lines as minutes of task and finish groups have them, and what each is read as."""

from __future__ import annotations

import pytest

from tests.domain.pasted_lists import read, shown

LINES = [
    (
        "1. Priya to publish the protocol by end of September",
        "Publish the protocol | Priya Nair | 2022-09-30",
    ),
    (
        "- Publish protocol – P Nair (RCR) – 30/09/2022",
        "Publish protocol | Priya Nair | 2022-09-30",
    ),
    (
        "ACTION: RCR (Priya Nair) to write to the trusts; due: next meeting",
        "Write to the trusts | Priya Nair | 2022-10-06",
    ),
    (
        "Tom Adeyemi and Priya Nair: agree the survey questions",
        "Agree the survey questions | ? Tom Adeyemi | with Priya Nair | no date",
    ),
    (
        "Tom to chase the vendor by Friday",
        "Chase the vendor | ? Tom Adeyemi or Tom Ashby | 2022-09-16",
    ),
    (
        "Tom Ashby to chase the vendor by Friday",
        "Chase the vendor | Tom Ashby | 2022-09-16",
    ),
    (
        "Tom A. to chase the vendor by Friday",
        "Chase the vendor | ? Tom Adeyemi or Tom Ashby | 2022-09-16",
    ),
    (
        "Sam Okafor: circulate the minutes, 16/09/2022",
        "Circulate the minutes | Sam Okafor | 2022-09-16",
    ),
    (
        "RCR to review the guidance by 14 October",
        "Review the guidance | ? Tom Ashby | 2022-10-14",
    ),
    (
        "Royal College of Radiologists to review the guidance by 14 October",
        "Review the guidance | ? Tom Ashby | 2022-10-14",
    ),
    (
        "NSS – send the Scottish data to Aisha Rahman – before the next meeting",
        "Send the Scottish data to Aisha Rahman | ? Siân Evans | 2022-10-05",
    ),
    (
        "NHS England to confirm the funding by 7 October",
        "Confirm the funding | ? Tom Adeyemi or Sam Okafor or Aisha Rahman | 2022-10-07",
    ),
    (
        "@UPRIYA to send the slides by Wednesday",
        "Send the slides | Priya Nair | 2022-09-14",
    ),
    (
        "@Priya Nair to send the slides by Wednesday",
        "Send the slides | Priya Nair | 2022-09-14",
    ),
    (
        "• Share the draft terms of reference for comment (All, by 16 September)",
        "Share the draft terms of reference for comment | ? | 2022-09-16",
    ),
    (
        "All to send comments to Sam Okafor by Friday",
        "Send comments to Sam Okafor | ? | 2022-09-16",
    ),
    (
        "MHRA to confirm the licence position",
        "Confirm the licence position | ? | no date",
    ),
    (
        "Jane Smith to send the figures by 20 September",
        "Send the figures | ? | 2022-09-20",
    ),
    (
        "Draft the letter (Aisha, 30 Sept)",
        "Draft the letter | Aisha Rahman | 2022-09-30",
    ),
    (
        "Aisha Rahman, with Priya Nair, to draft the letter by 3 October",
        "Draft the letter | Aisha Rahman | with Priya Nair | 2022-10-03",
    ),
    (
        (
            "[AP5] Tom Adeyemi (NHS England) to lead on the business case, supported by Aisha "
            "Rahman, by end Oct"
        ),
        "Lead on the business case | Tom Adeyemi | with Aisha Rahman | 2022-10-31",
    ),
    (
        (
            "NHS England (Tom Adeyemi, supported by Aisha Rahman) to publish the specification "
            "by 31 December"
        ),
        "Publish the specification | Tom Adeyemi | with Aisha Rahman | 2022-12-31",
    ),
    (
        "AP 2: Priya Nair / Tom Ashby to agree the wording by 23 September 2022",
        "Agree the wording | ? Priya Nair | with Tom Ashby | 2022-09-23",
    ),
    (
        "3.1 Secretariat to circulate the revised terms by COP 16 September",
        "Circulate the revised terms | ? Sam Okafor | 2022-09-16",
    ),
    (
        "Chair to write to the Minister (by 7 October)",
        "Write to the Minister | ? Dr Joan Whitaker | 2022-10-07",
    ),
    (
        "(a) PN to share the slide deck",
        "Share the slide deck | ? Priya Nair | no date",
    ),
    (
        "Action 12.3: SO to add cyber to the risk log by the next meeting",
        "Add cyber to the risk log | ? Sam Okafor | 2022-10-06",
    ),
    (
        "Action – Siân Evans – to share the Scottish return – w/c 26 September",
        "Share the Scottish return | Siân Evans | 2022-09-30",
    ),
    (
        "AP4 - Dr Whitaker - clear the submission - ASAP",
        "Clear the submission | Dr Joan Whitaker | ? “ASAP”",
    ),
    (
        "Action: Owen Pryce to check the Welsh position. Deadline: 31 October 2022",
        "Check the Welsh position | ? | 2022-10-31",
    ),
    (
        "Action owner: Dr Joan Whitaker. Seek ministerial clearance. Deadline: 21/10/2022",
        "Seek ministerial clearance | Dr Joan Whitaker | 2022-10-21",
    ),
    (
        "10. Update the risk register. Owner: Sam Okafor. Due: 23/09/22.",
        "Update the risk register | Sam Okafor | 2022-09-23",
    ),
    (
        "Publish the FAQ. Owner: TBC. Due: n/a",
        "Publish the FAQ | ? | no date",
    ),
    (
        "Action: agree wording with the RCR (owner: Tom Adeyemi; due: 14 October)",
        "Agree wording with the RCR | Tom Adeyemi | 2022-10-14",
    ),
    (
        "[Action: Aisha Rahman] Update the benefits profile by 31 October 2022",
        "Update the benefits profile | Aisha Rahman | 2022-10-31",
    ),
    (
        "ACTION (Priya Nair): confirm the dates of the webinar",
        "Confirm the dates of the webinar | Priya Nair | no date",
    ),
    (
        "ACTION Tom Ashby to bring a paper to the October meeting",
        "Bring a paper to the October meeting | Tom Ashby | 2022-10-06",
    ),
    (
        "5) Circulate the note of the meeting [Sam Okafor, asap]",
        "Circulate the note of the meeting | Sam Okafor | ? “asap”",
    ),
    (
        "6. Aisha to consider whether further guidance is needed – ongoing",
        "Consider whether further guidance is needed | Aisha Rahman | ? “ongoing”",
    ),
    (
        "8. Professor Joan Whitaker to write to the PHSO by 3/10/22",
        "Write to the PHSO | Dr Joan Whitaker | 2022-10-03",
    ),
    (
        "9. Priya Nair (lead), Tom Ashby: complete the audit by mid-October",
        "Complete the audit | Priya Nair | with Tom Ashby | 2022-10-17",
    ),
    (
        "13. By 30 September, Priya Nair to submit the evidence pack.",
        "Submit the evidence pack | Priya Nair | 2022-09-30",
    ),
    (
        "Priya Nair will, by 30 September, publish the guidance",
        "Publish the guidance | Priya Nair | 2022-09-30",
    ),
    (
        "30/09/2022 – Priya Nair – publish the FAQ",
        "Publish the FAQ | Priya Nair | 2022-09-30",
    ),
    (
        "1) Priya Nair - RCR - publish the FAQ - 30.09.22",
        "Publish the FAQ | Priya Nair | 2022-09-30",
    ),
    (
        "*Priya Nair* to publish the FAQ by *30 September*",
        "Publish the FAQ | Priya Nair | 2022-09-30",
    ),
    (
        "11. Review of the survey of March 2021 - Aisha Rahman",
        "Review of the survey of March 2021 | Aisha Rahman | no date",
    ),
    (
        "12. Publish the report for 2022 - Aisha Rahman",
        "Publish the report for 2022 | Aisha Rahman | ? 2022-12-31",
    ),
    (
        "Siân Evans to report on Q3",
        "Report on Q3 | Siân Evans | ? “on Q3”",
    ),
    (
        "Sian Evans will liaise with the PHA on reporting standards by Christmas",
        "Liaise with the PHA on reporting standards | Siân Evans | 2022-12-25",
    ),
    (
        "Anna O'Brien (PHA) to check the position in Northern Ireland - 11th October",
        "Check the position in Northern Ireland | Anna O’Brien | 2022-10-11",
    ),
    (
        "Department of Health and Social Care to confirm ministerial handling by 21 September",
        "Confirm ministerial handling | ? Dr Joan Whitaker | 2022-09-21",
    ),
    (
        "Public Health Agency, Northern Ireland and NSS to share local guidance by Christmas",
        "Share local guidance | ? Anna O’Brien | with ? Siân Evans | 2022-12-25",
    ),
    (
        "Protocol to be published by Priya Nair by 30 September",
        "Protocol to be published | Priya Nair | 2022-09-30",
    ),
    (
        "Priya Nair agreed to redraft section 3",
        "Redraft section 3 | Priya Nair | no date",
    ),
    (
        (
            "It was agreed that Tom Ashby would write to the presidents of the colleges by 30 "
            "September."
        ),
        "Write to the presidents of the colleges | Tom Ashby | 2022-09-30",
    ),
    (
        "Tom Ashby and college colleagues to review the list",
        "Review the list | ? Tom Ashby | no date",
    ),
    (
        "5 Aisha Rahman to send the list by 4 October",
        "Send the list | Aisha Rahman | 2022-10-04",
    ),
    (
        "Priya to speak to Tom Adeyemi re: data sharing & report back at next meeting",
        "Speak to Tom Adeyemi re: data sharing & report back | Priya Nair | 2022-10-06",
    ),
    (
        "Training pack - Siân Evans - Nov 22",
        "Training pack | Siân Evans | ? “Nov 22”",
    ),
    (
        "Joan Whitaker & Siân Evans to liaise on devolved wording, due 12 October 2022",
        "Liaise on devolved wording | ? Dr Joan Whitaker | with Siân Evans | 2022-10-12",
    ),
    (
        "Tom Ashby: to review section 4 by next Friday",
        "Review section 4 | Tom Ashby | ? “by next Friday”",
    ),
    (
        "Send the return by 14 October to Tom Ashby",
        "Send the return by 14 October to Tom Ashby | ? | 2022-10-14",
    ),
    (
        "Priya Nair\tPublish the FAQ\t30/09/2022",
        "Publish the FAQ | Priya Nair | 2022-09-30",
    ),
    (
        "| Owner: Priya Nair | Action: Publish the FAQ | Due: 30/09/2022 |",
        "Publish the FAQ | Priya Nair | 2022-09-30",
    ),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_a_line_is_read_as_it_was_meant(line: str, expected: str) -> None:
    found = read(line)

    assert [shown(action) for action in found.actions] == [expected]
    assert found.actions[0].source == line
