"""Long answers in pages, as Slack hands them out: `limit` and an opaque `cursor`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.rehearsal.arguments import Args
from bot.rehearsal.model import RefusedError

T = TypeVar("T")


def page(args: Args, everything: Sequence[T], *, default: int, most: int) -> tuple[list[T], str]:
    """This page, and the cursor of the next one (empty on the last)."""
    limit = args.number("limit", default)
    if limit < 0:
        raise RefusedError("invalid_limit")
    limit = min(limit or default, most)
    start = _position(args.text("cursor"))
    rest = len(everything) - start - limit
    return list(everything[start : start + limit]), _cursor(start + limit) if rest > 0 else ""


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise RefusedError("invalid_cursor") from None
