"""Which item waits on which, and the circles that this must never make."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping


def path(waits_on: Mapping[int, Iterable[int]], start: int, goal: int) -> list[int]:
    """The shortest way from one item along what each waits on to another, both included.

    Empty where there is none; a way from an item to itself is the item alone.
    """
    came: dict[int, int | None] = {start: None}
    ahead = deque([start])
    while ahead and goal not in came:
        here = ahead.popleft()
        for after in waits_on.get(here, ()):
            if after not in came:
                came[after] = here
                ahead.append(after)
    if goal not in came:
        return []
    found: list[int] = []
    step: int | None = goal
    while step is not None:
        found.append(step)
        step = came[step]
    return found[::-1]
