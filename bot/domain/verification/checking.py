"""All the checks of a letter, in reading order; the same letter and facts, the same findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.facts import FactSheet
from bot.domain.guard import guard
from bot.domain.letter_writing.courtesies import COURTESIES
from bot.domain.letters import Letter
from bot.domain.verification import accounting, carrying, status
from bot.domain.verification.findings import Finding, finding
from bot.domain.verification.reading import MONTHS, Cited, Unit, units

_FILLER = re.compile(
    r"\b(?:progressing|ongoing|on-going|in due course|good progress|work continues|shortly"
    r"|significant progress|making progress|at pace|robust)\b",
    re.IGNORECASE,
)
_ORDINAL_DATE = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?(?:{'|'.join(MONTHS)})\b")
_COMMA_DATE = re.compile(rf"\b(?:{'|'.join(MONTHS)})(?: \d{{1,2}})?, \d{{4}}\b")
_AMERICAN_DATE = re.compile(rf"\b(?:{'|'.join(MONTHS)}) \d{{1,2}}\b(?! \d{{4}})|\b\d+/\d+/\d+\b")


def check(letter: Letter, sheet: FactSheet) -> tuple[Finding, ...]:
    """Everything that is wrong with a letter, each with the sentence and how to mend it."""
    every = list(units(letter))
    found: dict[str, Finding] = {}
    for one in _all(letter, sheet, every):
        found.setdefault(one.key, one)
    return tuple(found.values())


def _all(letter: Letter, sheet: FactSheet, every: list[Unit]) -> Iterator[Finding]:
    yield from accounting.check(letter, sheet, every)
    for unit in every:
        cited = Cited(sheet, unit.facts)
        yield from _supported(unit, cited)
        yield from _style(unit)
        yield from _personal(unit)
        if unit.facts:
            yield from carrying.check(unit, cited)
            yield from status.check(unit, cited)


def _supported(unit: Unit, cited: Cited) -> Iterator[Finding]:
    if cited.unknown or (not unit.facts and unit.text not in COURTESIES):
        yield finding(
            "unsupported",
            "No fact of the register carries this sentence.",
            mending="Cite the facts that carry it, or take it out.",
            sentence=unit.text,
            facts=unit.facts,
        )
    for fact in cited.facts:
        if not fact.publish:
            yield finding(
                "publication",
                f"The sentence cites a fact about {fact.ref} that is not to be published.",
                mending="Take it out, or ask the owner to allow it.",
                sentence=unit.text,
                facts=unit.facts,
            )


def _style(unit: Unit) -> Iterator[Finding]:
    filler = _FILLER.search(unit.bare)
    if filler or any(cell.strip() in ("In progress.", "In progress") for cell in unit.cells):
        word = filler[0] if filler else "In progress"
        yield finding(
            "progressing",
            f"“{word}” says nothing of what was done or when.",
            mending="Say what was done, by whom and when.",
            sentence=unit.text,
            facts=unit.facts,
        )
    for pattern in (_ORDINAL_DATE, _COMMA_DATE, _AMERICAN_DATE):
        wrong = pattern.search(unit.bare)
        if wrong:
            yield finding(
                "style",
                f"“{wrong[0]}” is not how we write a date.",
                mending="Write it as 31 August 2022.",
                sentence=unit.text,
                facts=unit.facts,
            )


def _personal(unit: Unit) -> Iterator[Finding]:
    kinds = guard(unit.text).redactions
    if kinds:
        yield finding(
            "personal data",
            f"The sentence holds what looks like personal data ({', '.join(kinds)}).",
            mending="Take it out.",
            facts=unit.facts,
        )
