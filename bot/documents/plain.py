"""Plain text: for a terminal, and where a file cannot be shown. Lines are not wrapped."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.look import LOOKS, Style
from bot.documents.sheets import Block, Grid, Line, Listing, Sheet

_SIGNATURE = "\n\n"


def write(sheet: Sheet) -> bytes:
    """The sheet as UTF-8; a table as one group of labelled lines a row."""
    repeated = [text for text in ("SAMPLE" if sheet.sample else None, sheet.marking) if text]
    text = "".join(_text(block) for block in sheet.blocks)
    paragraphs = ["\n".join(repeated), text.strip("\n"), f"Reference: {sheet.reference}"]
    paragraphs.append("\n".join(reversed(repeated)))
    return ("\n\n".join(filter(None, paragraphs)) + "\n").encode()


def _text(block: Block) -> str:
    match block:
        case Line(text=text, style=style):
            return _line(text, style)
        case Listing(entries=entries, numbered=numbered):
            marks = (f"{n}. " if numbered else "• " for n in range(1, len(entries) + 1))
            return "\n" + "".join(f"{m}{e}\n" for m, e in zip(marks, entries, strict=True))
        case Grid():
            return f"\n{block.caption}\n" + "".join(_rows(block))


def _line(text: str, style: Style) -> str:
    look = LOOKS[style]
    above = "\n" if look.before or style is Style.SENDER else ""
    space = _SIGNATURE if style is Style.SIGNATORY else ""
    rule = {1: "=", 2: "-"}.get(look.level or 0, "") * len(text)
    return f"{above}{space}{text}\n" + (f"{rule}\n" if rule else "")


def _rows(grid: Grid) -> Iterator[str]:
    for number, row in enumerate(grid.rows, 1):
        mark = f"{number}. "
        indent = " " * len(mark)
        for label, lines in zip(grid.header, row, strict=True):
            yield f"{mark}{label}: {('; '.join(lines))}\n"
            mark = indent
