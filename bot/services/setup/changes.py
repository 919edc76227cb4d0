"""What a group file says otherwise than the last one did, and how the register takes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.services.group_file.parts import Part
from bot.services.setup.entering import Register
from storage import dated
from storage.dated import Dated

P = TypeVar("P", bound=Part)

IN_SLACK = "it was changed in Slack since, and stays as it is there"
STAYS = "it stays on the register, which forgets nothing"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference. `make` writes it and answers why it was not made, if it was not."""

    line: str
    make: Callable[[Register], str | None]


def frozen(line: str, reason: str) -> Change:
    """A difference that no file can make."""
    return Change(line=line, make=lambda _register: reason)


def done(line: str, make: Callable[[Register], object]) -> Change:
    """A difference that can always be made."""

    def made(register: Register) -> None:
        make(register)

    return Change(line=line, make=made)


def keyed(
    section: str, old: Iterable[P], new: Iterable[P], key: Callable[[P], Hashable]
) -> tuple[list[tuple[P, P]], list[P], list[Change]]:
    """Parts that are in both files, those only in the new one, and a line for each that is gone."""
    before: Mapping[Hashable, P] = {key(part): part for part in old}
    after: Mapping[Hashable, P] = {key(part): part for part in new}
    both = [(before[name], part) for name, part in after.items() if name in before]
    added = [part for name, part in after.items() if name not in before]
    gone = [getattr(part, "name", name) for name, part in before.items() if name not in after]
    return both, added, [frozen(f"{section} ({name}): gone from the file", STAYS) for name in gone]


def spells(
    where: str,
    old: Sequence[P],
    new: Sequence[P],
    value: Callable[[Register, P], Dated],
    since: Callable[[P], date | None],
) -> Iterator[Change]:
    """Dated facts that the new file adds or no longer has."""
    for part in old:
        if part not in new:
            yield _taken_back(f"{where}: no longer {shown(part)}", part, value)
    for part in new:
        if part not in old:
            yield _entered(f"{where}: adds {shown(part)}", part, value, since)


def _taken_back(line: str, part: P, value: Callable[[Register, P], Dated]) -> Change:
    def make(register: Register) -> str | None:
        there = dated.take_back(
            register.session, value(register, part), group_id=register.group_id, now=register.now
        )
        return None if there else IN_SLACK

    return Change(line=line, make=make)


def _entered(
    line: str,
    part: P,
    value: Callable[[Register, P], Dated],
    since: Callable[[P], date | None],
) -> Change:
    return done(line, lambda register: register.enter(value(register, part), since=since(part)))


def shown(part: Part) -> str:
    """A part in one line: `name X, short Y, from 2022-07-01`."""
    values = part.model_dump(mode="json", exclude_none=True)
    return ", ".join(f"{name} {_value(value)}" for name, value in values.items() if value != [])


def fields(old: Part, new: Part, *names: str) -> list[str]:
    """`owner becomes “Y”, was “X”` for each of these fields that differs."""
    return [
        f"`{name}` becomes {_quoted(getattr(new, name))}, was {_quoted(getattr(old, name))}"
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]


def _quoted(value: object) -> str:
    if value is None or value == ():
        return "nothing"
    if isinstance(value, tuple):
        return "“" + ", ".join(str(one) for one in value) + "”"
    return f"“{value}”"


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
