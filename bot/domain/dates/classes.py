"""Classes of tokens: what `<month>`, `<day>` or `<year>` in a pattern accepts, and its value.

Words that are also common ones ("may", "sat", "spring") are taken for times only where what
stands beside them says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.dates import figures
from bot.domain.dates import vocabulary as v
from bot.domain.dates.figures import Taken, Words, bare_word, kind_at, low_at
from bot.domain.dates.tokens import Token

_TIME_WORDS = frozenset().union(
    v.MONTHS, v.WEEKDAYS, v.WEEKDAY_PLURALS, v.SEASONS, v.COUNTS, v.ORDINALS, v.UNITS, v.EDGES,
    v.RECESSES,
)  # fmt: skip


def is_time_word(word: Token) -> bool:
    """Whether some class takes this word, wherever it stands."""
    return bare_word(word) in _TIME_WORDS


def _month(words: Words, at: int) -> Taken:
    low, after = bare_word(words[at]), low_at(words, at + 1)
    if low not in v.MONTHS:
        return None
    numbered = kind_at(words, at - 1) in ("number", "ordinal", "dm") or (
        low_at(words, at - 1) in ("-", "/", "of") and at > 1
    )
    if low in v.GIVEN_NAMES and not numbered and _is_somebody(words, at, after):
        return None
    if not _beside_time(words, at):
        return None
    return 1, v.MONTHS[low]


def _is_somebody(words: Words, at: int, after: str) -> bool:
    """Whether "may" is the verb here, or "April" a colleague."""
    if words[at].low == "may" and after in v.AFTER_MODAL_MAY:
        return True
    return words[at].low != "may" and after in v.AFTER_A_NAME and low_at(words, at - 1) in ("", ".")


def _beside_time(words: Words, at: int) -> bool:
    """Whether a word in small letters that has another meaning stands where a time would."""
    token = words[at]
    if token.low not in v.ALSO_COMMON or token.text[0].isupper() or len(words) <= 2:
        return True
    if kind_at(words, at + 1) in ("number", "ordinal", "short"):
        return True
    before = low_at(words, at - 1)
    return before in v.TIME_LEADS or kind_at(words, at - 1) in ("number", "ordinal", "dm")


def _weekday(words: Words, at: int) -> Taken:
    low = bare_word(words[at])
    return (1, v.WEEKDAYS[low]) if low in v.WEEKDAYS and _beside_time(words, at) else None


def _among(table: Mapping[str, Any]) -> Callable[[Words, int], Taken]:
    def take(words: Words, at: int) -> Taken:
        low = words[at].low
        return (1, table[low]) if low in table else None

    return take


def _season(words: Words, at: int) -> Taken:
    token = words[at]
    if token.low not in v.SEASONS or low_at(words, at + 1) in v.AFTER_SEASON_NAMES:
        return None
    lead = low_at(words, at - 1)
    lead = low_at(words, at - 2) if lead == "the" else lead
    dated = kind_at(words, at + 1) in ("pair", "dm", "short", "number")
    dated = dated or low_at(words, at + 2) == "year"
    joined = low_at(words, at + 1) in ("or", "/", "-") and low_at(words, at + 2) in v.SEASONS
    return (1, token.low) if dated or joined or len(words) <= 2 or lead in v.TIME_LEADS else None


def _of_kind(kind: str) -> Callable[[Words, int], Taken]:
    def take(words: Words, at: int) -> Taken:
        return (1, words[at].value) if words[at].kind == kind else None

    return take


def _quarter(letter: str) -> Callable[[Words, int], Taken]:
    def take(words: Words, at: int) -> Taken:
        token = words[at]
        fits = token.kind == "quarter" and token.low[0] == letter
        return (1, token.value[0]) if fits else None

    return take


_LONGEST_QUOTE = 40


def _rest(words: Words, at: int) -> Taken:
    """What follows up to the end of the clause, as somebody would quote it."""
    end, last = at, min(len(words), at + _LONGEST_QUOTE)
    while end < last and words[end].low not in (",", ";", ".", "!", "?", ")", "\n"):
        end += 1
    return (end - at, " ".join(word.text for word in words[at:end])) if end > at else None


def _whole(words: Words, at: int) -> Taken:
    """The end of the text, so that a bare duration counts only when nothing else is said."""
    alone = all(word.kind == "sign" or word.low in ("please", "thanks") for word in words[at:])
    return (len(words) - at, True) if alone else None


def _alone(words: Words, at: int) -> Taken:
    """No token at all: the beginning of the text, or a verb of needing before."""
    return (0, True) if at == 0 or low_at(words, at - 1) in _NEEDING else None


_NEEDING = v.one_of("need needs about want takes requires give me us :")


def _recess_name(words: Words, at: int) -> Taken:
    low = words[at].low
    return (1, _RECESSES.get(low, low)) if low in _RECESSES else None


_RECESSES = {name: name.removesuffix("sun") for name in v.RECESSES}


def _object(words: Words, at: int) -> Taken:
    """What is moved, in "move the deadline to": a few words before the date's own."""
    for end in range(at, min(at + 5, len(words))):
        if words[end].low in _AFTER_AN_OBJECT:
            return (end - at, True) if end > at and _is_moved(words, at, end) else None
        if words[end].kind != "word":
            return None
    return None


def _is_moved(words: Words, at: int, end: int) -> bool:
    """Whether a verb is meant: in "the revised guidance by March" it is an adjective."""
    if low_at(words, at - 2) not in _ARTICLES:
        return True
    return any(words[n].low in _MOVABLE for n in range(at, end))


_ARTICLES = v.one_of("the a an our your their its this that any")
_MOVABLE = v.one_of("date dates deadline deadlines target milestone timetable delivery completion")
_AFTER_AN_OBJECT = v.one_of(
    "from to by until till back right out left forward forwards along earlier later →"
)


def _tight(words: Words, at: int) -> Taken:
    """A dash that touches what stands on both sides of it: 6-10, but not "item 2 - 10 March"."""
    token = words[at]
    if token.low != "-" or not 0 < at < len(words) - 1:
        return None
    return (1, True) if words[at - 1].end == token.start == words[at + 1].start - 1 else None


_ROMAN_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii"
_ROMAN = {name: n for n, name in enumerate(_ROMAN_NUMERALS.split(), start=1)}

CLASSES: dict[str, Callable[[Words, int], Taken]] = {
    "month": _month,
    "weekday": _weekday,
    "weekdays": _among(v.WEEKDAY_PLURALS),
    "day": figures.day,
    "nth": figures.nth,
    "count": figures.count,
    "unit": lambda words, at: (
        _among(v.UNITS)(words, at)
        or ((1, v.UNITS[bare_word(words[at])]) if bare_word(words[at]) in v.UNITS else None)
    ),
    "year": figures.year,
    "yy": figures.short_year,
    "plainyear": figures.plain_year,
    "fiscal": figures.fiscal_pair,
    "season": _season,
    "edge": _among(v.EDGES),
    "q": _quarter("q"),
    "h": _quarter("h"),
    "iso": _of_kind("iso"),
    "isoweek": _of_kind("week"),
    "roman": _among(_ROMAN),
    "tight": _tight,
    "hour": figures.hour,
    "ymd": _of_kind("ymd"),
    "dmy": _of_kind("dmy"),
    "dm": _of_kind("dm"),
    "dayfirst": figures.day_first,
    "badday": figures.bad_day,
    "fourdigits": figures.four_digits,
    "dayalone": figures.day_alone,
    "ordinal": figures.ordinal,
    "monthyear": figures.month_year,
    "time": figures.time,
    "officetime": figures.office_time,
    "number": _of_kind("number"),
    "rest": _rest,
    "whole": _whole,
    "alone": _alone,
    "object": _object,
    "recessname": _recess_name,
}

# Classes that can match without taking a word.
EMPTY = frozenset(["alone", "whole"])

_KINDS = {
    "day": ("ordinal", "number"),
    "nth": ("ordinal",),
    "count": ("number",),
    "year": ("number", "short"),
    "yy": ("number",),
    "plainyear": ("number", "short"),
    "fiscal": ("pair", "dm", "number"),
    "q": ("quarter",),
    "h": ("quarter",),
    "dayfirst": ("dm",),
    "badday": ("number", "ordinal"),
    "fourdigits": ("number",),
    "dayalone": ("ordinal",),
    "ordinal": ("ordinal",),
    "monthyear": ("my", "pair"),
    "isoweek": ("week",),
    "hour": ("number",),
    "officetime": ("time",),
    **{kind: (kind,) for kind in ("iso", "ymd", "dmy", "dm", "time", "number")},
}
_WORDS: dict[str, Mapping[str, Any] | frozenset[str]] = {
    "month": v.MONTHS,
    "weekday": v.WEEKDAYS,
    "weekdays": v.WEEKDAY_PLURALS,
    "day": frozenset([*v.ORDINALS, "twenty", "thirty"]),
    "nth": v.ORDINALS,
    "count": v.COUNTS,
    "unit": v.UNITS,
    "season": v.SEASONS,
    "edge": v.EDGES,
    "recessname": _RECESSES,
    "roman": _ROMAN,
    "tight": frozenset("-"),
    "hour": v.COUNTS,
}


def could_be(name: str, word: Token) -> bool:
    """Whether a class might take a word, whatever stands beside it: quick, and never no wrongly."""
    if name not in _KINDS and name not in _WORDS:
        return True
    return word.kind in _KINDS.get(name, ()) or bare_word(word) in _WORDS.get(name, ())
