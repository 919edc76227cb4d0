"""Ten-digit patient numbers: the check digit, the shapes they are written in, where they stand.

The check: weights 10 to 2, sum modulo 11, 11 minus the rest; 11 counts as 0, 10 is invalid.
Numbers in Scotland begin with a date of birth (DDMMYY), those in Northern Ireland with 32
to 39; the check is the same.
"""

from __future__ import annotations

import re

_DIGITS = re.compile(r"\d+")
_LENGTH = 10
_SHAPES = {
    (10,),
    (3, 3, 4),
    (3, 7),
    (6, 4),
    (5, 5),
    (4, 3, 3),
    (3, 4, 3),
    (2, 2, 2, 2, 2),
    (1,) * 10,
}
_DATED = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")

Span = tuple[int, int]


def count_digits(text: str) -> int:
    """How many characters are ASCII digits."""
    return sum("0" <= character <= "9" for character in text)


def check_passes(digits: str) -> bool:
    """Whether ten digits end in their own check digit."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return 11 - total % 11 == int(digits[9]) or (total % 11 == 0 and digits[9] == "0")


def labelled(run: str, *, tight: bool) -> list[Span]:
    """Where the labelled numbers stand in a run of digits and separators.

    `tight`: nothing but a verb lies between label and run, so that whatever digits stand
    there are taken; otherwise only what is written like such a number.
    """
    windows = _windows(run)
    if not tight:
        windows = [window for window in windows if window.valid or window.shaped]
    windows.sort(key=lambda window: (-window.valid - window.shaped, -window.valid, window.span))
    chosen: list[Span] = []
    for window in windows:
        if all(window.span[1] <= start or end <= window.span[0] for start, end in chosen):
            chosen.append(window.span)
    if not chosen and tight:
        return [(0, len(run))]
    return sorted(chosen)


def unlabelled(run: str) -> list[Span]:
    """Where valid numbers stand in a run that nobody labelled; none in a telephone number."""
    if run.startswith("0") and count_digits(run) != _LENGTH:
        return []
    spans: list[Span] = []
    for window in _windows(run):
        free = not spans or spans[-1][1] <= window.span[0]
        if free and window.valid and window.shaped and _plausible(window):
            spans.append(window.span)
    return spans


class _Window:
    """Ten digits that begin and end where groups do."""

    def __init__(self, span: Span, groups: list[str]) -> None:
        self.span = span
        self.digits = "".join(groups)
        self.shape = tuple(len(group) for group in groups)
        self.valid = check_passes(self.digits)
        self.shaped = self.shape in _SHAPES


def _windows(run: str) -> list[_Window]:
    groups = list(_DIGITS.finditer(run))
    windows = []
    for first in range(len(groups)):
        length = 0
        for last in range(first, min(first + _LENGTH, len(groups))):
            length += len(groups[last].group())
            if length >= _LENGTH:
                if length == _LENGTH:
                    span = (groups[first].start(), groups[last].end())
                    members = groups[first : last + 1]
                    windows.append(_Window(span, [group.group() for group in members]))
                break
    return windows


def _plausible(window: _Window) -> bool:
    """Below 32 only Scottish numbers are issued, which begin with a date."""
    if window.digits[:2] >= "32":
        return True
    if _DATED.match(window.digits):
        return True
    return window.shape == (3, 3, 4) and not window.digits.startswith("0")
