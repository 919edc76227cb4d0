"""What a reader sees in blocks: words, buttons, fields to fill."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from bot.rehearsal.model import Json, Message, View
from bot.rehearsal.typed import unescaped

PRESSED = ("button", "workflow_button", "overflow")


def words(thing: Message | View | Json | list[Json]) -> str:
    """All the text of a message, a view or blocks, in reading order, a line a piece."""
    if isinstance(thing, Message):
        return words(thing.blocks) if thing.blocks else unescaped(thing.text)
    if isinstance(thing, View):
        return words(thing.body)
    return "\n".join(unescaped(piece) for piece in _texts(thing) if piece)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        if value.get("type") in ("rich_text_section", "rich_text_preformatted", "rich_text_quote"):
            yield "".join(_run(leaf) for leaf in value["elements"])
            return
        if isinstance(value.get("text"), str):
            yield value["text"]
        for name, inner in value.items():
            if name not in ("text", "confirm", "state") or isinstance(inner, dict):
                yield from _texts(inner) if isinstance(inner, (dict, list)) else ()


def _run(leaf: Json) -> str:
    if leaf["type"] == "user":
        return f"<@{leaf['user_id']}>"
    if leaf["type"] == "channel":
        return f"<#{leaf['channel_id']}>"
    if leaf["type"] == "emoji":
        return f":{leaf['name']}:"
    return str(leaf.get("text") or leaf.get("url") or leaf.get("fallback") or "")


def interactive(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Every (block, element) that can be pressed or filled."""
    found: list[tuple[Json, Json]] = []
    for block in blocks:
        kind = block.get("type")
        inside: list[Json] = []
        if kind == "actions":
            inside = block["elements"]
        elif kind == "section" and "accessory" in block:
            inside = [block["accessory"]]
        elif kind == "input":
            inside = [block["element"]]
        found += [(block, element) for element in inside if "action_id" in element]
    return found


def buttons(thing: Message | View) -> list[Json]:
    """The buttons a reader sees, as Block Kit elements."""
    blocks = thing.blocks if isinstance(thing, Message) else thing.body["blocks"]
    return [copy.deepcopy(e) for _, e in interactive(blocks) if e["type"] == "button"]
