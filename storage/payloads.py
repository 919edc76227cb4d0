"""Messages to JSON and back, for the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.domain.messages import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Link,
    Message,
    Note,
    Part,
    Quote,
    Span,
    Text,
)


def dump(message: Message) -> list[dict[str, Any]]:
    """A message as JSON values."""
    return [_dump_part(part) for part in message.parts]


def load(values: Iterable[dict[str, Any]]) -> Message:
    """A message from its JSON values."""
    return Message(parts=tuple(_load_part(value) for value in values))


def _dump_part(part: Part) -> dict[str, Any]:
    match part:
        case Heading(text) | Quote(text) | Note(text):
            return {"is": type(part).__name__, "text": text}
        case Text(spans):
            return {"is": "Text", "spans": _dump_spans(spans)}
        case Bullets(rows):
            return {"is": "Bullets", "entries": [_dump_spans(row) for row in rows]}
        case Buttons(buttons):
            return {"is": "Buttons", "buttons": [dict(button.__dict__) for button in buttons]}
        case Divider():
            return {"is": "Divider"}


def _load_part(value: dict[str, Any]) -> Part:
    match value["is"]:
        case "Text":
            return Text(spans=_load_spans(value["spans"]))
        case "Bullets":
            return Bullets(entries=tuple(_load_spans(row) for row in value["entries"]))
        case "Buttons":
            return Buttons(buttons=tuple(Button(**button) for button in value["buttons"]))
        case "Divider":
            return Divider()
        case name:
            simple: dict[str, type[Heading | Quote | Note]] = {
                "Heading": Heading,
                "Quote": Quote,
                "Note": Note,
            }
            return simple[name](text=value["text"])


def _dump_spans(spans: tuple[Span, ...]) -> list[Any]:
    return [_dump_span(span) for span in spans]


def _dump_span(span: Span) -> Any:
    match span:
        case Bold(text):
            return {"bold": text}
        case Link(text, url):
            return {"link": text, "url": url}
        case _:
            return span


def _load_spans(values: list[Any]) -> tuple[Span, ...]:
    return tuple(_load_span(value) for value in values)


def _load_span(value: Any) -> Span:
    if isinstance(value, str):
        return value
    return Bold(value["bold"]) if "bold" in value else Link(value["link"], value["url"])
