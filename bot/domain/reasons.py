"""The reason in what somebody wrote to ask for a later date, as a letter may give it.

People write to a bot as they talk: an apology, a status, the date, and somewhere the reason. A
letter gives the reason alone, in their words, and only where it reads as a report of what they
said: no "I" or "our", no reference of the register, nothing asked. What cannot be given so stays
in the register, and somebody finds other words.
"""

from __future__ import annotations

import re

LONGEST = 300
"""Characters: what is longer is an account, not a reason."""

_MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june"
    r"|july|august|september|october|november|december)"
)
_DAY = rf"(?:\d|{_MONTHS}\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
_PERSONAL = re.compile(
    r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves|let['’]?s|you|your|yours)\b"
    r"|\b(?:I|we|you)['’]",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b[A-Za-z]{1,3}-\d{1,4}\b|\bA\d{2}\b")
_MARKUP = re.compile(r"https?://|www\.|\S@\S|[<>{}@#*_~`|“”\"]|(?<!\w):\w+:")
_TALK = re.compile(
    r"\b(?:sorry|apolog\w+|please|pls|thanks?|thank you|cheers|hello|hi|dear|at risk|on track"
    r"|off track|amber|red|green|tbc|more time|extension|asap|afraid|hope(?:fully)?)\b"
    r"|\bneeds? (?:until|till|to \d|another|a few|\d|two|three|four|five|six)\b"
    rf"|\b(?:until|till|to) (?:the )?(?:end of |mid[- ]|early |late )?{_DAY}"
    r"|[?!]|\.\.\.|…",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:because of|because|due to|owing to|on account of|as a result of|caused by|given that"
    r"|on the grounds that|(?:the )?reasons? (?:for (?:this|it|that) )?(?:is|was)(?: that)?"
    r"|reason:)\s+",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s+(?!(?:then|last|early|mid|late|yesterday|this|that|when|the (?:start|beginning|end"
    rf"|last|first|\d|letter|meeting)|{_DAY}))",
    re.IGNORECASE,
)
_AS = re.compile(
    r"(?<!\bas )(?<!\bsuch )(?<!\bsame )(?<!\bwell )(?<!\bsoon )(?<!\bfar )(?<!\blong )"
    r"\bas\s+(?=(?:the|a|an|this|that|these|those|its|their|his|her|it|they|there|no|some|all|both"
    r"|several|many|most|not|[a-z]+s)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|must|can|could|cannot|did|does|do|needs?|came"
    r"|went|took|takes|fell|left|lost|met|meets|ran|saw|sent|found|got|made|held|began|broke"
    r"|\w{3,}ed)\b",
    re.IGNORECASE,
)
# Where the reason stops and something else is said.
_END = re.compile(
    r"[;\n]|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bSt)(?<!\bNo)(?<!e\.g)(?<!i\.e)"
    r"\.(?=\s|$)|[!?]|\s[–—-]\s"
    r"|,?\s+(?:so|hence|therefore)\s+(?=(?:I|we|it|the|please|can|could|this|that|A-)\b)"
    r"|,\s+(?:and\s+|but\s+|so\s+)?(?=(?:I|we|can|could|please|may|need|sorry|thanks?|thank)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:it(?:['’]?s| is| was)|this is|that is|mainly|partly|just|only)\s+", re.IGNORECASE
)


_PIECES = re.compile(r"[;:,\n]|\.(?=\s|$)|\s[–—-]\s")
_AHEAD = re.compile(
    r"\b(?:will|shall|would|should|could|can|then|instead|when|once|if|unless|plan\w*|expect\w*)\b",
    re.IGNORECASE,
)
_EDGES = " .,;:–—-"


def reported(text: str, *, asked: str = "") -> str | None:
    """The reason alone, in the words it was given in, without a full stop; None where none is.

    `asked` is the new date in the words that asked for it: a text that holds them is a request
    with a reason in it, never a reason as a whole.
    """
    whole = " ".join(text.split())
    request = bool(asked) and " ".join(asked.split()).casefold() in whole.casefold()
    if not request and _fit(whole) and _TALK.search(whole) is None:
        return _trimmed(_without_lead(whole))
    for clause in _clauses(" \n".join(line.strip() for line in text.splitlines())):
        if _fit(clause):
            return _trimmed(clause)
    return _left_over(text, asked) if request else None


def _left_over(text: str, asked: str) -> str | None:
    """What a request says beside itself, where that is one thing that has happened."""
    found = []
    for clause in _PIECES.split(text):
        bare = " ".join(clause.split())
        own = asked.casefold() in bare.casefold() or _TALK.search(bare) or _AHEAD.search(bare)
        if not own and _fit(bare) and _VERB.search(bare):
            found.append(bare)
    return _trimmed(found[0]) if len(found) == 1 else None


def can_stand(text: str) -> bool:
    """Whether words can stand in a letter as what somebody is reported to have said."""
    bare = text.strip(_EDGES)
    unfit = (_PERSONAL, _REFERENCE, _MARKUP)
    return 0 < len(bare) <= LONGEST and not any(found.search(bare) for found in unfit)


def _without_lead(text: str) -> str:
    bare = _LEAD.sub("", text)
    marker = _STRONG.match(bare) or _SINCE.match(bare) or _AS.match(bare)
    return bare[marker.end() :] if marker else text


def _clauses(text: str) -> list[str]:
    """What follows each word that gives a reason, the plainest words first."""
    found = [_upto_end(text[mark.end() :]) for mark in _STRONG.finditer(text)]
    for pattern in (_SINCE, _AS):
        weak = (_upto_end(text[mark.end() :]) for mark in pattern.finditer(text))
        found += [clause for clause in weak if _VERB.search(clause)]
    return found


def _upto_end(text: str) -> str:
    end = _END.search(text)
    return " ".join((text[: end.start()] if end else text).split())


def _fit(text: str) -> bool:
    return " " in text.strip(_EDGES) and can_stand(text)


def _trimmed(text: str) -> str:
    return text.strip(" ,;:–—-").rstrip(".").strip()
