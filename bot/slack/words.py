"""What people typed, out of Slack's escapes: words a reader would see, no mark-up."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def typed(text: str, *, without: str = "") -> str:
    """The words of a message; mentions of the user `without` (ourselves) drop out."""
    shown = TOKEN.sub(lambda found: _shown(found[1], found[2] or "", without), text)
    return html.unescape(shown).strip()


def mentions(message: Mapping[str, Any], user_id: str) -> bool:
    """Whether a message names this user."""
    return re.search(rf"<@{re.escape(user_id)}(?:\|[^<>]*)?>", str(message.get("text"))) is not None


def _shown(target: str, label: str, without: str) -> str:
    if target.startswith("@"):
        return "" if target[1:] == without else f"@{label or target[1:]}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    address = target.partition(":")[2] if target.startswith(("mailto:", "tel:")) else target
    bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return address if not label or label.rstrip("/") in (address, bare) else f"{label} ({address})"
