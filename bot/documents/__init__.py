"""Letters and reports as files. Each writer, and its library, is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, cast, get_args

from bot.documents import sheets
from bot.documents.sheets import Sheet
from bot.domain.letters import Letter, Report

Format = Literal["odt", "docx", "txt"]
"""How a file is written; also the ending of its name."""

_WRITERS = {"odt": "odt", "docx": "word", "txt": "plain"}


def render(letter: Letter, *, format: Format) -> bytes:
    """The letter's file. The same letter gives the same bytes, whenever it is asked for.

    Numbers of facts are left out: they belong to the annex. Raises ValueError for an
    unknown format, or for a table with a row of more or fewer cells than headings.
    """
    return _writer(format)(sheets.of_letter(letter))


def render_report(report: Report, *, format: Format) -> bytes:
    """The report's file, in the look of a letter; same bytes and same errors as `render`."""
    return _writer(format)(sheets.of_report(report))


def _writer(format: str) -> Callable[[Sheet], bytes]:
    if format not in _WRITERS:
        known = ", ".join(get_args(Format))
        raise ValueError(f"There is no format {format!r}; ask for one of {known}.")
    module = import_module(f"bot.documents.{_WRITERS[format]}")
    return cast("Callable[[Sheet], bytes]", module.write)
