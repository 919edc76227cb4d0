"""People named in a cell: matched to the register's, or asked; nobody is guessed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.people import Directory, Person

HONOURS = re.compile(r"\A(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|lord|lady|cllr)\.? ", re.I)
LEAD = re.compile(r"\s*[(\[\-–:]?\s*\b(?:lead|accountable|owner|sro)\b\s*[)\]]?\s*:?\s*", re.I)
HELP = re.compile(r"\s*[(\[]\s*(?:support(?:ing|er)?|with)\s*[)\]]", re.I)
WITH = re.compile(r"[,;]?\s*\b(?:supported by|with support from)\b:?\s*", re.I)
BETWEEN = re.compile(r"\s*(?:[/;\n+|]|&|\band\b)\s*", re.I)
BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*\Z")


class OwnerError(ValueError):
    """A name that is nobody's, or several where one must be accountable."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """The one who is accountable, and those who help."""

    owner: Person
    supporters: tuple[Person, ...] = ()


def owner(text: str, directory: Directory) -> Named:
    """Who owns it. Raises OwnerError with the question to settle."""
    if (alone := _known(text, directory)) is not None:
        return Named(owner=alone)
    mine, _, helpers = _split_help(text)
    names = _names(mine, directory)
    others = [_person(name, directory) for name in _names(helpers, directory)] if helpers else []
    if len(names) == 1:
        return Named(owner=_person(_unmarked(names[0]), directory), supporters=tuple(others))
    people = {name: _person(_unmarked(name), directory) for name in names}
    leads = [name for name in names if LEAD.search(name)]
    if len(leads) != 1:
        listed = ", ".join(person.name for person in people.values())
        raise OwnerError(
            f"names several owners ({listed}): write (lead) after the one who is accountable"
        )
    lead = people.pop(leads[0])
    return Named(owner=lead, supporters=(*people.values(), *others))


def several(text: str, directory: Directory) -> tuple[Person, ...]:
    """Everybody named in a cell. Raises OwnerError."""
    return tuple(_person(_unmarked(name), directory) for name in _names(text, directory))


def _split_help(text: str) -> tuple[str, str, str]:
    found = WITH.search(text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found.group(), text[found.end() :]


def _names(text: str, directory: Directory) -> list[str]:
    parts = [part for part in BETWEEN.split(text) if part and part.strip()]
    names: list[str] = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        whole = _known(_unmarked(part), directory)
        names += [part.strip()] if whole is not None or len(pieces) < 2 else pieces
    return names


def _unmarked(name: str) -> str:
    return " ".join(HELP.sub(" ", LEAD.sub(" ", name)).split())


def _known(text: str, directory: Directory) -> Person | None:
    name = HONOURS.sub("", " ".join(text.split()))
    if "@" in name:
        wanted = name.casefold().strip("<>")
        mails = [p for p in directory.people.values() if (p.email or "").casefold() == wanted]
        return mails[0] if len(mails) == 1 else None
    found = directory.by_name(name) or directory.by_name(BRACKETS.sub("", name))
    if found is None and name.count(",") == 1:
        last, first = (piece.strip() for piece in name.split(","))
        found = directory.by_name(f"{HONOURS.sub('', first)} {last}")
    return found


def _person(name: str, directory: Directory) -> Person:
    found = _known(name, directory)
    if found is not None:
        return found
    raise OwnerError(f"“{name}” is nobody on the register{_hint(name, directory)}")


def _hint(name: str, directory: Directory) -> str:
    body = _body(name, directory)
    if body is not None:
        lead = directory.people.get(directory.leads.get(body, 0))
        asked = f", for example {lead.name}" if lead else ""
        return f" but a body: name the person who owns it{asked}"
    close = _close(name, [person.name for person in directory.people.values()])
    if len(close) == 1:
        return f": write {close[0]} if that is who is meant"
    if close:
        return f": write which is meant, {' or '.join(close)}"
    return ": add them to the group first, or correct the name"


def _body(name: str, directory: Directory) -> int | None:
    wanted = name.casefold()
    for one in directory.body_names:
        if wanted in (one.name.casefold(), one.short.casefold()):
            return one.body_id
    return None


def _close(name: str, names: Sequence[str]) -> list[str]:
    words = set(re.findall(r"[a-z]{2,}", name.casefold()))
    sharing = [other for other in names if words & set(other.casefold().split())]
    return sharing[:4] or difflib.get_close_matches(name, names, n=2, cutoff=0.75)
