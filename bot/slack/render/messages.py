"""Messages and Home tabs as blocks within Slack's limits.

Words stand in rich text, whose leaves Slack never parses, or in plain text: what people wrote
cannot ping a channel, forge a mention or make a link (docs/adr/0003).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from bot.domain.errors import PermanentError
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
from bot.slack.render.text import cut, spoken

Json = dict[str, Any]

MESSAGE_BLOCKS = 50
HOME_BLOCKS = 100
IN_A_ROW = 25
HEADING = 150
LABEL = 75
VALUE = 2_000
NOTE = 2_000
LEAF = 3_000
WORDS_IN_ALL = 12_000


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A message ready for Slack: its blocks, and everything it says as one escaped text."""

    text: str
    blocks: list[Json]


def draw(message: Message) -> Drawn:
    """A message of 50 blocks at most; PermanentError where it cannot be said in one."""
    blocks = to_blocks(message.parts)
    if len(blocks) > MESSAGE_BLOCKS:
        raise PermanentError(
            f"The message needs {len(blocks)} blocks and Slack takes {MESSAGE_BLOCKS}: say it in "
            "several, or with fewer buttons."
        )
    return Drawn(text=spoken(message), blocks=blocks)


def home(message: Message) -> Json:
    """A Home tab; what does not fit its 100 blocks is counted in a last line."""
    blocks = to_blocks(message.parts)
    if len(blocks) > HOME_BLOCKS:
        left = len(blocks) - HOME_BLOCKS + 1
        blocks = [*blocks[: HOME_BLOCKS - 1], _note(f"… and {left} more: ask me for the status.")]
    return {"type": "home", "blocks": blocks or [_note("Nothing yet.")]}


def to_blocks(parts: tuple[Part, ...]) -> list[Json]:
    """The blocks of these parts; neighbouring words share one rich text block."""
    blocks: list[Json] = []
    words: list[Json] = []
    rows = count()
    for part in _fitting(parts):
        if isinstance(part, Text | Bullets | Quote):
            _add(words, part)
            continue
        _close(blocks, words)
        blocks.extend(_plain_part(part, rows))
    _close(blocks, words)
    return blocks


def _close(blocks: list[Json], words: list[Json]) -> None:
    if words:
        blocks.append({"type": "rich_text", "elements": list(words)})
        words.clear()


def _plain_part(part: Part, rows: Iterator[int]) -> list[Json]:
    match part:
        case Heading(text):
            return [{"type": "header", "text": plain(cut(text, HEADING))}]
        case Note(text):
            return [_note(text)]
        case Divider():
            return [{"type": "divider"}]
        case Buttons(buttons):
            starts = range(0, len(buttons), IN_A_ROW)
            return [_row(buttons[at : at + IN_A_ROW], next(rows)) for at in starts]
        case _:
            return []


def plain(text: str) -> Json:
    """A plain text object; emoji codes in people's words stay words."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _note(text: str) -> Json:
    return {"type": "context", "elements": [plain(cut(text, NOTE))]}


def _row(buttons: tuple[Button, ...], row: int) -> Json:
    actions = [button.action for button in buttons]
    elements = [
        _button(button, actions[:n].count(button.action)) for n, button in enumerate(buttons)
    ]
    return {"type": "actions", "block_id": f"row-{row}", "elements": elements}


def _button(button: Button, nth: int) -> Json:
    if len(button.value) > VALUE:
        raise PermanentError(f"The value of {button.action} is over {VALUE} characters: keep ids.")
    drawn: Json = {
        "type": "button",
        # Unique in its row, where the same action may stand once for each choice.
        "action_id": f"{button.action}#{nth}" if nth else button.action,
        "text": plain(cut(button.label, LABEL)),
        "value": button.value,
    }
    if button.style:
        drawn["style"] = button.style
    if button.confirm:
        drawn["confirm"] = {
            "title": plain("Are you sure?"),
            "text": plain(cut(button.confirm, 300)),
            "confirm": plain("Yes"),
            "deny": plain("No"),
        }
    return drawn


def _add(words: list[Json], part: Text | Bullets | Quote) -> None:
    match part:
        case Text(spans) if words and words[-1]["type"] == "rich_text_section":
            # Neighbouring sections would run on in one line.
            words[-1]["elements"] += [{"type": "text", "text": "\n"}, *_leaves(spans)]
        case Text(spans):
            words.append(_section(spans))
        case Quote(text):
            words.append({"type": "rich_text_quote", "elements": _leaves((text,))})
        case Bullets(rows) if rows:
            items = [_section(row) for row in rows]
            words.append({"type": "rich_text_list", "style": "bullet", "elements": items})


def _section(spans: tuple[Span, ...]) -> Json:
    return {"type": "rich_text_section", "elements": _leaves(spans)}


def _leaves(spans: tuple[Span, ...]) -> list[Json]:
    leaves = [_leaf(span) for span in spans if span if isinstance(span, str) or span.text]
    return leaves or [{"type": "text", "text": "-"}]


def _leaf(span: Span) -> Json:
    match span:
        case Bold(text):
            return {"type": "text", "text": cut(text, LEAF), "style": {"bold": True}}
        case Link(text, url):
            if not _is_web(url):
                return {"type": "text", "text": cut(f"{text} ({url})", LEAF)}
            return {"type": "link", "url": url, "text": cut(text, LEAF)}
        case _:
            return {"type": "text", "text": span if len(span) <= LEAF else cut(span, LEAF)}


def _is_web(url: str) -> bool:
    if len(url) > LEAF or any(mark in url for mark in "<>|") or any(c.isspace() for c in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that opens no IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _fitting(parts: tuple[Part, ...]) -> list[Part]:
    """The parts, with long words cut: Slack takes so many characters in all of one message."""
    over = sum(_length(part) for part in parts) - WORDS_IN_ALL
    if over <= 0:
        return list(parts)
    kept: list[Part] = []
    used = left_out = 0
    for part in parts:
        if isinstance(part, Text | Bullets | Quote) and used + _length(part) > WORDS_IN_ALL - 500:
            left_out += len(part.entries) if isinstance(part, Bullets) else 1
            continue
        used += _length(part)
        kept.append(part)
    if left_out:
        kept.append(Note(f"… and {left_out} more, which did not fit: ask me for the status."))
    return kept


def _length(part: Part) -> int:
    match part:
        case Heading(text) | Note(text) | Quote(text):
            return len(text)
        case Text(spans):
            return sum(len(s) if isinstance(s, str) else len(s.text) for s in spans)
        case Bullets(rows):
            return sum(_length(Text(row)) for row in rows)
        case Buttons(buttons):
            return sum(len(button.label) for button in buttons)
        case Divider():
            return 0
