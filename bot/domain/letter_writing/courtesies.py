"""Sentences that state no fact of the register: the only ones that may cite none."""

from __future__ import annotations

AT_ONCE = (
    "If any of these dates can no longer be met, we will write to you at once with the reason "
    "and the new date."
)
FURTHER = (
    "We would be glad to give you further updates, or any of the evidence, if that would help."
)
SORRY = "We are sorry for this."
BRACKETS = "Words in square brackets have still to be compared with the published report."
NO_DATES = "If that changes, we will write to you at once."
TABLE = (
    "The table sets out each of them: what was promised, the date, the position now, and the "
    "reason and new date where something has changed."
)
LATE_FIRST = "We set those out first."

COURTESIES = frozenset({AT_ONCE, FURTHER, SORRY, BRACKETS, NO_DATES, TABLE, LATE_FIRST})
