"""Which number formats make a number a date, and which day a serial number is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum


class Shows(StrEnum):
    """What a number format shows of a number."""

    NUMBER = "number"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    TIME = "time"


BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 22, *range(27, 32), *range(34, 37), *range(50, 59)), Shows.DAY),
    17: Shows.MONTH,
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), Shows.TIME),
}
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LEAP_SLIP = 60
"""Excel takes 1900 for a leap year: serial numbers below this one are a day on."""
LAST = 2_958_465


def shown_by(number: int, code: str | None) -> Shows:
    """What a format shows, by its own code or else its built-in number."""
    if code is None:
        return BUILT_IN.get(number, Shows.NUMBER)
    plain = LITERAL.sub("", code.partition(";")[0]).lower()
    if "general" in plain or re.search(r"[0#?]", plain.replace(".0", "").replace(".00", "")):
        return Shows.NUMBER
    if "d" in plain:
        return Shows.DAY
    if "y" in plain:
        return Shows.MONTH if "m" in plain else Shows.YEAR
    if re.search(r"[hs]", plain) or re.search(r"\[[hms]+\]", code, re.I):
        return Shows.TIME
    return Shows.MONTH if "m" in plain else Shows.NUMBER


def day_of(serial: float, *, from_1904: bool) -> date | None:
    """The day that a serial number is; nothing where no spreadsheet has such a day."""
    days = int(serial)
    if from_1904:
        return EPOCH_1904 + timedelta(days=days) if 0 <= days <= LAST - 1462 else None
    if not 1 <= days <= LAST or days == LEAP_SLIP:
        return None
    return EPOCH + timedelta(days=days + (days < LEAP_SLIP))
