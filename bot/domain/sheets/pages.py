"""The register as sheets to be written: columns with their meaning, and rows of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Value = str | int | date | None


@dataclass(frozen=True, kw_only=True)
class Page:
    """One sheet; each column is its name and what it means."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Value]]


def dictionary(pages: Sequence[Page]) -> Page:
    """What every column of every sheet means."""
    return Page(
        name="Dictionary",
        columns=(("Sheet", "The sheet"), ("Column", "Its column"), ("Meaning", "What it holds")),
        rows=[(page.name, name, meaning) for page in pages for name, meaning in page.columns],
    )
