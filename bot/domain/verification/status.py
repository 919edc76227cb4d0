"""Wording no stronger than its evidence, and the same position that the facts hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.domain.deadlines import long_date
from bot.domain.facts import (
    CommitmentCounts,
    CommitmentFact,
    EvidenceFact,
    ItemFact,
    Position,
    ReportFact,
    StatementFact,
)
from bot.domain.letter_writing.words import NUMBERS
from bot.domain.register import Delivery, Status
from bot.domain.verification.findings import Finding, finding
from bot.domain.verification.reading import Cited, Unit, dates_in

_DONE = (
    r"complete|completed|published|implemented|delivered|achieved|finished|in place|done|closed"
    r"|resolved|fulfilled|concluded|launched|introduced|established"
)
_ASSERTS = re.compile(rf"\b(?:{_DONE})\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\breports? (?:that|this)\b|\breported (?:on [^,;.]*that|complete\b)|\bReported complete\b"
)
_DENIES = re.compile(r"\b(?:not|no|never|cannot|without)\b[^.;:]{0,60}$", re.IGNORECASE)
_SAID = {
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.OFF_TRACK: "off track",
    Status.BLOCKED: "held up",
    Status.PAUSED: "paused",
    Status.NOT_STARTED: "not started",
    Status.COMPLETE: "that this was complete",
}
_ROW_OPENS = {
    "Complete": {Position.COMPLETE},
    "Reported complete": {Position.CLAIMED},
    "Not started": {Position.NOT_STARTED},
    "Paused": {Position.PAUSED},
    "No report yet": {Position.NOT_REPORTED},
    "In progress": {Position.IN_PROGRESS},
}
_COUNTED = {
    "complete": "complete",
    "reported complete": "claimed",
    "in progress": "in_progress",
    "not started": "not_started",
    "paused": "paused",
    "withdrawn": "withdrawn",
    "standing promises?": "standing",
    "late": "late",
}


def check(unit: Unit, cited: Cited) -> Iterator[Finding]:
    """What a unit says of a position that its facts do not say, or say less firmly."""
    yield from _strength(unit, cited)
    yield from _reported(unit, cited)
    yield from _of_which_date(unit, cited)
    yield from _passed(unit, cited)
    yield from _counts(unit, cited)
    yield from _statements(unit, cited)
    if unit.kind == "row":
        yield from _row(unit, cited)


def _found(rule: str, unit: Unit, message: str, mending: str) -> Finding:
    return finding(rule, message, mending=mending, sentence=unit.text, facts=unit.facts)


def _strength(unit: Unit, cited: Cited) -> Iterator[Finding]:
    items, promises = cited.of(ItemFact), cited.of(CommitmentFact)
    verified = any(item.verified for item in items) or any(
        promise.position is Position.COMPLETE for promise in promises
    )
    claimed = verified or any(item.delivery is Delivery.COMPLETE for item in items)
    hedged = bool(_HEDGE.search(unit.bare))
    for item, task in cited.tasks:
        if re.search(rf"\b(?:has|have) (?:\w+ )?{re.escape(task.done)}", unit.bare):
            enough = item.verified or (hedged and item.delivery is Delivery.COMPLETE)
            if not enough:
                yield _too_strong(unit, item.title)
    if cited.of(CommitmentCounts) or unit.kind == "numbered":
        return
    left = cited.without_held(unit.text)
    if cited.of(ReportFact):
        left = left.replace("published", "")
    for word in _ASSERTS.finditer(left):
        denied = _DENIES.search(left[: word.start()])
        if denied and verified and not hedged and not promises:
            yield _found(
                "status",
                unit,
                f"The sentence denies “{word[0]}”, and the register holds checked evidence of it.",
                "Say what the register holds.",
            )
        if not denied and not (verified or (hedged and claimed)):
            yield _too_strong(unit, word[0])


def _too_strong(unit: Unit, what: str) -> Finding:
    return _found(
        "strength",
        unit,
        f"“{what}” is said to be done, and no checked evidence shows it.",
        "Say who reports it and when, or have the evidence checked first.",
    )


def _reported(unit: Unit, cited: Cited) -> Iterator[Finding]:
    items = cited.of(ItemFact)
    held = {item.status for item in items if not item.verified}
    left = cited.without_held(unit.text)
    for status, words in _SAID.items():
        said = re.search(rf"(\bnot )?\b{words}\b", left.replace("had not started", "not started"))
        if said is None or cited.of(CommitmentCounts):
            continue
        if status is Status.NOT_STARTED and unit.cells and left.count("Not started"):
            continue
        if status not in held or said[1]:
            yield _found(
                "status",
                unit,
                f"The sentence says “{said[0]}”, which its owner did not report.",
                "Say what the owner reported last.",
            )


def _of_which_date(unit: Unit, cited: Cited) -> Iterator[Finding]:
    """What was said of one date is not said of another that was agreed afterwards."""
    before = {item.said_before_move for item in cited.of(ItemFact) if item.status is not None}
    of_new = re.search(r"\bfor the new date\b|\bthis date was at risk\b", unit.bare)
    of_old = re.search(r"\bthe earlier date\b", unit.bare)
    if (before == {True} and of_new) or (before == {False} and of_old):
        yield _found(
            "status",
            unit,
            "The sentence says of one date what its owner reported of another.",
            "Say which date was in force when the owner reported.",
        )


def _passed(unit: Unit, cited: Cited) -> Iterator[Finding]:
    past = [item.overdue for item in cited.of(ItemFact)]
    past += [promise.late for promise in cited.of(CommitmentFact)]
    said = re.search(r"\bhas (not )?passed\b", unit.bare)
    if said and (not any(past) or said[1]):
        yield _found(
            "status",
            unit,
            "The sentence and the register do not agree on whether the date has passed.",
            "Say of the date what the register holds.",
        )
    if past and all(past) and re.search(r"\b(?:is|are) to\b", unit.bare):
        yield _found(
            "status",
            unit,
            "The date has passed, and the sentence reads as if it were still to come.",
            "Say that the date has passed.",
        )


def _counts(unit: Unit, cited: Cited) -> Iterator[Finding]:
    for counts in cited.of(CommitmentCounts):
        for words, name in _COUNTED.items():
            pattern = rf"\b(\w+) (?:is|are) (?:a )?(not )?{words}\b"
            for number, denied in re.findall(pattern, unit.bare, re.IGNORECASE):
                held, said = getattr(counts, name), _number(number)
                if said is not None and (held != said or denied):
                    yield _found(
                        "figure",
                        unit,
                        f"The register counts {held} that way, and the sentence says {number}.",
                        "Put the number that the register counts.",
                    )


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    lowered = word.lower()
    return NUMBERS.index(lowered) if lowered in NUMBERS else {"none": 0}.get(lowered)


def _statements(unit: Unit, cited: Cited) -> Iterator[Finding]:
    unproved = [said for said in cited.of(StatementFact) if not said.verified]
    only_quoted = not unit.bare.replace("“”", "").strip(" .")
    says_so = re.search(r"\b(?:do not yet hold|made)\b", unit.bare)
    if unproved and not only_quoted and not says_so:
        yield _found(
            "statement",
            unit,
            "The sentence rests on an earlier statement for which no checked evidence is held.",
            "Say that the evidence is not held, or rest the sentence on something else.",
        )


def _row(unit: Unit, cited: Cited) -> Iterator[Finding]:
    promises = cited.of(CommitmentFact)
    if len(promises) != 1 or len(unit.cells) != 5:
        return
    promise = promises[0]
    words, promised, position, _reason, new = unit.cells
    late = position.startswith("Late.")
    opens = position.removeprefix("Late.").strip().partition(".")[0].strip()
    if late != promise.late:
        yield _wrong(unit, "late" if promise.late else "not late")
    allowed = _ROW_OPENS.get(opens)
    if allowed is not None and promise.position not in allowed:
        yield _wrong(unit, promise.position.value)
    if promise.words.rstrip(".") not in words.replace("’", "'") and not _same(promise, words):
        yield _wrong(unit, "promised in other words")
    held = {promise.latest} if promise.latest else set()
    if not set(dates_in(promised)) <= held:
        yield _wrong(unit, f"promised for {_day(promise.latest)}")
    now = {promise.due_on, promise.next_on}
    if not set(dates_in(new)) <= now:
        yield _wrong(unit, f"now due {_day(promise.due_on)}")
    checked = [e for e in cited.of(EvidenceFact) if e.holds]
    if promise.position is Position.COMPLETE and not checked:
        yield _wrong(unit, "complete, on evidence that the row does not cite")


def _same(promise: CommitmentFact, cell: str) -> bool:
    flat = re.sub("[“”‘’'\"]", "", promise.words).rstrip(".")
    return flat in re.sub("[“”‘’'\"]", "", cell)


def _day(day: date | None) -> str:
    return long_date(day) if day else "no day"


def _wrong(unit: Unit, what: str) -> Finding:
    return _found(
        "status",
        unit,
        f"By the register this commitment is {what}, and its row says otherwise.",
        "Put into the row what the register holds.",
    )
