"""What is said in Slack, as values: services compose them, `bot/slack/render` draws them.

Words of people stand in them as plain text; nothing in a message is mark-up, so no title
can ping a channel or forge a mention (docs/adr/0003).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bold:
    """A run of text in bold."""

    text: str


@dataclass(frozen=True)
class Link:
    """A link with the words that stand for it."""

    text: str
    url: str


Span = str | Bold | Link


@dataclass(frozen=True)
class Heading:
    """A heading, plain text of 150 characters at most when drawn."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Bullets:
    """A list, one paragraph an entry."""

    entries: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Quote:
    """Somebody's own words."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button: `action` names the listener, `value` is what it needs (2,000 characters).

    `value` carries the version of what was shown, so that a stale press changes nothing.
    """

    label: str
    action: str
    value: str
    style: str | None = None
    confirm: str | None = None


@dataclass(frozen=True)
class Buttons:
    """Buttons in a row, at most five when drawn well."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Divider:
    """A line across."""


@dataclass(frozen=True)
class Note:
    """A small grey line: when it was checked, what a button will do."""

    text: str


Part = Heading | Text | Bullets | Quote | Buttons | Divider | Note


@dataclass(frozen=True)
class Message:
    """Everything one message says, in reading order."""

    parts: tuple[Part, ...]


def say(*spans: Span) -> Text:
    """A paragraph of these spans."""
    return Text(spans=tuple(spans))


def message(*parts: Part) -> Message:
    """A message of these parts."""
    return Message(parts=tuple(parts))


def bullets(*entries: Span | tuple[Span, ...]) -> Bullets:
    """A list of these entries."""
    return Bullets(
        entries=tuple(entry if isinstance(entry, tuple) else (entry,) for entry in entries)
    )


def plain(*spans: Span) -> str:
    """The same words without their looks."""
    return "".join(span if isinstance(span, str) else span.text for span in spans)
