"""The one door for text from outside: what may not be kept is taken out here.

Taken out: NHS, CHI and Health and Care numbers, and labelled dates of birth. A number that
somebody labels goes even when its check digit fails; an unlabelled one goes when the check
passes and nothing near it says telephone, contract or the like, since one ten-digit number
in eleven passes by chance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import identifiers
from bot.domain.text import GuardedText

_KINDS = ("NHS number", "CHI number", "H&C number", "date of birth")
_NHS, _CHI, _HC, _BIRTH = _KINDS
_FEWEST_DIGITS = 8
_REACH = 80
_PASSES = 6

_MARK = r"\[(?:" + "|".join(re.escape(kind) for kind in _KINDS) + r") removed\]"
_TOKEN = re.compile(rf"(?P<mark>{_MARK})|(?P<run>\d(?:[\W_]{{0,4}}\d)*)", re.A)
_STRICT_RUN = re.compile(r"\d(?:[\s.\-]{0,3}\d)*")
_NUMBER = r"[\W_]{0,3}(?:number|num|nos?|id|identifier|#)s?(?![a-z])"
_LABEL = re.compile(
    rf"(?P<nhs>(?<![a-z])(?<!\[)nhs{_NUMBER}|(?<![a-z])nhs#)"
    rf"|(?P<chi>(?<![a-z\[])chi(?:{_NUMBER}|[\W_]{{0,3}}$))"
    rf"|(?P<hc>(?<![a-z\[])(?:h\s?(?:&amp;|&|and|\+|/)\s?c{_NUMBER}|hcn(?![a-z])"
    rf"|health\s(?:and|&|&amp;)\s(?:social\s)?care{_NUMBER}))",
    re.I,
)
_BARE_NHS = re.compile(r"(?<![a-z])nhs[\W_]{0,4}$", re.I)
_TIGHT = re.compile(r"[\W_]*(?:is|was|are|of|reads|given as)?[\W_]*", re.I)
_OTHER = (
    r"(?:tel(?:ephone)?|phone|ph|mob(?:ile)?|fax|call|ring|dial|ext(?:ension)?|helpline|switchboard"
    r"|contact|contract|p\.?o|purchase order|ref(?:erence|s)?|invoice|order|ticket|account|acct"
    r"|a/c|company|charity|vat|utr|incident|inc|chg|tender|notice|grant|isbn|doi|serial|barcode"
    r"|sort code|cost centre|project|licence|supplier|framework|lot|foi|crn|duns)"
)
_OTHER_BEFORE = re.compile(rf"(?<![a-z<]){_OTHER}(?![a-z])|£|\+\d{{0,3}}\W?$", re.I)
_OTHER_AFTER = re.compile(
    rf"\W{{0,3}}(?:(?:is|was)\s+)?(?:(?:the|our|my|a|their)\s+)?{_OTHER}(?![a-z])", re.I
)
_PATIENT = re.compile(r"(?<![a-z])(?:patient|pt|complainant|hospital number|mrn)(?![a-z])", re.I)
_LABEL_AFTER = re.compile(
    rf"\s{{0,3}}(?:[(\[]\s?|(?:is|was|=|being)\s(?:\w+(?:['’]s)?\s){{0,3}})"
    rf"(?:(?P<nhs>nhs{_NUMBER})|(?P<chi>chi(?:{_NUMBER}|\b))|(?P<hc>h\s?(?:&|&amp;|and)\s?c\b))",
    re.I,
)
_LISTED = re.compile(r"[\s,;/|&+)>.\-]{0,6}(?:and|or|also|then)?\s{0,3}(?:<tel:)?", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:\d{{1,4}}\s?[/.\- ]\s?\d{{1,2}}\s?[/.\- ]\s?\d{{2,4}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s\-]+(?:of\s)?{_MONTH},?[\s\-]+\d{{2,4}}"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{8}}(?!\d)|\d{{6}}(?!\d))"
)
_BORN = re.compile(
    rf"(?<![a-z\[])(?:d\.?o\.?b\.?|date[\s_]of[\s_]birth|birth[\s_]?(?:date|day)|born(?:\son)?)"
    rf"[\W_]{{0,5}}(?:(?:is|was)\s)?(?P<date>{_DATE})",
    re.I,
)


def guard(text: str) -> GuardedText:
    """What may be kept of a text; the kinds taken out, each once, in order of appearance.

    Everything else stays as it was, but control characters other than newline and tab,
    direction overrides and lone surrogates, which no store or reader has a use for.
    """
    text = _strip(text)
    births = list(_births(_Folded.of(text)))
    text = _cut_out(text, births)
    kinds = [cut.kind for cut in births]
    for attempt in range(_PASSES + 1):
        # The last pass takes every long run, so that what comes out would pass unchanged.
        cuts = list(_cuts(_Folded.of(text), blunt=attempt == _PASSES))
        if not cuts:
            break
        kinds += [cut.kind for cut in cuts]
        text = _cut_out(text, cuts)
    return GuardedText(text=text, redactions=tuple(dict.fromkeys(kinds)))


_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def _strip(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class _Cut:
    start: int
    end: int
    kind: str


def _cut_out(text: str, cuts: list[_Cut]) -> str:
    kept, at = [], 0
    for cut in sorted(cuts, key=lambda cut: cut.start):
        if cut.start >= at:
            kept += [text[at : cut.start], f"[{cut.kind} removed]"]
            at = cut.end
    return "".join([*kept, text[at:]])


@dataclass(frozen=True)
class _Folded:
    """A text with its look-alikes made plain; `at` gives each character's place in the source."""

    text: str
    at: range | list[int]

    @classmethod
    def of(cls, source: str) -> _Folded:
        if source.isascii():
            return cls(source, range(len(source)))
        letters: list[str] = []
        at: list[int] = []
        for place, character in enumerate(source):
            plain = character if character.isascii() else _plain(character)
            letters.append(plain)
            at += [place] * len(plain)
        return cls("".join(letters), at)

    def cut(self, start: int, end: int, kind: str) -> _Cut:
        return _Cut(self.at[start], self.at[end - 1] + 1, kind)


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return unicodedata.normalize("NFKC", character)


def _births(folded: _Folded) -> Iterator[_Cut]:
    for born in _BORN.finditer(folded.text):
        yield folded.cut(*born.span("date"), _BIRTH)


def _cuts(folded: _Folded, *, blunt: bool) -> Iterator[_Cut]:
    text = folded.text
    tokens = [
        token
        for token in _TOKEN.finditer(text)
        if token["mark"] or identifiers.count_digits(token["run"]) >= _FEWEST_DIGITS
    ]
    taken, end = None, 0
    for place, token in enumerate(tokens):
        if token["mark"]:
            taken, end = _kind_of_mark(token["mark"]), token.end()
            continue
        after_end = tokens[place + 1].start() if place + 1 < len(tokens) else len(text)
        around = _Around(
            before=text[max(end, token.start() - _REACH) : token.start()],
            after=text[token.end() : min(after_end, token.end() + _REACH)],
            taken=taken if _LISTED.fullmatch(text[end : token.start()]) else None,
        )
        spans = [(token.span(), _NHS)] if blunt else list(_numbers(token, around))
        yield from (folded.cut(*span, kind) for span, kind in spans)
        taken, end = (spans[-1][1] if spans else None), token.end()


def _kind_of_mark(mark: str) -> str | None:
    kind = mark[1 : -len(" removed]")]
    return None if kind == _BIRTH else kind


@dataclass(frozen=True)
class _Around:
    """What stands before and after a number, as far as the next one; the kind of a list."""

    before: str
    after: str
    taken: str | None

    def label(self) -> tuple[str | None, bool]:
        """The kind that the nearest label gives, and whether only a verb lies between."""
        if self.taken:
            return self.taken, True
        if _BARE_NHS.search(self.before):
            return _NHS, False
        labels = list(_LABEL.finditer(self.before))
        if labels and not _OTHER_BEFORE.search(self.before, labels[-1].end()):
            tight = _TIGHT.fullmatch(self.before, labels[-1].end()) is not None
            return _kind(labels[-1]), tight
        after = _LABEL_AFTER.match(self.after)
        return (_kind(after), True) if after else (None, False)

    def is_something_else(self) -> bool:
        if _PATIENT.search(self.before):
            return False
        if self.before[-1:].isalpha() and self.after[:1].isalpha():
            return True
        near = self.before[-40:]
        return bool(_OTHER_BEFORE.search(near) or _OTHER_AFTER.match(self.after))


def _kind(match: re.Match[str]) -> str:
    return {"nhs": _NHS, "chi": _CHI, "hc": _HC}[str(match.lastgroup)]


def _numbers(token: re.Match[str], around: _Around) -> Iterator[tuple[tuple[int, int], str]]:
    """The spans to take out of one run of digits, and their kind."""
    kind, tight = around.label()
    run, offset = token["run"], token.start()
    if kind is not None:
        spans = identifiers.labelled(run, tight=tight)
        yield from (((offset + start, offset + end), kind) for start, end in spans)
        if spans:
            return
    if around.is_something_else():
        return
    for strict in _STRICT_RUN.finditer(run):
        base = offset + strict.start()
        spans = identifiers.unlabelled(strict.group())
        yield from (((base + start, base + end), _NHS) for start, end in spans)
