"""Every date, figure, name, reference and quotation is carried by the facts its sentence cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.deadlines import long_date
from bot.domain.facts import (
    AddresseeFact,
    BodyFact,
    CommitmentFact,
    EvidenceFact,
    ItemFact,
    LetterFact,
    SignatoryFact,
)
from bot.domain.letter_writing.words import NUMBERS, ORDINALS, curled
from bot.domain.verification.findings import Finding, finding
from bot.domain.verification.reading import (
    DATE,
    MONTH,
    Cited,
    Unit,
    body_names,
    dates_in,
    standing_alone,
)

_NUMBER_WORDS = {word: n for n, word in enumerate(NUMBERS) if n > 1}
_ORDINAL_WORDS = {word: n for n, word in enumerate(ORDINALS) if n > 1}
_FIGURE = re.compile(r"(?<![\w/])\d[\d,]*(?:\.\d+)?%?")
_REF = re.compile(r"\b(?:HC \d+|[A-Z]{1,3}-\d+)\b")
_ACRONYM = re.compile(r"\b[A-Z]{3,}[a-z]?\b")
_NAME = re.compile(r"\b[A-Z][a-z]+(?:(?: of| and| for)? [A-Z][a-z]+)+\b")
_OPENERS = {"The", "On", "Our", "It", "They", "In", "By", "Since", "That", "This", "Late", "Of"}
_IN_BRACKETS = r"(?: \([^)]*\))?"
_DOES = (
    _IN_BRACKETS
    + r" (?:is|are|was|were|has|have|reports?|reported|last reported|gives?|leads?|also leads?)\b"
)
_CHECKED = rf"{_IN_BRACKETS} checked\b"


def check(unit: Unit, cited: Cited) -> Iterator[Finding]:
    """What a unit says that its facts do not carry."""
    yield from _dates(unit, cited)
    yield from _figures(unit, cited)
    yield from _quotations(unit, cited)
    yield from _bodies(unit, cited)
    yield from _doers(unit, cited)
    yield from _names(unit, cited)
    yield from _references(unit, cited)


def _found(rule: str, unit: Unit, message: str, mending: str) -> Finding:
    return finding(rule, message, mending=mending, sentence=unit.text, facts=unit.facts)


def _dates(unit: Unit, cited: Cited) -> Iterator[Finding]:
    for day in dates_in(unit.bare):
        if day not in cited.dates:
            shown = long_date(day) if day.year > 1 else "a day that does not exist"
            yield _found(
                "date",
                unit,
                f"The sentence names {shown}, which its facts do not.",
                "Put the date its facts hold, or cite the fact that holds this one.",
            )
    months = {(f"{d:%B}", str(d.year)) for d in cited.dates}
    held = " ".join(cited.strings)
    for month, year in MONTH.findall(DATE.sub("", unit.bare)):
        if (month, year) not in months and f"{month} {year}" not in held:
            yield _found(
                "date",
                unit,
                f"The sentence names {month} {year}, which its facts do not.",
                "Put the month its facts hold, or cite the fact that holds this one.",
            )


def _figures(unit: Unit, cited: Cited) -> Iterator[Finding]:
    left = cited.without_held(MONTH.sub("", DATE.sub("", unit.text)))
    left = _REF.sub("", left)
    said = {int(re.sub(r"\D", "", f) or 0): f for f in _FIGURE.findall(left)}
    for word in re.findall(r"[a-z]+", left.lower()):
        for known in (_NUMBER_WORDS, _ORDINAL_WORDS):
            if word in known:
                said[known[word]] = word
    for number, shown in said.items():
        if number not in cited.numbers:
            yield _found(
                "figure",
                unit,
                f"The sentence gives the figure “{shown}”, which its facts do not.",
                "Put the figure its facts hold, or cite the fact that holds this one.",
            )


def _quotations(unit: Unit, cited: Cited) -> Iterator[Finding]:
    held = {_plain(text) for text in cited.strings}
    for quote in unit.quotes:
        if _plain(quote) not in held:
            yield _found(
                "quotation",
                unit,
                f"“{quote}” is not, word for word, what the register holds.",
                "Quote the words as they are held, or take the quotation marks away.",
            )


def _plain(text: str) -> str:
    """Words without their marks: quotations nest with other marks, and end without a stop."""
    flat = re.sub("[“”‘’'\"]", "", curled(text))
    return " ".join(flat.split()).rstrip(".")


def _bodies(unit: Unit, cited: Cited) -> Iterator[Finding]:
    left = unit.bare if unit.kind != "numbered" else ""
    seen: set[str] = set()
    for name, key in body_names(cited.sheet):
        pattern = standing_alone(name)
        if not pattern.search(left):
            continue
        left = pattern.sub("“”", left)
        if key in cited.bodies or key in seen or _held_within(name, cited):
            continue
        seen.add(key)
        yield _found(
            "body",
            unit,
            f"The sentence names {name}, which none of its facts is about.",
            "Name the body its facts are about, or cite the fact about this one.",
        )


def _held_within(name: str, cited: Cited) -> bool:
    """Whether the name stands within words that a cited fact holds, such as a title."""
    pattern = standing_alone(curled(name))
    others = [f.said for f in cited.facts if not isinstance(f.said, BodyFact)]
    texts = [said.title for said in others if isinstance(said, ItemFact)]
    return any(pattern.search(text) for text in texts)


def _doers(unit: Unit, cited: Cited) -> Iterator[Finding]:
    """Who does or says a thing is whose item, or whose check, it is."""
    items, promises = cited.of(ItemFact), cited.of(CommitmentFact)
    owners = {item.owner for item in items}
    checkers = {e.checked_by for e in cited.of(EvidenceFact) if e.checked_by}
    for name, key in body_names(cited.sheet):
        does = standing_alone(name, then=_DOES).search(unit.bare)
        wrong = does and owners and key not in owners and not _is_part(name, unit, does.start())
        checks = standing_alone(name, then=_CHECKED).search(unit.bare)
        if wrong or (checks and key not in checkers and (items or promises)):
            yield _found(
                "body",
                unit,
                f"The sentence says of {name} what its facts say of another body.",
                "Name the body whose action or check it is.",
            )


def _is_part(name: str, unit: Unit, start: int) -> bool:
    """Whether a name found is only part of a longer one ("NHS England and NHS Improvement")."""
    return bool(re.search(r"\b(?:and|of) (?:the )?$", unit.bare[:start])) and name in unit.bare


def _names(unit: Unit, cited: Cited) -> Iterator[Finding]:
    known = [
        *cited.strings,
        *(name for name, key in body_names(cited.sheet) if key in cited.bodies),
    ]
    people = [a.name or "" for _f, a in cited.sheet.of(AddresseeFact)]
    people += [s.name for _f, s in cited.sheet.of(SignatoryFact)]
    people += [name for letter in cited.of(LetterFact) for name in letter.to]
    text = MONTH.sub("", DATE.sub("", unit.bare))
    for found in _NAME.findall(text) + _ACRONYM.findall(text):
        parts = found.split()
        while parts and parts[0] in _OPENERS:
            parts = parts[1:]
        name = " ".join(parts)
        if len(parts) < 2 and not name.isupper():
            continue
        if not any(name.casefold() in text.casefold() for text in (*known, *people)):
            yield _found(
                "name",
                unit,
                f"The sentence names “{name}”, which its facts do not.",
                "Use the name the register holds, or cite the fact that holds this one.",
            )


def _references(unit: Unit, cited: Cited) -> Iterator[Finding]:
    held = {fact.ref for fact in cited.facts}
    text = " ".join(cited.strings)
    for ref in _REF.findall(unit.bare):
        if ref not in held and ref not in text:
            yield _found(
                "reference",
                unit,
                f"The sentence gives the reference {ref}, which its facts do not.",
                "Put the reference its facts hold.",
            )
