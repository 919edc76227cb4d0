"""Who may be in a conversation that something is said to ("Who sees what")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.outgoing import Audience
from bot.domain.people import Directory, Person, Role

ENTITLED: dict[Audience, tuple[Role, ...]] = {
    Audience.SECRETARIAT: (Role.SECRETARIAT,),
    Audience.WORDS: (Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR),
    Audience.CLEARANCE: (
        Role.SECRETARIAT,
        Role.CHAIR,
        Role.DEPUTY_CHAIR,
        Role.SIGNATORY,
        Role.CLEARER,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Room:
    """Who is in a conversation, the bot itself left out; `shared` with another organisation."""

    members: frozenset[str]
    shared: bool


def entitled(directory: Directory, audience: Audience, on: date) -> tuple[Person, ...]:
    """Who may see what is for this audience, each once."""
    held = [p for role in ENTITLED.get(audience, ()) for p in directory.holders(role, on)]
    return tuple(dict.fromkeys(held))


def objection(directory: Directory, audience: Audience, room: Room, on: date) -> str | None:
    """Why this may not be said there, or nothing."""
    if audience is Audience.ANYONE:
        return None
    if audience is Audience.MEMBERS:
        allowed: Iterable[Person] = directory.people.values()
    else:
        if room.shared:
            return "the conversation is shared with another organisation"
        allowed = entitled(directory, audience, on)
    known = {account.user_id for person in allowed for account in person.accounts}
    if room.members <= known:
        return None
    return f"{len(room.members - known)} of those in the conversation may not see it"
