"""Rich text: sections, lists, quotes, and the runs within them."""

from __future__ import annotations

from bot.rehearsal.blocks.checks import (
    Check,
    address,
    at_least_one,
    boolean,
    kinds,
    listing,
    one_of,
    pattern,
    text,
    thing,
    whole,
)
from bot.rehearsal.blocks.composition import BLOCK_ID

MANY = 1_000_000
ANY_TEXT = text(MANY, least=0)
FLAGS = (
    "bold",
    "italic",
    "strike",
    "underline",
    "code",
    "highlight",
    "client_highlight",
    "unlink",
)
STYLE = thing(dict.fromkeys(FLAGS, boolean), rules=(at_least_one(*FLAGS),))


def leaf(name: str, /, *required: str, **fields: Check) -> Check:
    """A run of this type."""
    return thing(
        {"type": one_of(name), "style": STYLE, **fields},
        required=("type", *required),
    )


LEAF = kinds(
    {
        "text": leaf("text", "text", text=ANY_TEXT),
        "link": leaf("link", "url", url=address(MANY), text=ANY_TEXT, unsafe=boolean),
        "user": leaf("user", "user_id", user_id=pattern(r"[UW][A-Z0-9]+", "a user id")),
        "usergroup": leaf(
            "usergroup", "usergroup_id", usergroup_id=pattern(r"S[A-Z0-9]+", "a group id")
        ),
        "channel": leaf(
            "channel", "channel_id", channel_id=pattern(r"[CG][A-Z0-9]+", "a channel id")
        ),
        "emoji": leaf("emoji", "name", name=text(MANY), skin_tone=whole(1, 6), unicode=text(MANY)),
        "team": leaf("team", "team_id", team_id=pattern(r"T[A-Z0-9]+", "a team id")),
        "broadcast": leaf("broadcast", "range", range=one_of("here", "channel", "everyone")),
        "color": leaf("color", "value", value=pattern(r"#?[0-9a-fA-F]{6}", "a colour")),
        "date": leaf(
            "date",
            "timestamp",
            "format",
            timestamp=whole(0, 10**12),
            format=text(MANY),
            url=address(MANY),
            fallback=ANY_TEXT,
        ),
    }
)
LEAVES = listing(LEAF, most=MANY, least=0)
BORDER = one_of(0, 1)


def container(name: str, **more: Check) -> Check:
    """A container of runs."""
    return thing({"type": one_of(name), "elements": LEAVES, **more}, required=("type", "elements"))


SECTION = container("rich_text_section")
CONTAINER = kinds(
    {
        "rich_text_section": SECTION,
        "rich_text_preformatted": container(
            "rich_text_preformatted", border=BORDER, language=text(MANY)
        ),
        "rich_text_quote": container("rich_text_quote", border=BORDER),
        "rich_text_list": thing(
            {
                "type": one_of("rich_text_list"),
                "style": one_of("bullet", "ordered"),
                "elements": listing(kinds({"rich_text_section": SECTION}), most=MANY),
                "indent": whole(0, MANY),
                "offset": whole(0, MANY),
                "border": BORDER,
            },
            required=("type", "style", "elements"),
        ),
    }
)
CONTAINERS = listing(CONTAINER, most=MANY, least=0)
RICH_TEXT = thing(
    {"type": one_of("rich_text"), "elements": CONTAINERS, "block_id": BLOCK_ID},
    required=("type", "elements"),
)
