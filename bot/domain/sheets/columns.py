"""Which column of a register is which, by the names that secretariats give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Field(StrEnum):
    """What a column says of an action."""

    REF = "reference"
    TITLE = "action"
    OWNER = "owner"
    SUPPORTERS = "supporters"
    BODY = "body"
    DUE = "due date"
    ORIGINAL_DUE = "original due date"
    STATUS = "status"
    RAG = "RAG"
    UPDATE = "update"
    ANSWERS = "recommendation"
    RAISED = "date raised"
    COMPLETED = "date completed"
    VERSION = "version"
    IGNORED = "for reading only"


_NAMES: Mapping[Field, str] = {
    Field.REF: "ref|reference|no|number|id|action no|action number|action ref|action reference|"
    "action id|item|item no|item ref|serial|serial no|ref no|reference no|reference number|"
    "unique ref|unique id|ref id",
    Field.TITLE: "action|actions|task|tasks|description|agreed action|action description|"
    "action agreed|action required|action item|action point|actions agreed|actions required|"
    "description of action|action title|title|what|action to be taken|detail|details|"
    "task description|deliverable|agreed actions|next action|action detail|action details",
    Field.OWNER: "owner|lead|responsible|assigned to|action owner|owners|lead officer|"
    "responsible officer|responsible owner|assigned|assignee|who|by whom|action by|lead owner|"
    "accountable|accountable owner|action lead|owner name|lead name|name|person responsible|"
    "responsibility|allocated to|senior responsible owner|sro|owner s|lead s|responsible person|"
    "accountable officer|action owner s|named lead",
    Field.SUPPORTERS: "supporters|with|support|supporting|supported by|contributors|others|"
    "also involved|supporting leads|working with|in support|other leads",
    Field.BODY: "body|organisation|organization|org|agency|department|owner organisation|"
    "lead organisation|owning organisation|owner body|lead body|owner org|lead agency|employer|"
    "responsible organisation|organisation body|directorate|team",
    Field.DUE: "due|deadline|by when|target date|due date|date due|target|completion date|when|"
    "target completion date|target completion|due by|complete by|revised due date|revised date|"
    "revised deadline|current due date|forecast date|current deadline|timescale|timeline|"
    "action due|action due date|delivery date|to be completed by|dates due|date for completion|"
    "latest due date|revised due|timeframe|expected completion date|planned completion date",
    Field.ORIGINAL_DUE: "original due date|original date|original deadline|baseline date|"
    "original due|baseline due date|original target date|first agreed date",
    Field.STATUS: "status|progress|state|position|current status|action status|status open closed|"
    "open closed|delivery status",
    Field.RAG: "rag|rag status|rag rating|brag|brag status|brag rating|delivery confidence|"
    "confidence|status rag|progress rag|rag position",
    Field.UPDATE: "update|updates|comments|comment|latest position|latest update|notes|"
    "progress update|position update|commentary|current position|latest|update comments|"
    "progress notes|status update|progress comments|latest comments|remarks|narrative|"
    "update comment|comments update|progress to date|progress since last meeting",
    Field.ANSWERS: "recommendation|rec|recommendations|recs|recommendation ref|rec no|rec ref|"
    "related recommendation|recommendation no|recommendation number|answers|links to|"
    "linked recommendation",
    Field.RAISED: "date raised|opened|raised|date opened|open date|raised on|date added|added|"
    "date agreed|agreed on|meeting date|date of meeting|date logged|logged|dates raised|"
    "raised date|start date|date set|date of action|meeting",
    Field.COMPLETED: "date completed|date closed|closed|completed|completed on|closed on|"
    "actual completion date|closure date|date of completion|actual date|closed date|"
    "completed date",
    Field.VERSION: "version",
    Field.IGNORED: "due in words|verified|times moved|accepted on|status given on|waits on|"
    "published|percent",
}
BY_NAME: Mapping[str, Field] = {
    name: field for field, names in _NAMES.items() for name in names.split("|")
}
REVISED = frozenset(
    [
        "revised due date",
        "revised date",
        "revised deadline",
        "current due date",
        "forecast date",
        "revised due",
        "current deadline",
        "latest due date",
    ]
)


def normal(heading: str) -> str:
    """A heading as the table spells it: small letters, no marks, nothing in brackets."""
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading.casefold())
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join(words) or " ".join(re.sub(r"[^a-z0-9]+", " ", heading.casefold()).split())


def field_of(heading: str) -> Field | None:
    """What a column of this name says, if any register calls it so."""
    if heading.strip() in ("#", "№"):
        return Field.REF
    return BY_NAME.get(normal(heading))


def fields_of(headings: Sequence[str]) -> dict[int, Field]:
    """The columns whose names are known.

    Where one column holds the due date and another the revised one, the first is the original.
    """
    found = {
        place: field for place, name in enumerate(headings) if (field := field_of(name)) is not None
    }
    due = [place for place, field in found.items() if field is Field.DUE]
    revised = [place for place in due if normal(headings[place]) in REVISED]
    if len(due) == 2 and len(revised) == 1 and Field.ORIGINAL_DUE not in found.values():
        (first,) = set(due) - set(revised)
        found[first] = Field.ORIGINAL_DUE
    return found
