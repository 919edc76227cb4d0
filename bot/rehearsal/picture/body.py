"""What a message says, drawn piece by piece in a column."""

from __future__ import annotations

from dataclasses import dataclass

from bot.rehearsal.picture.pieces import Choice, Choices, Look, Paragraph, Piece, Rule, Run
from bot.rehearsal.picture.sheet import INK, Sheet
from bot.rehearsal.picture.wrap import Line, line_width, wrap

GREY = "#5c6570"
EDGE = "#d9dde3"

_INDENT = 24
_NUMBERED = 34
_QUOTE = 16
_CODE = 10
_LABEL = 13
_LABEL_LEADING = 17
_PADDING = 14
_GAP = 8
_TICK = 18


@dataclass(frozen=True, kw_only=True)
class _Type:
    """A size of type, its lines' height and its colour."""

    size: float
    leading: float
    fill: str = INK


_TYPES: dict[Look, _Type] = {
    "body": _Type(size=15, leading=22),
    "heading": _Type(size=18, leading=26),
    "note": _Type(size=12.5, leading=18, fill=GREY),
    "quote": _Type(size=15, leading=22, fill="#3d454f"),
    "code": _Type(size=13.5, leading=20),
}
_COLOURS = {"": INK, "primary": "#0f6b4f", "danger": "#b3261e"}
_EDGES = {"": "#b6bdc7", "primary": "#0f6b4f", "danger": "#b3261e"}
_HELD = {"": "#2d4a7c", "primary": "#0f6b4f", "danger": "#b3261e"}


class Column:
    """A column of a sheet, filled from `y` down."""

    def __init__(self, sheet: Sheet, *, x: float, y: float, room: float) -> None:
        self.y = y
        self._sheet = sheet
        self._x = x
        self._room = room
        self._last: Piece | None = None

    def add(self, piece: Piece) -> None:
        """Draw the piece below the last one."""
        self.y += _gap(self._last, piece)
        self._last = piece
        match piece:
            case Paragraph():
                self._paragraph(piece)
            case Choices(choices=choices):
                self._choices(choices)
            case Rule():
                self._sheet.box(self._x, self.y, self._room, 1, fill=EDGE)
                self.y += 1

    def _paragraph(self, piece: Paragraph) -> None:
        kind = _TYPES[piece.look]
        left = self._left(piece)
        right = _CODE if piece.look == "code" else 0
        lines = wrap(piece.runs, size=kind.size, room=self._room - left - right)
        self._behind(piece.look, len(lines) * kind.leading)
        if piece.look == "code":
            self.y += _CODE
        if piece.mark:
            mark = (Run(text=piece.mark),)
            at = self._x + left - 10 - line_width(mark, kind.size)
            self._sheet.text(at, self.y + kind.leading - 6, mark, size=kind.size)
        for line in lines:
            self.y += kind.leading
            self._sheet.text(self._x + left, self.y - 6, line, size=kind.size, fill=kind.fill)
        if piece.look == "code":
            self.y += _CODE

    def _left(self, piece: Paragraph) -> float:
        match piece.look:
            case "quote":
                return _QUOTE
            case "code":
                return _CODE
            case _:
                marked = {"": 0, "•": _INDENT}.get(piece.mark, _NUMBERED)
                return _INDENT * piece.indent + marked

    def _behind(self, look: Look, height: float) -> None:
        """A quote's bar, the ground of code."""
        if look == "quote":
            self._sheet.box(self._x, self.y, 4, height, fill="#c3c9d1", radius=2)
        elif look == "code":
            tall = height + 2 * _CODE
            ground = {"fill": "#f5f6f8", "stroke": EDGE}
            self._sheet.box(self._x, self.y, self._room, tall, radius=4, **ground)

    # Buttons

    def _choices(self, choices: tuple[Choice, ...]) -> None:
        x = self._x
        tall = 0.0
        for choice in choices:
            lines = self._label(choice)
            tick = _TICK if choice.pressed else 0
            wide = max(line_width(line, _LABEL) for line in lines) + tick + 2 * _PADDING
            if x > self._x and x + wide > self._x + self._room:
                x = self._x
                self.y += tall + _GAP
                tall = 0.0
            tall = max(tall, self._button(choice, lines, x=x, wide=wide))
            x += wide + _GAP
        self.y += tall

    def _label(self, choice: Choice) -> list[Line]:
        words = (Run(text=choice.label, bold=True),)
        return wrap(words, size=_LABEL, room=self._room - 2 * _PADDING - _TICK)

    def _button(self, choice: Choice, lines: list[Line], *, x: float, wide: float) -> float:
        """Draw it; how tall it is."""
        style = choice.style if choice.style in _COLOURS else ""
        tall = len(lines) * _LABEL_LEADING + 13
        fill, stroke, ink = "#ffffff", _EDGES[style], _COLOURS[style]
        if choice.pressed:
            fill, stroke, ink = _HELD[style], _HELD[style], "#ffffff"
            middle = self.y + tall / 2
            steps = f"M{x + _PADDING:.1f} {middle + 0.5:.1f}l3.5 3.5 7 -8"
        self._sheet.box(x, self.y, wide, tall, fill=fill, stroke=stroke, radius=6)
        if choice.pressed:
            self._sheet.path(steps, stroke=ink)
        about = x + wide / 2 + (_TICK / 2 if choice.pressed else 0)
        for nth, line in enumerate(lines, 1):
            baseline = self.y + 6.5 + nth * _LABEL_LEADING - 4
            self._sheet.text(about, baseline, line, size=_LABEL, fill=ink, middle=True)
        return tall


def _gap(last: Piece | None, piece: Piece) -> float:
    """The space between two pieces."""
    if last is None:
        return 2
    if isinstance(last, Choices) and not isinstance(piece, Choices):
        return 14
    if isinstance(last, Rule) or isinstance(piece, Rule):
        return 12
    if isinstance(piece, Choices):
        return 8
    if isinstance(last, Paragraph) and last.mark and piece.mark:
        return 2
    if piece.look == "note":
        return 3
    return 4 if isinstance(last, Paragraph) and last.look == piece.look == "body" else 6
