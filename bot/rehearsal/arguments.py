"""The arguments of a Web API call, whether they came as a form or as JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.rehearsal.model import Json, invalid

TRUE = ("true", "1", "True")
TS = re.compile(r"\d{1,10}(\.\d{1,6})?")


class Args:
    """Arguments by name; a form's values are text, JSON's have their own types."""

    def __init__(self, values: Json) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def text(self, name: str, default: str = "") -> str:
        """A text argument, or the default."""
        return str(self.values.get(name, default))

    def required(self, name: str) -> str:
        """A text argument; RefusedError(invalid_arguments) where it is missing."""
        value = self.values.get(name)
        if value is None or value == "":
            raise invalid("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or no, as JSON or as form text."""
        value = self.values.get(name, default)
        return value if isinstance(value, bool) else str(value) in TRUE

    def number(self, name: str, default: int) -> int:
        """A whole number, or the default; RefusedError(invalid_limit) where it is none."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            raise invalid("invalid_arguments", [f"[ERROR] not a number: {name}"]) from None

    def structure(self, name: str, *, error: str) -> Any:
        """A JSON argument, decoded where it came as text; None where it is missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if value == "":
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise invalid(error, [f"[ERROR] not valid JSON: {name}"]) from None

    def instant(self, name: str) -> str | None:
        """A ts bound; RefusedError(invalid_ts_oldest) or its like where it is not a ts."""
        value = self.text(name)
        if value and not TS.fullmatch(value):
            raise invalid(f"invalid_ts_{name}", [f"[ERROR] not a timestamp: {name}"])
        return value or None
