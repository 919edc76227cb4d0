"""Words, numbers and signs of a text, with where each stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.domain.dates.spelling import mended
from bot.domain.dates.vocabulary import MONTHS

_ALIKE = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00a0": " "}
)
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))

_TOKEN = re.compile(
    rf"""
    (?P<junk> <[@\#!][^>]{{0,200}}> | <?https?://[^\s>]+>?
            | (?<![\w.@+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+ | [£$€]\s?\d[\d,.]*\w*
            | \d+(?:\.\d+)?\s?(?:%|per\s?cent\b) | \d{{1,3}}(?:,\d{{3}})+
            | \b(?!(?:{_MONTH_NAMES}|fy|q)-)(?-i:[A-Z]{{1,4}})-\d+\b
            | \b(?:v|version|ver\.?|build)\s?\d+(?:\.\d+)* )
  | (?P<iso> \d{{4}}-\d{{2}}-\d{{2}}(?!\d) )
  | (?P<week> \d{{4}}-?W\d{{2}}(?:-?\d)?(?!\w) )
  | (?P<dmy> \d{{1,2}}(?P<sep>[/.-])\d{{1,2}}(?P=sep)(?:\d{{4}}|\d{{2}})(?![\d/])
           | \d{{1,2}}\s?(?P<apart>[/.])\s?\d{{1,2}}\s?(?P=apart)\s?(?:\d{{4}}|\d{{2}})(?![\d/])
           | \d{{1,2}}\s-\s\d{{1,2}}\s-\s\d{{4}}(?!\d) )
  | (?P<ymd> \d{{4}}[/.]\d{{1,2}}[/.]\d{{1,2}}(?!\d) )
  | (?P<time> (?<=\d)T\d{{2}}:?\d{{2}}(?::\d{{2}}(?:\.\d+)?)?(?:Z|[+-]\d{{2}}:?\d{{2}})?
            | \d{{1,2}}(?:[:.]\d{{2}})?\s?(?:am|pm|a\.m\.|p\.m\.)(?![a-z])
            | \d{{1,2}}:\d{{2}}(?::\d{{2}})?Z?(?!\d)(?:\s?(?:hrs|hours)\b)?
            | (?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs|hours|h)\b | (?:[01]?\d|2[0-3])h[0-5]\d(?!\w)
            | (?:12\s)?(?:noon|midday|midnight)\b )
  | (?P<pair> \d{{4}}[/-]\d{{2}}(?:\d{{2}})?(?![\d/-]) )
  | (?P<my> \d{{1,2}}/\d{{4}}(?!\d) )
  | (?P<dm> \d{{1,2}}[/.]\d{{1,2}}(?![\d/]) )
  | (?P<ordinal> \d{{1,2}}\s?(?:<sup>)?(?:st|nd|rd|th)(?:</sup>|\b|(?=(?:{_MONTH_NAMES})\b)) )
  | (?P<short> '\d{{2}}(?!\d) )
  | (?P<number> \d+ )
  | (?P<quarter> \bq[1-4](?!\w) | \bh[12](?!\w) )
  | (?P<word> w/(?:[cbe]|in)\b | [^\W\d_]+(?:'[^\W\d_]+)? )
  | (?P<arrow> -+> | => | → | >> )
  | (?P<sign> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Token:
    """One word, number or sign: `low` is what rules compare, `value` what a number says."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    value: tuple[int, ...] = ()


def tokens(text: str, *, most: int) -> list[Token]:
    """The first tokens of a text, in order; no text is refused."""
    plain = text.translate(_ALIKE)
    return [_token(match) for match in islice(_TOKEN.finditer(plain), most)]


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "sign", match[0]
    if kind in ("sep", "apart"):
        kind = "dmy"
    value: tuple[int, ...] | None = ()
    if kind in _READERS:
        value = _READERS[kind](text)
    if kind == "dm" and value is not None and "." in text and not 1 <= value[1] <= 12:
        # 17.00 and 14.30 are times: no month has such a number.
        kind, value = "time", _time(text)
    if value and kind in _YEAR_AT and not 1900 <= value[_YEAR_AT[kind]] < 2200:
        value = None
    if value is None or not text.isascii():
        known = kind in ("word", "sign", "arrow")
        kind, value = (kind if known else "junk"), ()
    low = "→" if kind == "arrow" else text.lower()
    if kind == "word":
        low = "within" if low == "w/in" else mended(low)
    return Token(kind, text, low, match.start(), match.end(), value)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(found) for found in re.findall(r"\d+", text))


def full_year(two_digits: int) -> int:
    """23 is 2023; only what is plainly of the last century goes there."""
    return two_digits + (2000 if two_digits < 80 else 1900) if two_digits < 100 else two_digits


def _day_first(text: str) -> tuple[int, ...]:
    day, month, year = _numbers(text)
    return (full_year(year), month, day)


def _one_day_ymd(text: str) -> tuple[int, ...] | None:
    """A compact ISO day such as 20230228 is kept apart from other long numbers."""
    if len(text) == 8 and text[:2] in ("19", "20"):
        year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
        return (year, month, day) if exists(year, month, day) else None
    return (int(text),) if len(text) <= 4 else None


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_CLOCK = re.compile(
    r"T?(\d{1,2})[:.h]?(\d{2})?(?::\d{2}(?:\.\d+)?)?\s?"
    r"(am|pm|a\.m\.|p\.m\.|hrs|hours|h)?(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


def _time(text: str) -> tuple[int, ...] | None:
    """(hour, minute) or, where the zone is said in numbers, (hour, minute, its minutes)."""
    low = text.lower()
    if "midnight" in low:
        return (24, 0)
    if "noon" in low or "midday" in low:
        return (12, 0)
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()[:1]
    if half in ("a", "p") and not 1 <= hour <= 12:
        return None
    if half == "a" and (hour, minute) == (12, 0):
        return (24, 0)
    if half in ("a", "p"):
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return (hour, minute) if match[4] is None else (hour, minute, _offset(match[4]))


def _offset(text: str) -> int:
    if text in ("Z", "z"):
        return 0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return -minutes if text[0] == "-" else minutes


# Where the year stands; a number that is no year of ours makes the whole no date.
_YEAR_AT = {"iso": 0, "week": 0, "ymd": 0, "dmy": 0, "pair": 0, "my": 1}

_READERS: dict[str, Callable[[str], tuple[int, ...] | None]] = {
    "iso": _numbers,
    "week": _numbers,
    "ymd": _numbers,
    "dmy": _day_first,
    "pair": _numbers,
    "my": _numbers,
    "dm": _numbers,
    "ordinal": _numbers,
    "short": _numbers,
    "number": _one_day_ymd,
    "quarter": _numbers,
    "time": _time,
}
