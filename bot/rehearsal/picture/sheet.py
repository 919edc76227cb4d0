"""Marks on a sheet: the few SVG elements that a picture takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from bot.rehearsal.picture.pieces import Run
from bot.rehearsal.picture.widths import is_known, width

WIDTH = 760
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
MONOSPACED = "Menlo, Consolas, monospace"
INK = "#1f2329"
LINK = "#1a5fb4"

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class Sheet:
    """Marks in the order they are drawn; positions are pixels from the top left."""

    def __init__(self) -> None:
        self._marks: list[str] = []

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        stroke: str = "none",
        radius: float = 0,
    ) -> None:
        """A rectangle, with round corners where there is a radius."""
        size = f'width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}"'
        place = f'<rect x="{_n(x)}" y="{_n(y)}"'
        self._marks.append(f'{place} {size} fill="{fill}" stroke="{stroke}"/>')

    def path(self, steps: str, *, fill: str = "none", stroke: str = "none") -> None:
        """A path; a stroked one is two pixels wide with round ends."""
        look = f'fill="{fill}" stroke="{stroke}" stroke-width="2"'
        self._marks.append(
            f'<path d="{steps}" {look} stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def text(
        self,
        x: float,
        baseline: float,
        runs: Iterable[Run],
        *,
        size: float,
        fill: str = INK,
        middle: bool = False,
    ) -> None:
        """One line of text from `x`, or about it; spaces count."""
        line = [run for run in runs if run.text]
        inside = "".join(_span(run, size, fill) for run in line)
        if inside:
            anchor = ' text-anchor="middle"' if middle else ""
            place = f'<text x="{_n(x)}" y="{_n(baseline)}" font-size="{_n(size)}" fill="{fill}"'
            held = f'{anchor}{_held(line, size)} xml:space="preserve"'
            self._marks.append(f"{place}{held}>{inside}</text>")

    def put(self, other: Sheet) -> None:
        """Everything on the other sheet, on top."""
        self._marks += other._marks

    def svg(self, height: float, *, title: str, description: str) -> str:
        """The whole picture, with what it says for those who do not see it."""
        box = f'width="{WIDTH}" height="{_n(height)}" viewBox="0 0 {WIDTH} {_n(height)}"'
        named = 'role="img" aria-labelledby="picture-title picture-description"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {box} {named} font-family={quoteattr(FONT)}>',
            f'<title id="picture-title">{escape(clean(title))}</title>',
            f'<desc id="picture-description">{escape(clean(description))}</desc>',
            *self._marks,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


def _span(run: Run, size: float, fill: str) -> str:
    text = escape(clean(run.text))
    look = ""
    if run.bold:
        look += ' font-weight="700"'
    if run.italic:
        look += ' font-style="italic"'
    if run.code:
        look += f' font-family={quoteattr(MONOSPACED)} font-size="{_n(size * 0.92)}"'
    if run.link and fill == INK:
        look += f' fill="{LINK}"'
    return f"<tspan{look}>{text}</tspan>" if look else text


def _held(line: Sequence[Run], size: float) -> str:
    """Keeps a line as long as it was reckoned, whatever font its reader has."""
    if any(run.code or not is_known(run.text) for run in line):
        return ""
    length = sum(width(run.text, size=size, bold=run.bold) for run in line)
    return f' textLength="{_n(length)}" lengthAdjust="spacingAndGlyphs"'


def _n(value: float) -> str:
    """A number as short as a tenth of a pixel allows."""
    return f"{round(value, 1):g}"
