"""Block Kit read into pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.rehearsal.model import Json
from bot.rehearsal.picture.pieces import Choice, Choices, Paragraph, Piece, Rule, Run, press
from bot.rehearsal.reading import words
from bot.rehearsal.typed import unescaped

_MARKS = re.compile(
    r"<(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>"
    r"|(?<!\w)\*(?P<bold>[^*\n]+)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>[^_\n]+)_(?!\w)"
    r"|`(?P<code>[^`\n]+)`"
)
_PLAIN = Run(text="")


def pieces(blocks: list[Json], text: str, pressed: str | None) -> list[Piece]:
    """A message's pieces; its text is read only where it has no blocks.

    `pressed` names a button by its label, its action id, or block id and action id
    (`row-1/reply.done`); the first that answers to it is the one. UnknownButtonError.
    """
    found = [piece for block in blocks for piece in _read(block)]
    if not blocks:
        found = list(_paragraphs(_mrkdwn(text, _PLAIN)))
    return found if pressed is None else press(found, pressed)


def _read(block: Json) -> Iterator[Piece]:
    match block["type"]:
        case "rich_text":
            for element in block["elements"]:
                yield from _rich(element)
        case "header":
            yield Paragraph(runs=(Run(text=block["text"]["text"], bold=True),), look="heading")
        case "context":
            yield Paragraph(runs=tuple(_context(block["elements"])), look="note")
        case "section":
            yield from _section(block)
        case "actions":
            yield _choices(block, block["elements"])
        case "image":
            yield Paragraph(runs=(Run(text=f"[{block['alt_text']}]"),), look="note")
        case "divider":
            yield Rule()
        case _:
            yield from _paragraphs([Run(text=words(block))])


def _paragraphs(runs: Iterable[Run]) -> Iterator[Paragraph]:
    """A paragraph for each line that the writer ended."""
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in others:
            yield Paragraph(runs=tuple(line))
            line = [replace(run, text=text)]
    yield Paragraph(runs=tuple(line))


def _section(block: Json) -> Iterator[Piece]:
    for text in (block.get("text"), *block.get("fields", ())):
        if text:
            yield from _paragraphs(_object(text))
    accessory = block.get("accessory", {})
    if accessory.get("type") == "button":
        yield _choices(block, [accessory])
    elif accessory:
        yield from _paragraphs([Run(text=words(accessory))])


def _context(elements: list[Json]) -> Iterator[Run]:
    for nth, element in enumerate(elements):
        if nth:
            yield Run(text="  ")
        if element["type"] == "image":
            yield Run(text=f"[{element['alt_text']}]")
        else:
            yield from _object(element)


def _choices(block: Json, elements: list[Json]) -> Choices:
    return Choices(choices=tuple(_choice(block, element) for element in elements))


def _choice(block: Json, element: Json) -> Choice:
    label = unescaped(_label(element))
    action = str(element.get("action_id", ""))
    place = f"{block.get('block_id', '')}/{action}"
    return Choice(label=label, style=element.get("style", ""), names=(label, action, place))


def _label(element: Json) -> str:
    """What a button, or a menu before it is opened, reads."""
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", "…"))


def _object(text: Json) -> Iterable[Run]:
    if text["type"] == "mrkdwn":
        return _mrkdwn(text["text"], _PLAIN)
    return (Run(text=unescaped(text["text"])),)


# Rich text


def _rich(element: Json) -> Iterator[Piece]:
    match element["type"]:
        case "rich_text_list":
            ordered = element["style"] == "ordered"
            first = element.get("offset", 0) + 1
            for number, entry in enumerate(element["elements"], first):
                yield Paragraph(
                    runs=_leaves(entry),
                    mark=f"{number}." if ordered else "•",
                    indent=element.get("indent", 0),
                )
        case "rich_text_quote":
            yield Paragraph(runs=_leaves(element), look="quote")
        case "rich_text_preformatted":
            runs = tuple(replace(run, code=True) for run in _leaves(element))
            yield Paragraph(runs=runs, look="code")
        case _:
            yield from _paragraphs(_leaves(element))


def _leaves(container: Json) -> tuple[Run, ...]:
    runs = [_leaf(leaf) for leaf in container["elements"]]
    if runs:
        # A section ends with a line break before a list or a quote, which breaks anyway.
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip("\n"))
    return tuple(runs)


def _leaf(leaf: Json) -> Run:
    style = leaf.get("style", {})
    run = Run(
        text=_leaf_text(leaf),
        bold=bool(style.get("bold")),
        italic=bool(style.get("italic")),
        code=bool(style.get("code")),
        link=bool(style.get("client_highlight")),
    )
    if leaf["type"] == "link":
        return replace(run, link=True, url=leaf["url"])
    return run


def _leaf_text(leaf: Json) -> str:
    match leaf["type"]:
        case "user":
            return f"@{leaf['user_id']}"
        case "channel":
            return f"#{leaf['channel_id']}"
        case "usergroup":
            return f"@{leaf['usergroup_id']}"
        case "broadcast":
            return f"@{leaf['range']}"
        case "emoji":
            return f":{leaf['name']}:"
        case "color":
            return str(leaf["value"])
        case _:
            return str(leaf.get("text") or leaf.get("url") or leaf.get("fallback") or "")


# Mark-up


def _mrkdwn(text: str, base: Run) -> Iterator[Run]:
    at = 0
    for found in _MARKS.finditer(text):
        if before := text[at : found.start()]:
            yield replace(base, text=unescaped(before))
        at = found.end()
        kind = found.lastgroup or ""
        if kind in ("bold", "italic"):
            bold, italic = base.bold or kind == "bold", base.italic or kind == "italic"
            yield from _mrkdwn(found[kind], replace(base, bold=bold, italic=italic))
        elif kind == "code":
            yield replace(base, text=unescaped(found[kind]), code=True)
        else:
            yield _token(found["target"], found["label"] or "", base)
    if rest := text[at:]:
        yield replace(base, text=unescaped(rest))


def _token(target: str, label: str, base: Run) -> Run:
    if target.startswith(("@", "#")):
        return replace(base, text=unescaped(label or target), link=True)
    if target.startswith("!"):
        return replace(base, text=unescaped(label or f"@{target[1:].partition('^')[0]}"), link=True)
    url = unescaped(target)
    return replace(base, text=unescaped(label) or url, link=True, url=url)
