"""Rows of a table, as they come out of Word, Excel or a web page."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.pasted import dating, leading, naming, sentences
from bot.domain.pasted.sentences import Entry
from bot.domain.pasted.values import Reading
from bot.domain.pasted.words import COLUMN, ONLY_LABEL, begins_with_verb

_REFERENCE = re.compile(r"[A-Za-z]{0,4}[-./ ]?\d{0,4}(?:[./]\d{1,4})*[.)]?")
_FEWEST = 2

Columns = tuple[str, ...]


def cells(line: str) -> tuple[str, ...]:
    """The cells of a row; none where the line is no row."""
    if "\t" in line:
        found = tuple(cell.strip() for cell in line.split("\t"))
        return found if sum(bool(cell) for cell in found) >= _FEWEST else ()
    plain = line.strip()
    if plain.count("|") >= _FEWEST:
        return tuple(cell.strip() for cell in plain.strip("|").split("|"))
    return ()


def columns(row: tuple[str, ...]) -> Columns:
    """What each column holds, where the row is a table's head; else nothing."""
    found = []
    for cell in row:
        named = COLUMN.fullmatch(cell) if cell else None
        if cell and named is None:
            return ()
        found.append(str(named.lastgroup) if named else "aside")
    useful = {"owner", "due", "what"}
    return tuple(found) if useful & set(found) else ()


def entry(row: tuple[str, ...], head: Columns, reading: Reading) -> Entry:
    """A row as an entry: by its head where it has one, else by what its cells look like."""
    said = [ONLY_LABEL.match(cell) for cell in row]
    row = tuple(
        cell[label.end() :].strip() if label else cell
        for cell, label in zip(row, said, strict=True)
    )
    named = head if len(head) >= len(row) else _guessed(row, reading)
    named = tuple(
        str(label.lastgroup) if label else name for label, name in zip(said, named, strict=False)
    )
    found = Entry(text="")
    what = []
    for name, cell in zip(named, row, strict=False):
        if name == "what":
            what.append(cell)
        elif name != "aside" and cell:
            found = _cell(found, name, cell, reading)
    text = " ".join(each for each in what if each)
    if found.owner and found.due:
        return replace(found, text=sentences.title(leading.without(text, found.owner, reading)))
    return sentences.entry(text, reading, found)


def _cell(found: Entry, name: str, cell: str, reading: Reading) -> Entry:
    return sentences.by_label(found, name, cell, reading) or found


def _guessed(row: tuple[str, ...], reading: Reading) -> Columns:
    kinds = [_kind(cell, reading) for cell in row]
    if "what" not in kinds:
        return tuple("what" if kind == "aside" else kind for kind in kinds)
    if "owner" not in kinds:
        kinds = _stranger(row, kinds)
    return tuple(kinds)


def _kind(cell: str, reading: Reading) -> str:
    if not cell or _REFERENCE.fullmatch(cell):
        is_day = bool(cell) and dating.is_date(cell, reading)
        return "due" if is_day else "aside"
    if dating.is_date(cell, reading):
        return "due"
    return "owner" if naming.names(cell, reading) else "what"


def _stranger(row: tuple[str, ...], kinds: list[str]) -> list[str]:
    """Of several cells of words, one that is written like a name may be nobody's here."""
    words = [at for at, kind in enumerate(kinds) if kind == "what"]
    like = [at for at in words if naming.looks_like_name(row[at]) and not begins_with_verb(row[at])]
    if len(words) > 1 and len(like) == 1:
        kinds[like[0]] = "owner"
    return kinds
