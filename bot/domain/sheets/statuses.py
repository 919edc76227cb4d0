"""Status and RAG cells, as the register's own words."""

from __future__ import annotations

import re
from typing import TypeVar

from bot.domain.register import Confidence, Status

T = TypeVar("T")
_STATUS: dict[str, Status | None] = {
    **dict.fromkeys(("not started", "not yet started", "to do", "new"), Status.NOT_STARTED),
    **dict.fromkeys(("on track", "green"), Status.ON_TRACK),
    **dict.fromkeys(("at risk", "amber", "some risk"), Status.AT_RISK),
    **dict.fromkeys(("off track", "red", "delayed", "late", "behind"), Status.OFF_TRACK),
    **dict.fromkeys(("blocked",), Status.BLOCKED),
    **dict.fromkeys(("paused", "on hold", "deferred", "suspended"), Status.PAUSED),
    **dict.fromkeys(
        ("complete", "completed", "closed", "done", "reported complete", "finished", "blue",
         "action complete", "action closed", "complete and verified", "delivered"),
        Status.COMPLETE,
    ),
    **dict.fromkeys(("withdrawn", "cancelled", "no longer required"), Status.WITHDRAWN),
    **dict.fromkeys(
        ("open", "in progress", "ongoing", "live", "started", "underway", "under way", "active",
         "overdue", "due", "not due", "n a", "unchanged"),
        None,
    ),
}  # fmt: skip
_RAG: dict[str, Confidence | None] = {
    **dict.fromkeys(("g", "green", "on track"), Confidence.GREEN),
    **dict.fromkeys(("a", "amber", "yellow", "at risk"), Confidence.AMBER),
    **dict.fromkeys(("r", "red", "off track"), Confidence.RED),
    **dict.fromkeys(("ag", "a g", "amber green", "green amber", "ga", "g a"),
                    Confidence.AMBER_GREEN),
    **dict.fromkeys(("ar", "a r", "amber red", "red amber", "ra", "r a"), Confidence.AMBER_RED),
    **dict.fromkeys(("b", "blue", "complete", "completed", "closed", "c"), Confidence.BLUE),
    **dict.fromkeys(("n a", "grey", "none", "tbc", "not started", "not rated", "white"), None),
}  # fmt: skip
OF_CONFIDENCE = {
    Confidence.GREEN: Status.ON_TRACK,
    Confidence.AMBER_GREEN: Status.ON_TRACK,
    Confidence.AMBER: Status.AT_RISK,
    Confidence.AMBER_RED: Status.AT_RISK,
    Confidence.RED: Status.OFF_TRACK,
    Confidence.BLUE: Status.COMPLETE,
}


class StatusError(ValueError):
    """Words that are no status; says which are."""


def read(status: str, rag: str) -> tuple[Status | None, Confidence | None]:
    """What two cells say together; nothing where they only say that it is open."""
    said = _looked_up(status, _STATUS) if status else None
    if status and said is None and _plain(status) not in _STATUS:
        said = _by_letter(status)
    colour = _looked_up(rag, _RAG) if rag else None
    if rag and colour is None and _plain(rag) not in _RAG:
        raise StatusError(f"“{rag}” is no RAG rating: write red, amber, green or blue")
    if said is None and colour is not None:
        said = OF_CONFIDENCE[colour]
    if colour is Confidence.BLUE and said is not Status.COMPLETE:
        raise StatusError("it is blue and not complete: correct one of the two")
    if said in (Status.COMPLETE, Status.WITHDRAWN, Status.PAUSED):
        colour = None
    return said, colour


def _by_letter(text: str) -> Status:
    colour = _RAG.get(_plain(text))
    if colour is None:
        raise StatusError(
            f"“{text[:40]}” is no status: write not started, on track, at risk, off track, "
            "blocked, paused, complete or withdrawn"
        )
    return OF_CONFIDENCE[colour]


def _looked_up(text: str, table: dict[str, T]) -> T | None:
    return table.get(_plain(text))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", text.casefold()).split())
