"""What a cell of a workbook shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.sheets_in.numbers import Shows, day_of
from bot.documents.sheets_in.parts import children, local
from bot.domain.deadlines import long_date
from bot.domain.sheets.cells import Cell, CellKind

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LINK = re.compile(r'\AHYPERLINK\(\s*"((?:[^"]|"")*)"', re.I)
LONGEST = 32_767


def plain_text(element: Any) -> str:
    """The runs of a string joined; its phonetic readings left out."""
    runs = [
        "".join(text.text or "" for text in children(one, "t")) if local(one) == "r" else one.text
        for one in element
        if local(one) in ("r", "t")
    ]
    return unescaped("".join(run or "" for run in runs))


def unescaped(text: str) -> str:
    """Characters that a workbook writes by number."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(frozen=True)
class Values:
    """What cells refer to: strings and formats by number, and where days are counted from."""

    strings: Sequence[str]
    styles: Sequence[Shows]
    from_1904: bool

    def cell(self, element: Any) -> Cell:
        """The cell as it is shown; a formula's as it was last saved."""
        formula = value = inline = None
        for one in element:
            match local(one):
                case "f":
                    formula = one
                case "v":
                    value = one.text
                case "is":
                    inline = one
        computed = formula is not None
        text = plain_text(inline) if inline is not None else (value or "")
        if computed and not text and element.get("t") != "str":
            return Cell("", CellKind.UNCOMPUTED, formula=True)
        found = self._shown(element, text)
        if not computed:
            return found
        link = LINK.match(formula.text or "") if formula is not None else None
        return Cell(
            found.text,
            found.kind,
            found.day,
            formula=link is None,
            link=link[1].replace('""', '"') if link else "",
        )

    def _shown(self, element: Any, text: str) -> Cell:
        match element.get("t") or "n":
            case "s":
                number = int(text) if text.isdigit() else -1
                known = 0 <= number < len(self.strings)
                return _text(self.strings[number] if known else "")
            case "b":
                return _text({"1": "yes", "0": "no"}.get(text, text))
            case "e":
                return Cell(text, CellKind.ERROR)
            case "d":
                return self._iso(text)
            case "n":
                return self._number(element, text)
            case _:
                return _text(unescaped(text))

    def _iso(self, text: str) -> Cell:
        from datetime import date

        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            return _text(text)
        return Cell(long_date(day), CellKind.DATE, day)

    def _number(self, element: Any, text: str) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return _text(text)
        style = int(element.get("s") or 0)
        shows = self.styles[style] if style < len(self.styles) else Shows.NUMBER
        day = day_of(number, from_1904=self.from_1904)
        if shows in (Shows.NUMBER, Shows.TIME) or day is None:
            plain = str(int(number)) if number == int(number) and abs(number) < 1e15 else text
            return Cell(plain, CellKind.NUMBER)
        if shows is Shows.MONTH:
            return Cell(f"{day:%B %Y}", CellKind.DATE)
        if shows is Shows.YEAR:
            return Cell(str(day.year), CellKind.DATE)
        return Cell(long_date(day), CellKind.DATE, day)


def _text(text: str) -> Cell:
    return Cell(text.replace("\r\n", "\n").replace("\r", "\n").strip()[:LONGEST])
