"""One entry of a list: what is to be done, by whom, with whom, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bot.domain.deadlines import NO_DEADLINE
from bot.domain.pasted import dating, leading, naming
from bot.domain.pasted.values import Named, Reading
from bot.domain.pasted.words import LABEL

_SEGMENT = re.compile(
    r"(?P<rest>.*)(?:\s+[–—-]+\s+|\s*[–—]\s*|\s*[;|]\s*|\.\s+(?=[A-Z@]))(?P<last>\S.*?)[\s.;]*$"
)
_BRACKETED = re.compile(r"(?P<rest>.*?)\s*[(\[](?P<last>[^()\[\]]+)[)\]][\s.;]*$")
_AFTER_COMMA = re.compile(r"(?P<rest>.*?)\s*,\s*(?P<last>[^,]+?)[\s.;]*$")
_DONE_BY = re.compile(r"(?P<rest>.*)\s+by\s+(?P<last>[^,;]+?)[\s.;]*$")
_FRONT = re.compile(r"(?P<first>[^,–—:|]+?)(?:\s+[–—-]+\s+|[:,]\s+|\s+[–—|])")
_SUPPORTED_BY = re.compile(
    r"\s*[,;(]?\s*\b(?:supported\s+by|with\s+(?:the\s+)?support\s+(?:of|from))\s+"
    r"(?P<last>[^,;()]+?)[\s.;)]*$",
    re.I,
)
_PIECES = re.compile(r"\s*[,;/]\s*|\s+[–—-]+\s+")
_VALUE_ENDS = re.compile(r"\s*[;|)\]]\s*|\s+[–—-]\s+|\n|(?<=[a-z]{3})\.\s+(?=[A-Z@])")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What has been found so far, and the text that is left."""

    text: str
    owner: tuple[Named, ...] = ()
    supporters: tuple[Named, ...] = ()
    due: str = ""
    due_question: str | None = None
    labels: frozenset[str] = field(default_factory=frozenset)


def entry(text: str, reading: Reading, known: Entry | None = None) -> Entry:
    """Read one entry; what a table or a heading has said already is `known`."""
    found = _labelled(replace(known, text=text) if known else Entry(text=text), reading)
    while True:
        shorter = _without_tail(found, reading)
        if shorter is None:
            break
        found = shorter
    found = _front_date(found, reading)
    if not found.due:
        dated = dating.taken_out(found.text, reading)
        found = replace(found, text=dated.text, due=dated.words, due_question=dated.question)
        shorter = _without_tail(found, reading)
        found = shorter if shorter is not None else found
    found = _front_date(_led(found, reading), reading)
    return replace(found, text=title(found.text))


def owner_of(found: Entry) -> Named:
    """The one who owns it, as far as the words say; of several the first, and asked."""
    if not found.owner:
        return naming.nobody()
    first = found.owner[0]
    leads = first.words.endswith("(lead)")
    if len(found.owner) == 1 or leads or first.question is not None:
        return first
    listed = " and ".join(each.words for each in found.owner)
    question = f"“{listed}”: choose the one who owns it; the others support."
    return replace(first, question=question)


def supporters_of(found: Entry) -> tuple[Named, ...]:
    """Everybody else who is named for it."""
    others = (*found.owner[1:], *found.supporters)
    return tuple(dict.fromkeys(others))


def _labelled(found: Entry, reading: Reading) -> Entry:
    """Take "Owner: …", "Due: …" and the like out of the text, wherever they stand."""
    text = found.text
    marks = list(LABEL.finditer(text))
    if not marks:
        return found
    kept = [text[: marks[0].start()].rstrip(" ([–—-")]
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        value, rest = _value(text[mark.end() : end])
        name = str(mark.lastgroup)
        taken = by_label(found, name, value, reading)
        if taken is None:
            kept.append(text[mark.start() : end].rstrip())
            continue
        found = replace(taken, labels=taken.labels | {name})
        kept.append(value if name == "what" else "")
        kept.append(rest)
    return replace(found, text=" ".join(" ".join(kept).split()))


def _value(text: str) -> tuple[str, str]:
    """The value of a label, and what follows it."""
    ends = _VALUE_ENDS.search(text)
    if ends is None or not text[: ends.start()].strip():
        return text.strip(" .;,()[]"), ""
    bracket = text[: ends.start()].count("(") > 0 and text[ends.start() : ends.end()].strip() == ")"
    at = ends.end() if bracket else ends.start()
    return text[:at].strip(" .;,"), text[ends.end() :].strip(" .;,()[]")


def by_label(found: Entry, name: str, value: str, reading: Reading) -> Entry | None:
    """The entry with what a label or a column says; nothing where that was said already."""
    if name == "what":
        return found
    if name == "due":
        return _with_due(found, value, reading)
    who = naming.names(value, reading, unknown=True)
    if not who and value:
        who = (naming.stranger(value),)
    if name == "support":
        return replace(found, supporters=(*found.supporters, *who))
    if found.owner:
        return None
    if led := leading.helped(value, reading):
        supporters = (*found.supporters, *led.supporters)
        return replace(found, owner=led.owner, supporters=supporters)
    return replace(found, owner=who)


def _with_due(found: Entry, value: str, reading: Reading) -> Entry | None:
    if found.due:
        return None
    if value and dating.deadline(value, reading) == NO_DEADLINE and not dating.is_empty(value):
        return replace(found, due=value, due_question=f"I cannot read a date in “{value}”.")
    return replace(found, due="" if dating.is_empty(value) else value)


def _without_tail(found: Entry, reading: Reading) -> Entry | None:
    """The entry without a last piece that says only who or when; nothing where it has none."""
    helped = _SUPPORTED_BY.search(found.text)
    others = naming.names(helped["last"], reading, unknown=True) if helped else ()
    if helped and others and helped.start():
        text = found.text[: helped.start()]
        return replace(found, text=text, supporters=(*found.supporters, *others))
    for pattern in (_SEGMENT, _BRACKETED, _AFTER_COMMA, _DONE_BY):
        tail = pattern.match(found.text)
        if tail is None or not tail["rest"].strip():
            continue
        # A name after a comma or "by" has to be somebody's whom the group knows.
        loose = pattern is _SEGMENT and bool(found.due)
        if pattern is _AFTER_COMMA and tail["last"].count(")") > tail["last"].count("("):
            continue
        if pattern is _DONE_BY and dating.is_date(tail["last"], reading):
            continue
        taken = _aside(found, tail["last"], reading, unknown=loose)
        if taken is not None:
            return replace(taken, text=tail["rest"])
    return None


def _aside(found: Entry, words: str, reading: Reading, *, unknown: bool) -> Entry | None:
    """What a piece beside the sentence says, if it says only who or when."""
    if not found.due and dating.is_date(words, reading):
        return replace(found, due=words.strip(" .;,"))
    if not found.owner:
        who = naming.names(words, reading, unknown=unknown)
        if who:
            return replace(found, owner=who)
    pieces = _PIECES.split(words)
    if len(pieces) == 1:
        return None
    for piece in pieces:
        taken = _aside(found, piece, reading, unknown=False)
        if taken is None:
            return None
        found = taken
    return found


def _front_date(found: Entry, reading: Reading) -> Entry:
    """ "30/09/2022 – Priya Nair – publish it": a list that begins with the day."""
    lead = _FRONT.match(found.text)
    if lead is None or not dating.is_date(lead["first"], reading):
        return found
    if found.due and found.due.casefold() != lead["first"].strip().casefold():
        return found
    return replace(found, due=lead["first"].strip(), text=found.text[lead.end() :].strip())


def _led(found: Entry, reading: Reading) -> Entry:
    """The entry without whom its sentence begins with: "Priya to …", "RCR: …"."""
    if found.owner:
        # "Owner: Priya" and "Priya to …" say the same thing twice.
        return replace(found, text=leading.without(found.text, found.owner, reading))
    led = leading.led(found.text, reading)
    if led is None:
        return found
    supporters = (*found.supporters, *led.supporters)
    return replace(found, owner=led.owner, supporters=supporters, text=led.rest)


def title(text: str) -> str:
    """What is to be done, as a title."""
    plain = " ".join(text.strip(" \t.;,:*_–—-|").split())
    plain = re.sub(r"^(?:to|please|please\s+to)\s+", "", plain, flags=re.I)
    if plain.count("(") > plain.count(")"):
        plain = plain.rstrip("( ")
    return plain[:1].upper() + plain[1:]
