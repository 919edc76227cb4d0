"""Conversations drawn: each a panel with its title, and the messages one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rehearsal.picture.blocks import pieces
from bot.rehearsal.picture.body import EDGE, GREY, Column
from bot.rehearsal.picture.pieces import Piece, Run, spoken
from bot.rehearsal.picture.sheet import WIDTH, Sheet
from bot.rehearsal.picture.shown import Shown
from bot.rehearsal.picture.wrap import line_width, wrap

_LEFT = 24
_RIGHT = 28
_AVATAR = 40
_TEXT = _LEFT + _AVATAR + 14
_ROOM = WIDTH - _TEXT - _RIGHT
_BETWEEN = 22
_APART = 20
_NAME = 15
_WHEN = 12.5
_TAG = (Run(text="APP", bold=True),)
_TAG_SIZE = 10
_BOT = "#0f6b4f"
_PEOPLE = ("#3b5b92", "#8a4b7d", "#9a5a1b", "#4d6b2f", "#7a4040", "#346b78")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One conversation of a picture that shows several."""

    title: str
    subtitle: str
    conversation: Sequence[Shown]


def draw(conversation: Sequence[Shown], *, title: str, subtitle: str) -> str:
    """The conversation as an SVG, 760 pixels wide and as tall as it takes.

    UnknownButtonError where a message has not the button that it says was pressed.
    """
    sheet = Sheet()
    bottom, said = _panel(
        sheet, Panel(title=title, subtitle=subtitle, conversation=conversation), 0
    )
    return sheet.svg(bottom, title=title, description="\n\n".join([subtitle, *said]))


def draw_panels(panels: Sequence[Panel], *, title: str) -> str:
    """The conversations one below the other, as `draw` has each; nothing lies between them."""
    sheet = Sheet()
    bottom = 0.0
    described = []
    for nth, panel in enumerate(panels):
        bottom, said = _panel(sheet, panel, bottom + _APART if nth else 0)
        described += [f"{panel.title}. {panel.subtitle}", *said]
    return sheet.svg(bottom, title=title, description="\n\n".join(described))


def _panel(sheet: Sheet, panel: Panel, top: float) -> tuple[float, list[str]]:
    """Draw it from `top`; where it ends, and what its messages say."""
    read = [(m, pieces(m.blocks, m.text, m.pressed)) for m in panel.conversation]
    inside = Sheet()
    y = _title_bar(inside, panel, top) + _BETWEEN
    for shown, found in read:
        y = _message(inside, shown, found, y) + _BETWEEN
    sheet.box(0.5, top + 0.5, WIDTH - 1, y - top - 1, fill="#ffffff", stroke=EDGE, radius=12)
    sheet.put(inside)
    return y, [_said(shown, found) for shown, found in read]


def _title_bar(sheet: Sheet, panel: Panel, top: float) -> float:
    """Draw it; where it ends."""
    room = WIDTH - _LEFT - _RIGHT
    big = wrap([Run(text=panel.title, bold=True)], size=17, room=room)
    small = wrap([Run(text=panel.subtitle)], size=13, room=room)
    bottom = top + 16 + 22 * len(big) + 18 * len(small) + 12
    right = WIDTH - 1
    sheet.path(
        f"M1 {bottom:g}V{top + 13:g}a12 12 0 0 1 12 -12H{right - 12}a12 12 0 0 1 12 12V{bottom:g}Z",
        fill="#f5f6f8",
    )
    sheet.box(1, bottom, WIDTH - 2, 1, fill=EDGE)
    y = top + 16
    for line in big:
        y += 22
        sheet.text(_LEFT, y - 5, line, size=17)
    for line in small:
        y += 18
        sheet.text(_LEFT, y - 4, line, size=13, fill=GREY)
    return bottom + 1


def _message(sheet: Sheet, shown: Shown, found: list[Piece], y: float) -> float:
    """Draw it from `y`; where it ends."""
    _avatar(sheet, shown, y)
    column = Column(sheet, x=_TEXT, y=_head(sheet, shown, y), room=_ROOM)
    for piece in found:
        column.add(piece)
    return max(column.y, y + _AVATAR)


def _avatar(sheet: Sheet, shown: Shown, y: float) -> None:
    fill = _BOT if shown.is_bot else _PEOPLE[sum(shown.name.encode()) % len(_PEOPLE)]
    sheet.box(_LEFT, y, _AVATAR, _AVATAR, fill=fill, radius=8)
    middle = _LEFT + _AVATAR / 2
    letters = (Run(text=_initials(shown.name), bold=True),)
    sheet.text(middle, y + 25.5, letters, size=16, fill="#ffffff", middle=True)


def _initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = [word for word in name.split() if word[0].isalnum()] or ["?"]
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0].upper() for word in ends)


def _head(sheet: Sheet, shown: Shown, y: float) -> float:
    """Who says it, and when; where what they say begins."""
    lines = wrap([Run(text=shown.name, bold=True)], size=_NAME, room=_ROOM)
    y -= 3
    for line in lines:
        y += 22
        sheet.text(_TEXT, y - 6, line, size=_NAME)
    x = _TEXT + line_width(lines[-1], _NAME) + 8
    tag = line_width(_TAG, _TAG_SIZE) + 10 if shown.is_bot else 0
    when = (Run(text=shown.when),)
    if x + tag + 8 + line_width(when, _WHEN) > _TEXT + _ROOM:
        x = _TEXT
        y += 22
    if shown.is_bot:
        sheet.box(x, y - 18, tag, 15, fill="#e6e9ed", radius=3)
        sheet.text(x + tag / 2, y - 7, _TAG, size=_TAG_SIZE, fill=GREY, middle=True)
        x += tag + 8
    sheet.text(x, y - 6, when, size=_WHEN, fill=GREY)
    return y


def _said(shown: Shown, found: list[Piece]) -> str:
    who = f"{shown.name} (app)" if shown.is_bot else shown.name
    lines = [line for piece in found if (line := spoken(piece))]
    return "\n".join([f"{who}, {shown.when}:", *lines])
