"""How letters look, in every format: paper, styles and the widths of columns.

Body text is 12 point Arial, as in letters of the civil service; tables are 10 point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

FONT = "Arial"
FALLBACKS = "Arial, 'Liberation Sans', Helvetica, sans-serif"
LINE_PERCENT = 112
PAPER_MM = (210.0, 297.0)
SIDE_MM = 25.0
EDGE_MM = 11.0
"""From the edge of the paper to what every page repeats."""
BODY_MM = 22.0
"""From the edge of the paper to the body, where the header leaves room."""
SAMPLE_MM = 9.0
"""What a sample's larger header and footer take of the body."""
CELL_PADDING_MM = 1.6
CELL_HEADROOM_MM = 0.8
LIST_INDENT_MM = 8.0
SHADE = "EDEDED"
"""Behind the headings of a table, which are bold too."""

POINT_MM = 25.4 / 72


class Style(StrEnum):
    """The styles by the name that a word processor shows."""

    SENDER = "Sender"
    DATE = "Date line"
    REFERENCE = "Reference line"
    ADDRESSEE = "Addressee"
    ADDRESS = "Address line"
    SALUTATION = "Letter salutation"
    HEADING_1 = "Heading 1"
    HEADING_2 = "Heading 2"
    BODY = "Body Text"
    LAST_BODY = "Body Text Last"
    NUMBERED = "List Number"
    BULLETED = "List Bullet"
    CAPTION = "Caption"
    CELL_HEADING = "Table Heading"
    CELL = "Table Text"
    VALEDICTION = "Valediction"
    SIGNATORY = "Signatory"
    SIGNATORY_LINE = "Signatory line"
    CONTACT = "Contact"
    MARKING = "Protective Marking"
    SAMPLE = "Sample Mark"
    FOOTER = "Footer"


@dataclass(frozen=True)
class Look:
    """Sizes and spaces in points; `level` is the outline level of a heading."""

    size: float = 12
    bold: bool = False
    before: float = 0
    after: float = 0
    keeps_with_next: bool = False
    keeps_together: bool = False
    centred: bool = False
    level: int | None = None


# Space stands above a paragraph, never below it: where both meet, one word processor
# adds them and another takes the larger.
LOOKS: dict[Style, Look] = {
    Style.SENDER: Look(size=14, bold=True),
    Style.DATE: Look(before=16),
    Style.REFERENCE: Look(),
    Style.ADDRESSEE: Look(before=14, keeps_with_next=True),
    Style.ADDRESS: Look(),
    Style.SALUTATION: Look(before=20, keeps_with_next=True),
    Style.HEADING_1: Look(size=14, bold=True, before=12, keeps_with_next=True, level=1),
    Style.HEADING_2: Look(size=12, bold=True, before=17, keeps_with_next=True, level=2),
    Style.BODY: Look(before=8),
    Style.LAST_BODY: Look(before=8, keeps_with_next=True, keeps_together=True),
    Style.NUMBERED: Look(before=5),
    Style.BULLETED: Look(before=5),
    # Nothing stands above a table itself, so its caption leaves the room.
    Style.CAPTION: Look(size=11, bold=True, before=10, after=5, keeps_with_next=True),
    Style.CELL_HEADING: Look(size=10, bold=True, keeps_with_next=True),
    Style.CELL: Look(size=10),
    Style.VALEDICTION: Look(before=16, keeps_with_next=True),
    # The space above a name is where the signature goes: about 17 mm.
    Style.SIGNATORY: Look(before=48, bold=True, keeps_with_next=True),
    Style.SIGNATORY_LINE: Look(keeps_with_next=True),
    Style.CONTACT: Look(before=22, keeps_together=True),
    Style.MARKING: Look(size=12, bold=True, centred=True),
    Style.SAMPLE: Look(size=24, bold=True, centred=True),
    Style.FOOTER: Look(size=10),
}


def paper(*, landscape: bool) -> tuple[float, float]:
    """Width and height of the paper, in mm."""
    width, height = PAPER_MM
    return (height, width) if landscape else (width, height)


def text_width(*, landscape: bool) -> float:
    """The width between the margins, in mm."""
    return paper(landscape=landscape)[0] - 2 * SIDE_MM


# A day stays with its month, so that a column of dates reads as dates.
_UNBREAKABLE = re.compile(r"\d{1,2} [A-Z][a-z]+|[^\s/–-]+[/–-]?")
_NARROW = set(" iljtfrI.,:;'’‘|!()[]-/")
_WIDE = set("mwMW%@—…")


def column_widths(
    header: Sequence[str], rows: Sequence[Sequence[Sequence[str]]], *, total: float
) -> list[float]:
    """Widths in mm that add up to `total`: no word broken, and rows about as low as can be.

    Room goes to columns in proportion to the amount of text in them, since a row is as
    high as its fullest cell; but never less than the longest word needs, nor more than
    the longest line can use, as long as there is enough for all.
    """
    cells = [[" ".join(row[column]) for row in rows] for column in range(len(header))]
    lows = [
        max(_longest_word([h]) * 1.08, _longest_word(c)) for h, c in zip(header, cells, strict=True)
    ]
    highs = [
        max(low, *(_width(text) for text in (h, *c)))
        for low, h, c in zip(lows, header, cells, strict=True)
    ]
    amounts = [_width(h) + sum(map(_width, c)) + 1.0 for h, c in zip(header, cells, strict=True)]
    padding = 2 * CELL_PADDING_MM + 0.5
    shared = _share(total - padding * len(header), lows, highs, amounts)
    return [round(width + padding, 1) for width in shared]


def _share(
    room: float, lows: Sequence[float], highs: Sequence[float], amounts: Sequence[float]
) -> list[float]:
    """`room` divided in proportion to `amounts`, each share held between its low and high."""
    if sum(lows) >= room or sum(highs) <= room:
        least = lows if sum(lows) >= room else highs
        return [width * room / sum(least) for width in least]
    fixed: dict[int, float] = {}
    while True:
        free = [i for i in range(len(lows)) if i not in fixed]
        left = room - sum(fixed.values())
        whole = sum(amounts[i] for i in free)
        share = {i: left * amounts[i] / whole for i in free}
        short = {i: lows[i] for i in free if share[i] < lows[i]}
        over = {i: highs[i] for i in free if share[i] > highs[i]}
        if not short and not over:
            return [fixed.get(i, share.get(i, 0.0)) for i in range(len(lows))]
        # The side that is further off is settled first, or the rest could not be met.
        lack = sum(low - share[i] for i, low in short.items())
        excess = sum(share[i] - high for i, high in over.items())
        fixed |= short if lack >= excess else over


def _longest_word(texts: Iterable[str]) -> float:
    words = (word for text in texts for word in _UNBREAKABLE.findall(text))
    return min(45.0, max(map(_width, words), default=5.0))


def _width(text: str) -> float:
    """About the width of this text at a table's size, in mm, on the safe side."""
    ems = sum(
        0.3 if c in _NARROW else 0.88 if c in _WIDE else 0.7 if c.isupper() else 0.56 for c in text
    )
    return ems * LOOKS[Style.CELL].size * POINT_MM * 1.03
