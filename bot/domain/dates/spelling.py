"""Words of dates that are often misspelt: Febuary, Wedsneday, tommorow."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.dates.vocabulary import one_of

# Long enough that one wrong letter leaves no doubt.
_NAMES = """
    january february august september october november december monday tuesday
    wednesday thursday friday saturday sunday tomorrow fortnight quarter financial
    calendar beginning commencing
"""
_MISSPELT = _NAMES.split()
_ODDER = {
    "march": "marhc mrach macrh",
    "april": "apirl arpil aprli",
    "wednesday": "wensday wendsday wensdays wendesday",
    "tomorrow": "tommorow tomorow tommorrow tomorrw tommorw",
    "february": "febuary feburary febrary febuarary",
    "month": "mnoth monht",
    "working": "wrking workign",
}
_OTHER_WORDS = one_of(
    "quartet quartern augusta augustan sundry sunda fridge commenting "
    "monad mundy sunny tuesdays octobre septembre novembre decembre"
)


def _without_one(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _all() -> dict[str, str]:
    known = {shape: name for name in _MISSPELT for shape in _without_one(name)}
    known |= {wrong: name for name, many in _ODDER.items() for wrong in many.split()}
    return known | {name: name for name in _MISSPELT}


# What is left of each word without one of its letters; two words that have such a rest in
# common differ by a letter left out, put in, changed or moved.
_RESTS = _all()
_LENGTHS = range(min(map(len, _MISSPELT)) - 1, max(map(len, _MISSPELT)) + 2)


def mended(low: str) -> str:
    """The word of dates that a word in small letters is meant for, else the word itself."""
    found = _RESTS.get(low)
    if found is not None:
        return found
    if len(low) not in _LENGTHS or low in _OTHER_WORDS or not low.isalpha():
        return low
    for rest in _without_one(low):
        found = _RESTS.get(rest)
        if found is not None and _is_near(low, found):
            return found
    return low


def _is_near(low: str, name: str) -> bool:
    """The same first letter, as typing errors leave it, and no mere plural."""
    return low[0] == name[0] and low != f"{name}s" and abs(len(low) - len(name)) <= 1
