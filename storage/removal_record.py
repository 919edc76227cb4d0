"""Removals noted outside the database, one JSON line each: what a restored backup repeats.

A line holds keyed digests and no words. The file exists from the first start, so that one
that is missing is seen to be missing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.domain.errors import UserError
from storage.removals import Removal

Line = Mapping[str, Any]


def note(file: Path, removals: Iterable[Removal], groups: Mapping[int, str]) -> int:
    """Add what is not noted yet, durably; how many that was."""
    known = {line["number"] for line in read(file)} if file.exists() else set()
    lines = [_line(one, groups[one.group_id]) for one in removals if one.id not in known]
    if not lines and file.exists():
        return 0
    number = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(number, "".join(f"{json.dumps(line)}\n" for line in lines).encode())
        os.fsync(number)
    finally:
        os.close(number)
    return len(lines)


def _line(one: Removal, group: str) -> dict[str, Any]:
    return {
        "number": one.id,
        "group": group,
        "subject": one.subject,
        "reason": one.reason,
        "asked_by": one.by_id,
        "asked_at": one.at.isoformat(),
        "agreed_by": one.settled_by,
        "removed_on": one.removed_on.isoformat() if one.removed_on else None,
        "places": one.places,
        "marks": one.marks,
    }


def read(file: Path) -> list[dict[str, Any]]:
    """Every line. Raises UserError for a file that is no such record."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The record of removals {file} cannot be read: check its name.") from error
    lines: list[dict[str, Any]] = []
    for count, line in enumerate(text.splitlines(), start=1):
        try:
            lines.append(json.loads(line))
            _ = lines[-1]["number"], lines[-1]["marks"]["runs"]
        except (ValueError, KeyError, TypeError) as error:
            raise UserError(
                f"{file}, line {count}, is no record of a removal: take the file from another copy."
            ) from error
    return lines


def row(line: Line, *, group_id: int, now: datetime) -> dict[str, Any]:
    """The columns of the removal that a line tells of."""
    return {
        "id": line["number"],
        "group_id": group_id,
        "at": datetime.fromisoformat(line["asked_at"]),
        "recorded_at": now,
        "by_id": line["asked_by"],
        "subject": line["subject"],
        "reason": line["reason"],
        "marks": line["marks"],
        "places": line["places"],
        "outcome": "agreed",
        "settled_by": line["agreed_by"],
        "settled_at": now,
        "removed_on": date.fromisoformat(line["removed_on"]),
    }
