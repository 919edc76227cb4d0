"""What a message is made of once its blocks are read: paragraphs, rows of buttons, lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Look = Literal["body", "heading", "note", "quote", "code"]


@dataclass(frozen=True, kw_only=True)
class Run:
    """Text of one style; `link` is whatever stands out in the colour of links."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: bool = False
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Runs in a row; `mark` is a list's bullet or number, `indent` how deep the list is."""

    runs: tuple[Run, ...]
    look: Look = "body"
    mark: str = ""
    indent: int = 0


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button; `names` are what it can be called by when it is said to be pressed."""

    label: str
    style: str = ""
    names: tuple[str, ...] = ()
    pressed: bool = False


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Buttons in a row."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Rule:
    """A line across."""


Piece = Paragraph | Choices | Rule


class UnknownButtonError(ValueError):
    """The button said to be pressed is not in the message."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        known = ", ".join(names) or "none"
        super().__init__(f"The message has no button {name!r} to show as pressed; it has {known}.")


def press(pieces: Sequence[Piece], name: str) -> list[Piece]:
    """The pieces with the first button of this name pressed; UnknownButtonError without one."""
    for at, piece in enumerate(pieces):
        for nth, choice in enumerate(piece.choices if isinstance(piece, Choices) else ()):
            if name in choice.names:
                held = _held(piece, nth)
                return [*pieces[:at], held, *pieces[at + 1 :]]
    rows = (piece.choices for piece in pieces if isinstance(piece, Choices))
    raise UnknownButtonError(name, (choice.names[-1] for row in rows for choice in row))


def _held(row: Piece, nth: int) -> Piece:
    if not isinstance(row, Choices):
        return row
    choices = row.choices
    held = replace(choices[nth], pressed=True)
    return Choices(choices=(*choices[:nth], held, *choices[nth + 1 :]))


def spoken(piece: Piece) -> str:
    """What a piece says, without its looks."""
    match piece:
        case Paragraph(runs=runs, look=look, mark=mark):
            words = "".join(_with_address(run) for run in runs)
            said = f"“{words}”" if look == "quote" else words
            return f"{mark} {said}" if mark else said
        case Choices(choices=choices):
            labels = f"Buttons: {', '.join(choice.label for choice in choices)}."
            pressed = "".join(f" Pressed: {c.label}." for c in choices if c.pressed)
            return labels + pressed
        case Rule():
            return ""


def _with_address(run: Run) -> str:
    return f"{run.text} ({run.url})" if run.url and run.url != run.text else run.text
