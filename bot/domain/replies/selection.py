"""Which of the items asked about a piece of text names: by reference, order, title or all."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from bot.domain.replies import strange
from bot.domain.replies.cleaning import ORDER_MARK
from bot.domain.replies.values import AskedItem

_REF = re.compile(r"(?<![\w/#-])(?:action |item )?#?([A-Za-z]{1,4})[-‐‑–]?(\d{1,5})(?![\w-]|/\d)")
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
_ORDINALS |= {"4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "former": 1, "latter": -1, "last": -1}
_ORDER = re.compile(
    rf"{ORDER_MARK}(?P<mark>\d{{1,2}})|\b(?:number |no\.? ?|item |action |#)(?P<number>\d{{1,2}})\b"
    r"(?! ?%)|\b(?:the )?(?P<ordinal>"
    + "|".join(_ORDINALS)
    + r")\b(?: (?:one|item|action|of (?:them"
    r"|these|the two)))?(?=[\s:,-]*(?:is|'s|isn't|was|has|hasn't|done|complete|on track|at risk|off"
    r"|blocked|still|needs?|will|finished|published|no|not|waiting|and|also|should|amber|red|green"
    r"|paused|withdrawn|took|went|gone)\b|[\s:,.!?-]*$|'s)|\bone(?P<one>)(?= (?:is|of))",
    re.I,
)
_ALL = re.compile(
    r"\b(?:both|everything|every one|the lot)\b|\ball(?= (?:(?:of )?(?:them|these|those|my"
    r"|the above"
    r"|items|actions)|two|three|four|five|six|\d|are|but|except|now|still|done|complete|completed"
    r"|on|at|good"
    r"|fine|ok|okay|blocked|green|amber|red|finished|unchanged|delivered|published|sorted|off"
    r"|paused|as)\b)|^all$",
    re.I,
)
_EXCEPT = re.compile(r"\b(?:but|except(?: for)?|apart from|bar|other than|save|excluding)\b", re.I)
_REST = re.compile(
    r"\b(?:the )?(?:rest|others|remaining (?:ones|items|two|three)|everything else)\b", re.I
)
_OTHER_ONE = re.compile(r"\bthe other(?: one| item| action)?\b(?! (?:day|side|hand|team))", re.I)
_WORD = re.compile(r"[a-z][a-z0-9]+", re.I)
_COMMON = frozenset(
    re.findall(
        r"\S+",
        """
    about above action after agree agreed all and any are complete completed date deliver
    delivered
    done draft each finish finished first for from group have item last letter more need new next
    not now off one only out over plan publish published ready report risk second send sent set
    some start status that the their them then these they this those track two update when which
    will with work write waiting blocked legal team month week open closed of to on in by an as
    is
    it or be at no so we
""",
    )
)


@dataclass(frozen=True)
class Named:
    """References of the items named, in order; those nobody asked about; where they stand.

    `left_out` are those that "all but" excludes; `relative` is set where "the rest" or "the
    other" leans on what else was named.
    """

    items: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    left_out: tuple[str, ...] = ()
    relative: bool = False


class Asked:
    """The items asked about, ready to be recognised in text."""

    def __init__(self, items: Sequence[AskedItem]) -> None:
        self.items = sorted(items, key=lambda item: item.order)
        self.refs = [item.ref for item in self.items]
        self._by_key = {_key(item.ref): item.ref for item in self.items}
        self._prefixes = {_key(item.ref)[0] for item in self.items}
        self.words = {item.ref: _title_words(item.title) for item in self.items}

    def distinct(self, ref: str) -> set[str]:
        """Words of this title that stand in no other."""
        others = (self.words[other] for other in self.refs if other != ref)
        return self.words[ref].difference(*others)

    def named(self, text: str, mentioned: Sequence[str] = ()) -> Named:
        """The items that `text` names; `mentioned` are those the whole message has named."""
        items, foreign, spans = self._by_ref(text)
        if len(self.refs) > 1:
            by_order, order_spans = self._by_order(text)
            items, spans = items + by_order, spans + order_spans
            together, all_spans = self._together(text, items, mentioned)
            if together is not None:
                left_out = tuple(ref for ref in self.refs if ref not in together)
                return Named(
                    items=tuple(together),
                    foreign=tuple(foreign),
                    spans=tuple(spans + all_spans),
                    left_out=left_out,
                    relative=not _ALL.search(text) or _REST.search(text) is not None,
                )
            if not items and not foreign:
                items, spans = self._by_title(text)
        return Named(tuple(dict.fromkeys(items)), tuple(foreign), tuple(spans))

    def _by_ref(self, text: str) -> tuple[list[str], list[str], list[tuple[int, int]]]:
        items: list[str] = []
        foreign: list[str] = []
        spans = []
        for match in _REF.finditer(text):
            prefix, number = match[1].casefold(), match[2]
            ref = self._by_key.get((prefix, int(number)))
            if ref:
                items.append(ref)
                spans.append(match.span())
            elif prefix in self._prefixes:
                foreign.append(match[0])
                spans.append(match.span())
        for mark, span in strange.marks(text, self._prefixes):
            if not any(start < span[1] and span[0] < end for start, end in spans):
                ref = self._by_number(mark)
                (items if ref else foreign).append(ref or mark)
                spans.append(span)
        return items, foreign, spans

    def _by_number(self, mark: str) -> str | None:
        """The item with this place in the list, or else this number in its reference."""
        letters, number = _key(mark)
        if letters in self._prefixes:
            return self._by_key.get((letters, number))
        if "-" in mark or letters not in ("", "item", "action"):
            return None
        if 1 <= number <= len(self.refs):
            return self.refs[number - 1]
        numbered = [ref for ref in self.refs if _key(ref)[1] == number]
        return numbered[0] if len(numbered) == 1 else None

    def _by_order(self, text: str) -> tuple[list[str], list[tuple[int, int]]]:
        items = []
        spans = []
        for match in _ORDER.finditer(text):
            number = match["mark"] or match["number"]
            place = int(number) if number else _ORDINALS.get((match["ordinal"] or "").casefold(), 0)
            if place == -1:
                place = len(self.refs)
            if 1 <= place <= len(self.refs):
                items.append(self.refs[place - 1])
                spans.append(match.span())
        return items, spans

    def _together(
        self, text: str, items: Sequence[str], mentioned: Sequence[str]
    ) -> tuple[list[str] | None, list[tuple[int, int]]]:
        rest = _REST.search(text)
        if rest:
            return [ref for ref in self.refs if ref not in mentioned], [rest.span()]
        other = _OTHER_ONE.search(text)
        if other and not items:
            left = [ref for ref in self.refs if ref not in mentioned]
            return (left if len(left) == 1 else []), [other.span()]
        every = _ALL.search(text)
        if not every:
            return None, []
        if every[0].casefold() == "both" and len(self.refs) != 2:
            return None, []
        exception = _EXCEPT.search(text, every.end())
        if not exception:
            return list(self.refs), [every.span()]
        left_out = self.named(text[exception.end() :]).items
        if not left_out:
            return [], [every.span()]
        spans = [every.span(), (exception.start(), len(text))]
        return [ref for ref in self.refs if ref not in left_out], spans

    def _by_title(self, text: str) -> tuple[list[str], list[tuple[int, int]]]:
        items = []
        spans = []
        for ref in self.refs:
            distinct = self.distinct(ref)
            found = [m.span() for m in _WORD.finditer(text) if _stem(m[0]) in distinct]
            if found:
                items.append(ref)
                spans += found
        return items, spans


def _key(ref: str) -> tuple[str, int]:
    match = re.fullmatch(r"\W*([A-Za-z]*)\W*(\d*)\W*", ref)
    return (match[1].casefold(), int(match[2] or 0)) if match else (ref.casefold(), 0)


def _title_words(title: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(title)} - _COMMON - {""}


def _stem(word: str) -> str:
    word = word.casefold()
    if word in _COMMON:
        return ""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def is_title_word(word: str, words: Set[str]) -> bool:
    """Whether a word stands in a title, whatever its number or its ending in -ing or -ed."""
    stem = _stem(word)
    if stem in words:
        return True
    return len(stem) >= 5 and any(title.startswith(stem[:5]) for title in words)
