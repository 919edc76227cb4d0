"""Whether stored words are still those that were recorded: each against its digest in the chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.audit import digest
from bot.domain.removals import marker
from storage import text_digests
from storage.database import Session
from storage.text_digests import Stored

SHOWN = 20
"""Of each kind of fault so many are named; one is enough to know that somebody was at it."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """How many texts stand, how many read as removed; `wrong` names items and links, no words."""

    standing: int
    removed: int
    wrong: list[str]


def check(session: Session, group_id: int) -> Texts:
    """Read every text of a group against the chain, whose own links are checked elsewhere.

    It covers what is kept in `words`. Copies of it in lists and letters, titles and published
    words have no digest. Whoever can change the database can also make up a removal, but not
    without a link that says so.
    """
    days = text_digests.removal_days(session, group_id)
    changed, gone = _Faults(), _Faults()
    standing = removed = 0
    for text in text_digests.texts(session, group_id):
        if not text.key:
            removed += 1
            if not _is_accounted_for(text, days):
                gone.add(text)
        else:
            standing += 1
            if not _is_recorded(text):
                changed.add(text)
    wrong = [
        *_named(session, group_id, changed.digests, "the words are not those that were recorded"),
        *_named(session, group_id, gone.digests, "the words are gone, and nobody removed them"),
        *_unmatched(session, group_id),
    ]
    more = changed.more + gone.more
    return Texts(
        standing=standing,
        removed=removed,
        wrong=[*wrong, f"and {more} more texts like these"] if more else wrong,
    )


class _Faults:
    """The digests of some texts, and how many more there were."""

    def __init__(self) -> None:
        self.digests: list[str] = []
        self.more = 0

    def add(self, text: Stored) -> None:
        if len(self.digests) < SHOWN:
            self.digests.append(text.digest)
        else:
            self.more += 1


def _is_recorded(text: Stored) -> bool:
    try:
        return digest(text.body, text.key) == text.digest
    except ValueError:  # what stands there is no key
        return False


def _is_accounted_for(text: Stored, days: Iterable[date]) -> bool:
    """Removed whole, or read with a mark where a part stood, on the day of a removal."""
    if text.removed_on is not None:
        return not text.body and text.removed_on in days
    return any(marker(day) in text.body for day in days)


def _named(session: Session, group_id: int, digests: list[str], what: str) -> list[str]:
    if not digests:
        return []
    found = text_digests.links(session, group_id, digests)
    return [
        f"{text_digests.name(session, told.subject)}, link {told.seq} ({told.action}): {what}"
        for told in sorted(found.values(), key=lambda told: told.seq)
    ]


def _unmatched(session: Session, group_id: int) -> list[str]:
    """Digests on one side only: a text put in its place or taken away with its row."""
    strays = text_digests.in_no_link(session, group_id, limit=SHOWN)
    missing = text_digests.without_text(session, group_id, limit=SHOWN)
    return [
        *_named(session, group_id, missing, "the words that were recorded are not there"),
        *(f"text {number}: no link tells of it" for number in strays),
    ]
