"""Texts that a spreadsheet would run: written with a mark that import takes away again."""

from __future__ import annotations

import re

MARK = "'"
_RUNS = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"''*\s*[=+\-@\t\r\n＝＋－＠]")


def marked(text: str) -> str:
    """The text so that no program takes it for a formula."""
    return MARK + text if _RUNS.match(text) else text


def unmarked(text: str) -> str:
    """The text that `marked` was given."""
    return text[1:] if _MARKED.match(text) else text
