"""Plain text as Slack needs it: escaped where it is parsed, cut where it is too long."""

from __future__ import annotations

from bot.domain.messages import (
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

TEXT_LIMIT = 4_000
MORE = "… (the rest stands in the message itself)"


def escape(text: str) -> str:
    """The three characters that Slack parses, as entities: nothing is a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as fits with an ellipsis; never empty, which Slack refuses."""
    shown = text if text.strip() else "-"
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def spoken(message: Message) -> str:
    """Everything a message says, in reading order, for screen readers and notifications."""
    lines = [line for part in message.parts for line in _lines(part)]
    whole = escape("\n".join(lines).strip() or "-")
    if len(whole) <= TEXT_LIMIT:
        return whole
    # An entity is not cut in two: what follows the last ampersand goes if it never ends.
    kept = whole[: TEXT_LIMIT - len(MORE)]
    head, mark, tail = kept.rpartition("&")
    return (head if mark and ";" not in tail and len(tail) < 5 else kept) + MORE


def _lines(part: Part) -> list[str]:
    match part:
        case Heading(text) | Note(text):
            return [text]
        case Quote(text):
            return [f"“{text}”"]
        case Text(spans):
            return [_run(spans)]
        case Bullets(rows):
            return [f"• {_run(row)}" for row in rows]
        case Buttons(buttons):
            return [_choices(buttons)] if buttons else []
        case Divider():
            return []


def _choices(buttons: tuple[Button, ...]) -> str:
    return "Buttons: " + ", ".join(button.label for button in buttons) + "."


def _run(spans: tuple[Span, ...]) -> str:
    return "".join(_spoken(span) for span in spans)


def _spoken(span: Span) -> str:
    if isinstance(span, Link) and span.text != span.url:
        return f"{span.text} ({span.url})"
    return span if isinstance(span, str) else span.text
