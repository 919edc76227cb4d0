"""Text inside JSON values and inside files: read, and changed leaf by leaf."""

from __future__ import annotations

import base64
import binascii
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

Change = Callable[[str], str]

KEPT = frozenset(
    {
        *("is", "action", "style", "kind", "status", "delivery", "claimed", "confidence"),
        *("computed", "precision", "decision", "decider", "response", "role", "audience"),
        *("nation", "source", "ref", "key", "item", "content"),
    }
)
"""Values under these names are the program's own words, or bytes."""
_TAG = re.compile(r"<[^>]*>")


def changed(value: Any, change: Change) -> Any:
    """The same JSON value with every text in it changed, and JSON within strings too."""
    match value:
        case str():
            return _text(value, change)
        case list():
            return [changed(entry, change) for entry in value]
        case {"link": str(text), "url": str(url), **rest} if not rest:
            # A link to something removed leads nowhere.
            new = change(text)
            return value if (new, change(url)) == (text, url) else _plain(text, new, url, change)
        case dict():
            return {
                name: entry if name in KEPT and isinstance(entry, str) else changed(entry, change)
                for name, entry in value.items()
            }
    return value


def _plain(text: str, new: str, url: str, change: Change) -> str:
    return new if new != text or text == url else f"{text} {change(url)}"


def _text(value: str, change: Change) -> str:
    if value.lstrip()[:1] in ("{", "["):
        try:
            inner = json.loads(value)
        except ValueError:
            return change(value)
        after = changed(inner, change)
        return value if after == inner else json.dumps(after, separators=(",", ":"))
    return change(value)


def written(value: str, change: Change) -> str:
    """JSON that is kept as a string, written again in its canonical form where it changes."""
    inner = json.loads(value)
    after = changed(inner, change)
    if after == inner:
        return value
    return json.dumps(after, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def readings(content: str) -> list[str]:
    """What a reader could find in a file given in base64: its text, unpacked where it is packed."""
    try:
        data = base64.b64decode(content, validate=True)
    except binascii.Error:
        return []
    if not zipfile.is_zipfile(io.BytesIO(data)):
        text = data.decode("utf-8", "replace")
        return [text, *_unescaped(text)]
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    # Marking may stand inside a word, or between two words with nothing else between them.
    return [html.unescape(_TAG.sub(gap, part)) for part in parts for gap in ("", " ")]


def _unescaped(text: str) -> list[str]:
    """The texts of a JSON file as they were written: a line break in one joins two words there."""
    try:
        return list(_strings(json.loads(text)))
    except ValueError:
        return []


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for entry in value:
                yield from _strings(entry)
        case dict():
            yield from _strings(list(value.values()))
