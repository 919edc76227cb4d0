"""References that read as an item's and are of none that was asked about ("B-7 is done")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = r"(?:[A-Z]{1,4}-\d{1,7}|[A-Z]{1,4} \d{1,5}|(?i:item|action) #?\d{1,5}|#\d{1,5})(?!\d|\s?%)"
_LEAD = r"(?i:(?:and|for|re|regarding|about|ref|reference|action|item)\b:?\s+)*"
_VERB = (
    r"(?i:is|isn't|are|was|were|has|hasn't|will|won't|needs?|should|can|yes|not|now|done|complete"
    r"|completed|finished|on track|at risk|off track|blocked|late|delayed|slipping|paused)\b"
)
_STRANGE = re.compile(
    rf"^\W*{_LEAD}(?P<alone>{_MARK})(?=\W*$|'s\b|\s+{_VERB}|\s*(?:->|=|\d{{1,3}} ?%))"
    rf"|\b(?i:for|re|regarding|about|done|complete|completed|finished|track|risk|blocked|late)\s+"
    rf"\(?(?P<last>{_MARK})(?=\W*$)"
    rf"|\((?P<inside>{_MARK})\)(?=\W*$)"
)
_NO_REFERENCE = re.compile(
    r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC|Q|H|FY|WK?|DAY)[ -]\d+"
    r"|\S+[ -](?:19|20)\d\d"
)
LEADS = frozenset(("for", "re", "regarding", "about", "ref", "reference", "item", "action"))
"""Words before a reference that say nothing of it."""


def marks(text: str, prefixes: set[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """What stands in a piece of text where its item is named, with its place.

    `prefixes` are the letters of the references asked about: only with those is a reference
    without its hyphen ("A 99") told from any two words.
    """
    for match in _STRANGE.finditer(text):
        group = match.lastgroup or ""
        mark = match[group]
        letters = mark.split(" ")[0]
        spaced = letters.isupper() and letters.casefold() not in prefixes and " " in mark
        if not spaced and not _NO_REFERENCE.fullmatch(mark):
            yield mark, match.span(group)
