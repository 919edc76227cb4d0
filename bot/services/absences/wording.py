"""How somebody's days are said."""

from __future__ import annotations

from bot.domain import working_weeks
from bot.domain.calendar_rules import NATIONS
from bot.domain.people import Person


def pattern(person: Person) -> str:
    """Monday to Wednesday, with the bank holidays of Wales, in Europe/London time."""
    return (
        f"{working_weeks.shown(person.weekdays)}, with the bank holidays of "
        f"{NATIONS[person.nation]}, in {person.zone.key} time"
    )
