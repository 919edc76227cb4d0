"""Nothing left out: each promise and recommendation once, the late on page one, true names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.deadlines import long_date
from bot.domain.facts import (
    AddresseeFact,
    BlockerFact,
    CommitmentFact,
    ContactFact,
    DateChangeFact,
    FactSheet,
    Position,
    RecommendationFact,
    SignatoryFact,
)
from bot.domain.letters import Letter
from bot.domain.verification.findings import Finding, finding
from bot.domain.verification.reading import Unit


def check(letter: Letter, sheet: FactSheet, units: Sequence[Unit]) -> Iterator[Finding]:
    """What the letter as a whole leaves out, says twice, or names wrongly."""
    yield from _promises(sheet, units)
    yield from _reasons(sheet, units)
    yield from _blockers(sheet, units)
    yield from _recommendations(sheet, units)
    yield from _parties(letter, sheet)
    if sheet.one(ContactFact) is None or not letter.contact:
        yield finding(
            "contact",
            "The letter gives nobody to write to.",
            mending="Set `contact` in the group's policy.",
            blocks=False,
        )


def _promises(sheet: FactSheet, units: Sequence[Unit]) -> Iterator[Finding]:
    for fact, promise in sheet.of(CommitmentFact):
        rows = sum(unit.kind == "row" and fact.number in unit.facts for unit in units)
        lines = sum(unit.kind == "bullet" and fact.number in unit.facts for unit in units)
        settled = promise.told_settled_on is not None
        if (rows, lines) != ((0, 1) if settled else (1, 0)):
            many = "not at all" if rows + lines == 0 else "more than once or in the wrong place"
            yield finding(
                "commitment",
                f"Commitment {fact.ref} is accounted for {many}.",
                mending=(
                    "Give it one line among those settled before."
                    if settled
                    else "Give it exactly one row of the table."
                ),
                facts=(fact.number,),
            )
        named = any(unit.opening and fact.number in unit.facts for unit in units)
        if (promise.late or promise.moved) and not named:
            yield finding(
                "page one",
                f"Commitment {fact.ref} is late or has moved, and page one does not say so.",
                mending="Name it on page one with its old date, its new one and the reason.",
                facts=(fact.number,),
            )


def _reasons(sheet: FactSheet, units: Sequence[Unit]) -> Iterator[Finding]:
    """A date that moved in silence is what DAO 02/20 calls unacceptable."""
    agreed = {
        fact.number: change
        for fact, change in sheet.of(DateChangeFact)
        if change.decided_on is not None and change.reason
    }
    for fact, promise in sheet.of(CommitmentFact):
        if not (promise.late or promise.moved) or promise.position is Position.STANDING:
            continue
        rows = [unit for unit in units if unit.kind == "row" and fact.number in unit.facts]
        held = list(_held(sheet, promise))
        for ref, change in held:
            day = long_date(change.new_on) if change.new_on else "the date it has"
            yield finding(
                "wording",
                f"The reason why {ref} moved is held in words that cannot stand in a letter.",
                mending=(
                    f"Have its owner write “{ref}: need until {day} because …” with the reason "
                    "alone (no “I” or “we”, no references), have that agreed, and draft again."
                ),
                sentence=rows[0].text if rows else "",
                facts=rows[0].facts if rows else (fact.number,),
            )
        if rows and not held and not any(n in agreed for row in rows for n in row.facts):
            yield finding(
                "reason",
                f"Commitment {fact.ref} is late or has moved, and the letter gives no reason.",
                mending="Have the owner ask for a new date with its reason, and draft again.",
                sentence=rows[0].text,
                facts=rows[0].facts,
            )


def _held(sheet: FactSheet, promise: CommitmentFact) -> Iterator[tuple[str, DateChangeFact]]:
    """The items whose date moved for a reason that is held in no words for a letter."""
    for ref in promise.items:
        for fact, change in sheet.about(DateChangeFact, ref):
            if fact.publish and change.decided_on and change.later and change.held:
                yield ref, change


def _blockers(sheet: FactSheet, units: Sequence[Unit]) -> Iterator[Finding]:
    """What holds an item up is told in words that a letter can give."""
    for fact, blocker in sheet.of(BlockerFact):
        found = [unit for unit in units if fact.number in unit.facts]
        if blocker.held and found:
            yield finding(
                "wording",
                f"What holds {fact.ref} up is held in words that cannot stand in a letter.",
                mending=(
                    f"Have its owner write “{fact.ref} is blocked by …” without “I”, “we” or "
                    "references, and draft again."
                ),
                sentence=found[0].text,
                facts=found[0].facts,
            )


def _recommendations(sheet: FactSheet, units: Sequence[Unit]) -> Iterator[Finding]:
    for fact, said in sheet.of(RecommendationFact):
        found = [u for u in units if u.kind == "numbered" and fact.number in u.facts]
        if len(found) != 1:
            yield finding(
                "recommendation",
                f"Recommendation {fact.ref} stands {len(found)} times in the list, not once.",
                mending="Give it exactly one entry, in the words held as published.",
                facts=(fact.number,),
            )
        answered = any(u.kind == "sentence" and fact.number in u.facts for u in units)
        if not answered:
            yield finding(
                "recommendation",
                f"The letter says nothing of what was done on recommendation {fact.ref}.",
                mending="Say what has been done on it, or that nothing has.",
                facts=(fact.number,),
            )
        wanted = said.words if said.confirmed else f"[{said.words}]"
        for unit in found:
            if unit.text != wanted:
                yield finding(
                    "quotation",
                    f"Recommendation {fact.ref} is not in the words that the register holds.",
                    mending="Put the words as they are held.",
                    sentence=unit.text,
                    facts=unit.facts,
                )
        if not said.confirmed:
            yield finding(
                "unconfirmed",
                f"Nobody has confirmed the words of recommendation {fact.ref}.",
                mending="Compare them with the published report and confirm them.",
                facts=(fact.number,),
            )


def _parties(letter: Letter, sheet: FactSheet) -> Iterator[Finding]:
    wanted = [said for _fact, said in sheet.of(AddresseeFact)]
    for said in wanted:
        if said.name is None:
            yield finding(
                "addressee",
                f"Nobody holds the post of {said.title} on the letter's date.",
                mending="Enter who holds it, or hold the letter until somebody does.",
            )
    names = [(said.name or said.title) for said in wanted]
    if [addressee.name for addressee in letter.addressees] != names or not wanted:
        yield finding(
            "addressee",
            "The addressees are not those who hold the posts on the letter's date.",
            mending="Address it to " + (", ".join(names) or "a post that the audience names") + ".",
        )
    signing = [said.name for _fact, said in sheet.of(SignatoryFact)]
    if [signatory.name for signatory in letter.signatories] != signing or not signing:
        yield finding(
            "signatory",
            "The signatories are not those who hold that role on the letter's date.",
            mending="Have it signed by " + (", ".join(signing) or "somebody given the role") + ".",
        )
    greeted = [said.salutation for said in wanted if said.salutation]
    missing = [s for s in greeted if not re.search(rf"\b{re.escape(s)}\b", letter.salutation)]
    if missing:
        yield finding(
            "addressee",
            f"The salutation leaves out {missing[0]}.",
            mending="Greet everybody that the letter is addressed to.",
        )
