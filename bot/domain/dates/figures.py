"""Classes of numbers: days, years, counts and what is written with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.dates import vocabulary as v
from bot.domain.dates.tokens import Token, full_year

Taken = tuple[int, Any] | None
Words = Sequence[Token]

FIRST_YEAR, LAST_YEAR = 1990, 2150


def low_at(words: Words, at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def kind_at(words: Words, at: int) -> str:
    return words[at].kind if 0 <= at < len(words) else ""


def bare_word(token: Token) -> str:
    return token.low.removesuffix("'s")


def day(words: Words, at: int) -> Taken:
    """A day of the month in figures, or as an ordinal in figures or words."""
    token = words[at]
    if token.kind == "ordinal" or (token.kind == "number" and len(token.text) <= 2):
        return (1, token.value[0]) if 1 <= token.value[0] <= 31 else None
    if v.ORDINALS.get(token.low, 0) > 0:
        return 1, v.ORDINALS[token.low]
    if token.low in ("twenty", "thirty") and low_at(words, at + 1) == "-":
        tail = v.ORDINALS.get(low_at(words, at + 2), 0)
        if 0 < tail < 10:
            return 3, (20 if token.low == "twenty" else 30) + tail
    return None


def nth(words: Words, at: int) -> Taken:
    """First to fifth, or last (-1)."""
    token = words[at]
    if token.kind == "ordinal" and token.value[0] <= 5:
        return 1, token.value[0]
    return (1, v.ORDINALS[token.low]) if v.ORDINALS.get(token.low, 9) <= 5 else None


def count(words: Words, at: int) -> Taken:
    token = words[at]
    if token.kind == "number" and len(token.value) == 1 and token.value[0] <= 400:
        return 1, token.value[0]
    if token.low in v.COUNTS:
        # "ten (10) working days" says it twice.
        if low_at(words, at + 1) == "(" and kind_at(words, at + 2) == "number":
            return (4, v.COUNTS[token.low]) if low_at(words, at + 3) == ")" else None
        return 1, v.COUNTS[token.low]
    return None


def year(words: Words, at: int) -> Taken:
    token = words[at]
    if (
        token.kind == "number"
        and len(token.text) == 4
        and FIRST_YEAR <= token.value[0] <= LAST_YEAR
    ):
        return 1, token.value[0]
    if token.kind == "short":
        return 1, full_year(token.value[0])
    return None


def short_year(words: Words, at: int) -> Taken:
    """Two figures after a month's day: a year, unless a counted thing follows."""
    token = words[at]
    if token.kind != "number" or len(token.text) != 2 or not 15 <= token.value[0] <= 60:
        return None
    follower = kind_at(words, at + 1)
    if follower in ("month", "number", "time") or low_at(words, at + 1) in v.MONTHS:
        return None
    counted = follower == "word" and low_at(words, at + 1) not in _AFTER_A_DATE
    return None if counted else (1, full_year(token.value[0]))


_AFTER_A_DATE = v.TIME_LEADS | v.one_of(
    "at the latest onwards we as but with if so because please instead tbc subject "
    "not rather was were originally previously when once pending inclusive then "
    "financial which i for @"
)


def plain_year(words: Words, at: int) -> Taken:
    """A year that stands alone, after a word that makes it one."""
    taken = year(words, at)
    if taken is None or (len(words) > 1 and low_at(words, at - 1) not in v.TIME_LEADS):
        return None
    return taken


def fiscal_pair(words: Words, at: int) -> Taken:
    """2023/24, 2023-24, 23/24 and 23-24: the calendar year in which that year begins."""
    token = words[at]
    if token.kind == "pair":
        first, second = token.value
        iso_month = "-" in token.text and 1 <= second <= 12
        return (1, first) if (first + 1 - second) % 100 == 0 and not iso_month else None
    beside = kind_at(words, at - 1) == "quarter" or low_at(words, at - 1) in _FISCAL_LEADS
    if token.kind == "dm" and "/" in token.text:
        first, second = token.value
        if second == first + 1 and (second > 12 or beside):
            return 1, full_year(first)
    if token.kind == "number" and low_at(words, at + 1) == "-" and beside and at + 2 < len(words):
        second_token = words[at + 2]
        if second_token.kind == "number" and second_token.value[0] == token.value[0] + 1:
            return 3, full_year(token.value[0])
    return None


_FISCAL_LEADS = frozenset(["fy", "year", "quarter", "half"])


def month_year(words: Words, at: int) -> Taken:
    """2023-03 and 03/2023: (year, month)."""
    token = words[at]
    if token.kind == "my":
        return (1, (token.value[1], token.value[0])) if 1 <= token.value[0] <= 12 else None
    if token.kind == "pair" and "-" in token.text and 1 <= token.value[1] <= 12:
        return 1, (token.value[0], token.value[1])
    return None


def day_first(words: Words, at: int) -> Taken:
    """3/2: a day without a year, where it stands alone or a word makes it a date."""
    token = words[at]
    if token.kind != "dm" or not 1 <= token.value[0] <= 31:
        return None
    alone = _alone(words)
    if "." in token.text and not alone and token.value[0] < 13:
        return None
    if low_at(words, at + 1) in _AFTER_A_FRACTION or token.text == "24/7":
        return None
    led = low_at(words, at - 1) in v.TIME_LEADS or _bare_weekday(words, at - 1)
    led = led or (low_at(words, at + 1) in ("-", "to") and kind_at(words, at + 2) in ("dm", "dmy"))
    led = led or (low_at(words, at + 1) in ("@", "at") and kind_at(words, at + 2) == "time")
    followed = kind_at(words, at + 1) != "word" or low_at(words, at + 1) in _AFTER_A_DATE
    return (1, token.value) if alone or (led and followed) else None


# What stands alone has no more than brackets, stars and quotation marks around it.
_SHORT = 12


def _alone(words: Words) -> bool:
    return len(words) < _SHORT and sum(word.kind != "sign" for word in words) == 1


def _bare_weekday(words: Words, at: int) -> bool:
    return at >= 0 and bare_word(words[at]) in v.WEEKDAYS


_AFTER_A_FRACTION = v.one_of("of done complete completed sites per")


def day_alone(words: Words, at: int) -> Taken:
    """The 25th: an ordinal that no noun follows."""
    token = words[at]
    if token.kind != "ordinal" or not 1 <= token.value[0] <= 31:
        return None
    follower = kind_at(words, at + 1)
    after = low_at(words, at + 1)
    if after == "of" or (follower in ("word", "number") and after not in _AFTER_A_DATE):
        return None
    led = low_at(words, at - 1) == "the" or low_at(words, at - 1) in v.TIME_LEADS
    return (1, token.value[0]) if led or _alone(words) else None


def bad_day(words: Words, at: int) -> Taken:
    token = words[at]
    stated = token.kind in ("number", "ordinal") and len(token.value) == 1
    beyond = stated and (token.value[0] == 0 or 31 < token.value[0] < 100)
    return (1, token.value[0]) if beyond else None


def ordinal(words: Words, at: int) -> Taken:
    token = words[at]
    fits = token.kind == "ordinal" and 1 <= token.value[0] <= 31
    return (1, token.value[0]) if fits else None


def hour(words: Words, at: int) -> Taken:
    """An hour as people in offices say it: one to six are in the afternoon, nine to twelve not.

    Seven and eight could be either, and are not taken.
    """
    token = words[at]
    stated = token.value[0] if token.kind == "number" and token.value else v.COUNTS.get(token.low)
    if token.low in ("a", "an") or stated is None:
        return None
    if 1 <= stated <= 6:
        return 1, stated + 12
    return (1, stated) if 9 <= stated <= 12 else None


def time(words: Words, at: int) -> Taken:
    token = words[at]
    if token.kind != "time" or _is_office_time(token):
        return None
    return 1, token.value


def office_time(words: Words, at: int) -> Taken:
    """5:30 and 5.30, with neither am nor pm."""
    token = words[at]
    return (1, token.value) if token.kind == "time" and _is_office_time(token) else None


def _is_office_time(token: Token) -> bool:
    text = token.text
    return len(text) == 4 and text[1] in ":." and "1" <= text[0] <= "6"


def four_digits(words: Words, at: int) -> Taken:
    """0900 and 1730 as times; 2023 is a year."""
    token = words[at]
    if token.kind != "number" or len(token.text) != 4:
        return None
    hour, minute = divmod(token.value[0], 100)
    return (1, (hour, minute)) if hour < 19 and minute < 60 and minute % 5 == 0 else None
