"""The ladders a group can choose from by name, and which stands where nobody has chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain import ladders
from bot.domain.errors import UserError
from bot.domain.ladders import BUILT_IN, DEFAULT, STRICT, Ladder

NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
USES = ("default", "public")
"""What a ladder can be for: any item, and one that answers what a sent letter promised."""


class UnknownLadderError(UserError):
    """A name that no ladder of the group has."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A group's ladders by name."""

    named: Mapping[str, Ladder]
    default: str = DEFAULT
    public: str = STRICT

    def get(self, name: str) -> Ladder:
        """The ladder of this name, whatever its case. Raises UnknownLadderError."""
        wanted = name.strip().casefold()
        if wanted not in self.named:
            each = "; ".join(f"{one.name} ({one.words})" for one in self.named.values())
            raise UnknownLadderError(
                f"There is no ladder “{name.strip()[:40]}”. There are: {each}."
            )
        return self.named[wanted]

    def used(self, *, public: bool) -> Ladder:
        """What an item stands on for which nobody has chosen."""
        return self.named[self.public if public else self.default]

    def standing(self, chosen: str | None, *, public: bool) -> Ladder:
        """The ladder chosen for an item; a name that the policy has lost chooses nothing."""
        if chosen is not None and chosen in self.named:
            return self.named[chosen]
        return self.used(public=public)


def read(policy: Mapping[str, Any]) -> Shelf:
    """The ladders of a group's policy: `ladder`, `ladders` and `ladder_for`.

    Raises UserError for a ladder nobody could climb, or a use of one that is not there.
    """
    own = dict(policy.get("ladders") or {})
    if policy.get("ladder") is not None:
        if DEFAULT in own:
            raise UserError(
                "`ladder` and `ladders: default` say the same thing twice: keep one of them."
            )
        own[DEFAULT] = policy["ladder"]
    named = dict(BUILT_IN)
    for name, rungs in own.items():
        named[_name(name)] = ladders.load(rungs, name)
    return Shelf(named=named, **_uses(policy.get("ladder_for") or {}, named))


def _name(name: str) -> str:
    if NAME.fullmatch(name) is None:
        raise UserError(
            f"A ladder cannot be called “{name}”: use at most 30 small letters, digits and hyphens."
        )
    return name


def _uses(said: Mapping[str, str], named: Mapping[str, Ladder]) -> dict[str, str]:
    for use, name in said.items():
        if use not in USES:
            raise UserError(f"A ladder is used for {' or '.join(USES)}, not for “{use}”.")
        if name not in named:
            raise UserError(
                f"`ladder_for: {use}` names “{name}”, which is no ladder here: {', '.join(named)}."
            )
    return dict(said)
