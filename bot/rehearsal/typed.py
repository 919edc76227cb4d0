"""What somebody types, as Slack's client sends it: escaped, with its rich text."""

from __future__ import annotations

import re

from bot.rehearsal.model import Json

TOKEN = re.compile(r"<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|!(?:here|channel|everyone))(?:\|[^<>]*)?>")
ADDRESS = re.compile(r"https?://[^\s<>]+")
PIECE = re.compile(f"({TOKEN.pattern}|{ADDRESS.pattern})")


def escaped(text: str) -> str:
    """The three characters that Slack escapes, escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """What a reader sees of escaped text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_sent(text: str) -> tuple[str, list[Json]]:
    """The message text and the rich text block for what was typed.

    Mentions are typed as Slack writes them (`<@U…>`, `<#C…>`, `<!here>`), addresses bare.
    """
    sent: list[str] = []
    leaves: list[Json] = []
    for piece in PIECE.split(text):
        if not piece:
            continue
        if TOKEN.fullmatch(piece):
            sent.append(piece)
            leaves.append(_mention(piece))
        elif ADDRESS.fullmatch(piece):
            sent.append(f"<{escaped(piece)}>")
            leaves.append({"type": "link", "url": piece})
        else:
            sent.append(escaped(piece))
            leaves.append({"type": "text", "text": piece})
    section = {"type": "rich_text_section", "elements": leaves}
    return "".join(sent), [{"type": "rich_text", "elements": [section]}]


def _mention(token: str) -> Json:
    name = token[2:-1].partition("|")[0]
    if token.startswith("<@"):
        return {"type": "user", "user_id": name}
    if token.startswith("<#"):
        return {"type": "channel", "channel_id": name}
    return {"type": "broadcast", "range": name}
