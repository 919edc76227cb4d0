"""The words that dates are made of, and what each says."""

from __future__ import annotations

from collections.abc import Iterable

_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb", "febuary"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_WEEKDAY_NAMES = (
    ("monday", "mon"),
    ("tuesday", "tues", "tue"),
    ("wednesday", "weds", "wed"),
    ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)


def _numbered(names: Iterable[tuple[str, ...]], start: int) -> dict[str, int]:
    return {name: n for n, group in enumerate(names, start) for name in group}


def one_of(words: str) -> frozenset[str]:
    """A set of words, written as a text."""
    return frozenset(words.split())


MONTHS = _numbered(_MONTH_NAMES, 1)
WEEKDAYS = _numbered(_WEEKDAY_NAMES, 0)
WEEKDAY_PLURALS = {f"{group[0]}s": n for n, group in enumerate(_WEEKDAY_NAMES)}
MONTH_NAMES = tuple(group[0].capitalize() for group in _MONTH_NAMES)
WEEKDAY_NAMES = tuple(group[0].capitalize() for group in _WEEKDAY_NAMES)

# First month of each: meteorological, because seasons have no official meaning.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

_CARDINALS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty
"""
_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""

COUNTS = {
    "a": 1,
    "an": 1,
    **{word: n for n, word in enumerate(_CARDINALS.split(), start=1)},
    "thirty": 30,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
}
ORDINALS = {word: n for n, word in enumerate(_ORDINALS.split(), start=1)} | {
    "thirtieth": 30,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
    "last": -1,
    "final": -1,
}

UNITS = {
    name: unit
    for unit, names in {
        "hour": "hour hours hr",
        "day": "day days",
        "week": "week weeks wk wks",
        "fortnight": "fortnight fortnights",
        "month": "month months mth mths",
        "quarter": "quarter quarters",
        "year": "year years yr yrs",
    }.items()
    for name in names.split()
}

EDGES = {
    "end": "end",
    "close": "end",
    "start": "start",
    "beginning": "start",
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
}

# Words after which a word that is also a common one ("may", "spring", "2023") names a time.
TIME_LEADS = one_of(
    "by in on before from until till of mid early late next this last since after "
    "start beginning end during for around about between through to and or due is now "
    "was late middle over following within circa calendar year commencing coming "
    "latest hopefully w/c w/e w/b / - ( , → = : cop cob eod eop approx approximately "
    "roughly end not later"
)

# A verb after "may" or a name after a month word shows that no month is meant.
AFTER_MODAL_MAY = one_of(
    "i we they he she it you be need have not take slip well also only still require "
    "want include affect mean get go come help delay change"
)
AFTER_A_NAME = one_of("is will has says said was can would 's and from at")
GIVEN_NAMES = frozenset({"jan", "april", "june", "may"})
ALSO_COMMON = frozenset({"may", "march", "mar", "sun", "sat", "wed", "mon"})

# Nouns that make "spring" or "winter" part of the name of something else.
AFTER_SEASON_NAMES = one_of(
    "statement budget plan plans pressures bank recess school term conference flu "
    "vaccine vaccination booster ball fete forward"
)

_RECESS_NAMES = (
    "summer easter whitsun whit conference autumn november christmas february winter spring "
    "may october"
)
RECESSES = tuple(_RECESS_NAMES.split())
