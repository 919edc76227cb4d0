"""Lines put together: what begins an entry, and what only goes on with the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.domain.pasted import leading, rows, sentences
from bot.domain.pasted.values import Line, Reading
from bot.domain.pasted.words import ONLY_LABEL, OPEN_END, RULE, STRONG, WEAK

_EMPHASIS = re.compile(r"(?<![\w*_])[*_]{1,2}([^*_\n]+)[*_]{1,2}(?![\w*_])")
_LONGEST = 2_000
"""A longer line is no action, and would take long to read."""
_MARKERS = 3
"""At most so many before the words: "3. ACTION: a) …"."""


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Lines that belong together: `text` without its marker, and how it was marked.

    `row` are the cells of a table's row and `head` its columns, where it is one.
    """

    lines: tuple[Line, ...]
    text: str = ""
    strong: bool = False
    marked: bool = False
    indent: int = 0
    labels: frozenset[str] = field(default_factory=frozenset)
    row: tuple[str, ...] = ()
    head: rows.Columns = ()
    is_head: bool = False

    @property
    def only_labels(self) -> bool:
        """Whether nothing has been said yet of what is to be done."""
        return bool(self.labels) and ONLY_LABEL.match(self.lines[0].text) is not None

    def and_also(self, line: Line, text: str, *, label: str | None = None) -> Chunk:
        """The same with one more line."""
        labels = self.labels | ({label} if label else set())
        joint = " ; " if label or self.only_labels else " "
        return replace(
            self, lines=(*self.lines, line), text=f"{self.text}{joint}{text}", labels=labels
        )


def chunks(text: str, reading: Reading) -> Iterator[Chunk]:
    """The chunks of a text in order; every line that is not blank is in one of them."""
    last: Chunk | None = None
    head: rows.Columns = ()
    gap = False
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            gap = True
            continue
        line = Line(number=number, text=raw)
        if len(raw) > _LONGEST:
            if last is not None:
                yield last
            yield Chunk(lines=(line,))
            last, gap = None, False
            continue
        grown = _grown(last, line, gap=gap, reading=reading) if last else None
        gap = False
        if grown is not None:
            last = grown
            continue
        if last is not None:
            yield last
        last = _begun(line, head)
        head = last.head
    if last is not None:
        yield last


def _begun(line: Line, head: rows.Columns) -> Chunk:
    """A chunk that begins with this line; the head of the table it may stand under."""
    row = () if RULE.fullmatch(line.text) else rows.cells(line.text)
    if row:
        named = rows.columns(row)
        return Chunk(lines=(line,), row=row, head=named or head, is_head=bool(named))
    if RULE.fullmatch(line.text):
        return Chunk(lines=(line,), text=line.text, head=head)
    indent = len(line.text) - len(line.text.lstrip())
    strong, rest = _unmarked(line.text)
    label = ONLY_LABEL.match(line.text)
    known = {str(label.lastgroup)} if label and label.lastgroup != "what" else set()
    return Chunk(
        lines=(line,),
        text=rest,
        strong=strong,
        marked=strong or rest != _plain(line.text),
        indent=indent,
        labels=frozenset(known),
    )


def _unmarked(text: str) -> tuple[bool, str]:
    """Whether a line is said to be an action, and the line without its bullet or number."""
    text = _plain(text)
    rest, said = text, False
    for _marker in range(_MARKERS):
        strong = STRONG.match(rest)
        found = strong or WEAK.match(rest)
        if found is None or not found.end():
            break
        said = said or strong is not None
        rest = rest[found.end() :]
    return said, rest.strip() or ("" if said else text.strip())


def _plain(text: str) -> str:
    """A line without bold, italics and what stands between its words."""
    return _EMPHASIS.sub(r"\1", " ".join(text.split()))


def _grown(last: Chunk, line: Line, *, gap: bool, reading: Reading) -> Chunk | None:
    """The chunk before with this line in it, where the line only goes on with it."""
    text = line.text
    if rows.cells(text) or RULE.fullmatch(text) or last.is_head:
        return None
    if RULE.fullmatch(last.text) and not last.row:
        return None
    strong, rest = _unmarked(text)
    label = ONLY_LABEL.match(text)
    if label and label.lastgroup != "what":
        name = str(label.lastgroup)
        fits = not last.row and not last.text.endswith(":") and _lacks(last, name, reading)
        return last.and_also(line, text.strip(" -*•"), label=name) if fits else None
    if last.only_labels and not last.strong and not _says_what(last, reading):
        return replace(last.and_also(line, rest), strong=True)
    if gap or strong or last.text.endswith(":"):
        return None
    marked = rest != _plain(text)
    indent = len(text) - len(text.lstrip())
    if marked:
        return last.and_also(line, text.strip()) if _is_under(last, indent, rest, reading) else None
    goes_on = rest[:1].islower() or OPEN_END.search(last.text) or _hangs(last, indent)
    if not goes_on or _led(rest, reading):
        return None
    if last.row:
        return replace(last, lines=(*last.lines, line), row=_longer(last.row, rest))
    return last.and_also(line, rest)


def _lacks(last: Chunk, label: str, reading: Reading) -> bool:
    """Whether the entry before has not said yet what this label says."""
    if label in last.labels:
        return False
    found = sentences.entry(last.text, reading)
    said = {"owner": bool(found.owner), "due": bool(found.due)}
    return last.only_labels or not said.get(label, False)


def _says_what(last: Chunk, reading: Reading) -> bool:
    return any(letter.isalpha() for letter in sentences.entry(last.text, reading).text)


def _hangs(last: Chunk, indent: int) -> bool:
    return indent > last.indent or (last.marked and indent > 0)


def _is_under(last: Chunk, indent: int, rest: str, reading: Reading) -> bool:
    """Whether a bullet below a bullet only says more of it."""
    if indent <= last.indent or last.row or not (last.marked or last.strong):
        return False
    found = sentences.entry(rest, reading)
    return not found.owner and not found.due


def _led(text: str, reading: Reading) -> bool:
    return leading.led(text, reading) is not None


def _longer(row: tuple[str, ...], more: str) -> tuple[str, ...]:
    """A row whose longest cell runs on in the next line."""
    at = max(range(len(row)), key=lambda place: len(row[place]))
    return tuple(f"{cell} {more}" if n == at else cell for n, cell in enumerate(row))
