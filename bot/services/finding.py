"""What the words after `/status` name: an item, a recommendation, a promise, a body, a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.domain.people import Directory, Person

T = TypeVar("T")

REFERENCE = re.compile(r"(?P<letters>[A-Za-z]{1,4})[-‑– ]?(?P<digits>\d{1,6})", re.ASCII)
MENTION = re.compile(r"<@(?P<user>[A-Z0-9]+)(\|[^>]*)?>")


def references(text: str) -> tuple[str, ...]:
    """How a reference may be written on the register: A-12 for a12, A-01 for A-1. None if it
    is no reference."""
    typed = text.strip()
    found = REFERENCE.fullmatch(typed)
    if not found:
        return ()
    letters, digits = found["letters"].upper(), int(found["digits"])
    padded = (f"{letters}-{digits:0{width}d}" for width in (1, 2, 3))
    forms = [typed, typed.upper(), *padded, f"{letters}{digits}"]
    return tuple(dict.fromkeys(forms))


def by_reference(found: Iterable[T], refs: Sequence[str], ref: Callable[[T], str]) -> T | None:
    """The first of these that has one of the references."""
    wanted = {each.upper() for each in refs}
    return next((each for each in found if ref(each).upper() in wanted), None)


def body(directory: Directory, text: str) -> int | None:
    """The body with this key, short name or name, of today or of any other day."""
    wanted = _plain(text)
    for key, number in directory.body_keys.items():
        if _plain(key) == wanted:
            return number
    for name in reversed(directory.body_names):
        if wanted in {_plain(name.name), _plain(name.short)}:
            return name.body_id
    return None


def people(directory: Directory, text: str) -> list[Person]:
    """The people these words may name: by mention, by whole name, else by parts of it."""
    if mention := MENTION.fullmatch(text.strip()):
        return [
            person
            for person in directory.people.values()
            if any(account.user_id == mention["user"] for account in person.accounts)
        ]
    whole = directory.by_name(text)
    if whole is not None:
        return [whole]
    parts = text.casefold().split()
    return [
        person
        for person in directory.people.values()
        if parts and all(part in person.name.casefold().split() for part in parts)
    ]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().removeprefix("the ")
