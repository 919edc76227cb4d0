"""Text that gives orders, about approvals, letters or its reader: it changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LISTED = 12
"""References named in one sentence at most."""

_NEVER = re.compile(
    r"\b(?:approve|clear|sign off|agree|accept|reject|refuse|send|submit|issue|release|publish"
    r"|withdraw"
    r"|edit|change|delete|amend|rewrite|update)\s(?:(?:the|this|that|my|our|all|any|every|draft"
    r"|final)\s)"
    r"{1,3}(?:letters?|drafts?|date changes?|requests?|clearances?|changes?|digests?|register|audit"
    r"|decisions?)\b",
    re.I,
)
_STATEMENT = re.compile(
    r"(?:\b(?:i|we|they|he|she|have|has|had|been|was|were|is|are|to|will|not)|'ll|'ve"
    r"|n't)\s+(?:\w+\s+)?$",
    re.I,
)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules?|prompts?"
    r"|guard(?:rails?)?|above|policy|policies|checks?)\b"
    r"|\bsystem (?:prompt|message|override)|^\W*(?:system|assistant|developer|user)\s*:"
    r"|\byou are (?:now )?(?:an?|the)\b.{0,30}\b(?:ai|assistant|model|bot|admin\w*|chair"
    r"|secretariat)\b"
    r"|\bact as\b|\bpretend (?:to be|you)\b|\b(?:as|with) (?:an? )?admin(?:istrator)?\b"
    r"|\b(?:return|output|respond with|reply with)\b.{0,20}\bjson\b|\b(?:sudo|drop table)\b",
    re.I,
)
_IMPERATIVE = re.compile(
    r"^\W*(?:please\s|now\s|then\s|and\s|also\s|just\s)*(?:mark|set|update|record|make|close|treat"
    r"|change|put|flag)\b",
    re.I,
)
NEVER = "Approvals, letters and the register are not changed by a reply: use their own buttons."
INSTRUCTION = (
    "Instructions in a reply are not followed; only what it says of your own items counts."
)


@dataclass(frozen=True)
class Judged:
    """Whether a sentence is to be left out, why, and whether it tries to instruct its reader."""

    refusal: str | None = None
    instructs: bool = False


def judge(sentence: str, *, suspicious: bool = False) -> Judged:
    """What a sentence tries; after an attempt to instruct (`suspicious`) no imperative counts."""
    if _INSTRUCTION.search(sentence):
        return Judged(INSTRUCTION, instructs=True)
    never = _NEVER.search(sentence)
    if never and not _STATEMENT.search(sentence[: never.start()]):
        return Judged(NEVER)
    if suspicious and is_imperative(sentence):
        return Judged(INSTRUCTION)
    return Judged()


def is_imperative(text: str) -> bool:
    """Whether a text tells its reader to record something."""
    return _IMPERATIVE.match(text) is not None


def foreign(refs: tuple[str, ...], asked: Sequence[str]) -> str:
    """Why nothing was done about items that were not asked about, and which were."""
    theirs = ", ".join(asked[:LISTED]) + (" and others" if len(asked) > LISTED else "")
    return (
        f"{', '.join(refs)}: not among the items you were asked about, so nothing was changed "
        f"there. You can answer for {theirs}."
    )
