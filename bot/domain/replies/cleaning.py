"""What of a message is its writer's own: without quotes, signatures, code and mark-up."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"```.*?(?:```|\Z)", re.S)
_FORWARDED = re.compile(
    r"-{3,}\s*(?:original|forwarded) message\s*-*|begin forwarded message|from:\s.+|sent from my .+"
    r"|on .{6,80} wrote:|sent:\s.+|--\s*|_{5,}",
    re.I,
)
_SIGN_OFF = re.compile(
    r"(?:(?:kind|best|warm|many|with)\s+)*(?:regards|wishes|thanks|cheers|rgds|br|kr)[,.!]*", re.I
)
_AWAY = re.compile(
    r"\b(?:automatic reply|auto-?\s?reply|auto-?response|out[ -]of[ -](?:the[ -])?office"
    r"|limited access to (?:my )?e-?mails?|thank you for your (?:e-?mail|message)"
    r"|(?:will|'ll) (?:respond|reply|get back)\b.{0,40}\b(?:return|back in))",
    re.I,
)
_LINK = re.compile(r"<(https?://[^|>\s]{1,2000})(?:\|([^>]{0,500}))?>")
_BARE_LINK = re.compile(r"\bhttps?://[^\s<>|]{1,2000}", re.I)
_MENTION = re.compile(r"<([@#!])([A-Za-z0-9^_-]{1,80})(?:\|([^>]{0,200}))?>")
_STRUCK = re.compile(r"~[^~\n]{1,500}~")
_EMPHASIS = re.compile(r"(?<!\w)[*_`]{1,3}|[*_`]{1,3}(?!\w)")
_NUMBERED = re.compile(r"^\s*\(?(\d{1,2})[.):]\s+")
_BULLET = re.compile(r"^\s*[-*•–]\s+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\U000e0000-\U000e007f]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "`", "“": '"', "”": '"', "\u00a0": " "})
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_LONGEST = 10_000
ORDER_MARK = "№"


@dataclass(frozen=True)
class Cleaned:
    """The writer's own words, the links in them, and whether an automatic reply was cut."""

    text: str
    links: tuple[str, ...] = ()
    automatic: bool = False


def clean(text: str) -> Cleaned:
    """The writer's own words in plain text; at most 10,000 characters are looked at.

    A line that begins with a number becomes one that begins with ORDER_MARK and the number.
    """
    text = _FENCE.sub("\n", text[:_LONGEST].translate(_APOSTROPHES))
    text = _INVISIBLE.sub("", text)
    links: list[str] = []
    text = _LINK.sub(lambda match: _keep(links, match[1], match[2]), text)
    text = _BARE_LINK.sub(lambda match: _keep(links, match[0].rstrip(".,;:!?)"), None), text)
    text = _MENTION.sub(lambda match: match[3] or ("@" if match[1] == "@" else "") + match[2], text)
    own, automatic = _own_lines(text)
    for written, meant in _ENTITIES:
        own = own.replace(written, meant)
    own = _EMPHASIS.sub("", _STRUCK.sub("", own))
    return Cleaned(text=own.strip(), links=tuple(links), automatic=automatic)


def _keep(links: list[str], url: str, label: str | None) -> str:
    links.append(url.replace("&amp;", "&"))
    return f" {label} " if label and not label.startswith("http") else " "


def _own_lines(text: str) -> tuple[str, bool]:
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if _AWAY.search(bare):
            return "\n".join(lines), True
        if _FORWARDED.fullmatch(bare) or (lines and _SIGN_OFF.fullmatch(bare)):
            break
        if bare.startswith((">", "&gt;")):
            continue
        line = _NUMBERED.sub(rf"{ORDER_MARK}\1 ", line)
        lines.append(_BULLET.sub("", line))
    return "\n".join(lines), False
