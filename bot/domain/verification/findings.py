"""What the check of a letter finds, and whether that keeps it from being cleared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong: the rule, the sentence, the facts, and how to mend it.

    `key` stays the same while the same thing is wrong with the same sentence, so that an answer
    given to it holds. One that blocks keeps the letter from clearance until it is mended, or
    answered by a named person with a reason.
    """

    key: str
    rule: str
    sentence: str
    facts: tuple[int, ...]
    message: str
    mending: str
    blocks: bool = True


def finding(
    rule: str,
    message: str,
    *,
    mending: str,
    sentence: str = "",
    facts: tuple[int, ...] = (),
    blocks: bool = True,
) -> Finding:
    """A finding under the key that its rule, sentence and message make."""
    whole = "\n".join((rule, sentence, message))
    return Finding(
        key=f"{rule}-{hashlib.sha256(whole.encode()).hexdigest()[:10]}",
        rule=rule,
        sentence=sentence,
        facts=facts,
        message=message,
        mending=mending,
        blocks=blocks,
    )
