"""Somebody of the secretariat can always be reached: the last one stays."""

from __future__ import annotations

from datetime import date

from bot.domain.errors import UserError
from bot.domain.people import Directory, Role


def keep_one(before: Directory, after: Directory, on: date) -> None:
    """UserError where a change would leave a group without a secretariat, on a day or later."""
    if _reached(before, on) and not _reached(after, on):
        raise UserError(
            "That is the last member of the secretariat with an account: make somebody else one "
            "first, for example with `python -m bot role NAME secretariat`."
        )


def _reached(directory: Directory, on: date) -> bool:
    """Whether somebody with an account holds the role on this day, and for good from some day."""
    held = [
        role
        for role in directory.roles
        if role.role is Role.SECRETARIAT and directory.people[role.person_id].accounts
    ]
    return any(role.held_on(on) for role in held) and any(role.until_on is None for role in held)
