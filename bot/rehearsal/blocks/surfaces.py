"""Whole messages, modals and Home tabs: which blocks each takes, and what must be unique."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.blocks.checks import (
    Check,
    Problems,
    address,
    as_list,
    at_least_one,
    boolean,
    kinds,
    listing,
    one_of,
    pattern,
    problem,
    text,
    thing,
    whole,
)
from bot.rehearsal.blocks.composition import BLOCK_ID, image, plain, words
from bot.rehearsal.blocks.elements import IN_ACTIONS, IN_CONTEXT, IN_INPUT, IN_SECTION
from bot.rehearsal.blocks.rich_text import CONTAINERS, RICH_TEXT

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_TOTAL = 12_000
TABLE_TOTAL = 10_000
MANY = 1_000_000


def block(name: str, *required: str, rules: Any = (), **fields: Check) -> Check:
    """A block of this type."""
    every = {"type": one_of(name), "block_id": BLOCK_ID, **fields}
    return thing(every, required=("type", *required), rules=rules)


def _no_dispatch_of_files(value: dict[str, Any], where: str, problems: Problems) -> None:
    element = value.get("element")
    is_file = isinstance(element, dict) and element.get("type") == "file_input"
    if is_file and value.get("dispatch_action"):
        problems.append(problem("must be false for a file_input", f"{where}/dispatch_action"))


CELL = kinds(
    {
        "raw_text": thing(
            {"type": one_of("raw_text"), "text": text(TABLE_TOTAL, least=0)},
            required=("type", "text"),
        ),
        "rich_text": thing(
            {"type": one_of("rich_text"), "elements": CONTAINERS}, required=("type", "elements")
        ),
    }
)
_COLUMN = thing({"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _column(value: Any, where: str, problems: Problems) -> None:
    if value is not None:
        _COLUMN(value, where, problems)


HTTPS = pattern(r"https://[^\s<>]+", "an https URL")

COMMON: dict[str, Check] = {
    "section": block(
        "section",
        text=words(),
        fields=listing(words(2000), most=10),
        accessory=IN_SECTION,
        expand=boolean,
        rules=(at_least_one("text", "fields"),),
    ),
    "header": block("header", "text", text=plain(150), level=whole(1, 4)),
    "divider": block("divider"),
    "context": block("context", "elements", elements=listing(IN_CONTEXT, most=10)),
    "actions": block("actions", "elements", elements=listing(IN_ACTIONS, most=25)),
    "input": block(
        "input",
        "label",
        "element",
        label=plain(2000),
        element=IN_INPUT,
        dispatch_action=boolean,
        hint=plain(2000),
        optional=boolean,
        rules=(_no_dispatch_of_files,),
    ),
    "image": image(2000, title=plain(2000), block_id=BLOCK_ID),
    "rich_text": RICH_TEXT,
    "video": block(
        "video",
        "alt_text",
        "title",
        "thumbnail_url",
        "video_url",
        alt_text=text(MANY),
        title=plain(199),
        thumbnail_url=address(),
        video_url=HTTPS,
        author_name=text(49, least=0),
        description=plain(199),
        provider_icon_url=address(),
        provider_name=text(MANY),
        title_url=HTTPS,
    ),
}
MESSAGE_ONLY: dict[str, Check] = {
    "markdown": block("markdown", "text", text=text(MARKDOWN_TOTAL)),
    "table": block(
        "table",
        "rows",
        rows=listing(listing(CELL, most=20), most=100),
        column_settings=listing(_column, most=20, least=0),
    ),
    "file": block("file", "external_id", "source", external_id=text(MANY), source=one_of("remote")),
}
IN_MESSAGE = kinds({**COMMON, **MESSAGE_ONLY})
IN_VIEW = kinds(COMMON)


def message(blocks: Any) -> Problems:
    """What Slack would find wrong with a message's blocks; pointers start at /blocks."""
    problems: Problems = []
    listing(IN_MESSAGE, most=MESSAGE_BLOCKS, least=0)(blocks, "/blocks", problems)
    _unique(blocks, "/blocks", problems)
    _totals(blocks, problems)
    return problems


VIEW_FIELDS: dict[str, Check] = {
    "blocks": listing(IN_VIEW, most=VIEW_BLOCKS),
    "private_metadata": text(3000, least=0),
    "callback_id": text(255, least=0),
    "external_id": text(255, least=0),
}
MODAL = thing(
    {
        "type": one_of("modal"),
        "title": plain(24),
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
        **VIEW_FIELDS,
    },
    required=("type", "title", "blocks"),
)
HOME = thing({"type": one_of("home"), **VIEW_FIELDS}, required=("type", "blocks"))


def modal(view: Any) -> Problems:
    """What Slack would find wrong with a modal; pointers start at /view."""
    problems: Problems = []
    MODAL(view, "/view", problems)
    blocks = view.get("blocks") if isinstance(view, dict) else None
    _unique(blocks, "/view/blocks", problems)
    if "input" in _types(blocks) and "submit" not in view:
        problems.append(problem("missing required field: submit", "/view"))
    return problems


def home(view: Any) -> Problems:
    """What Slack would find wrong with a Home tab; pointers start at /view."""
    problems: Problems = []
    HOME(view, "/view", problems)
    blocks = view.get("blocks") if isinstance(view, dict) else None
    _unique(blocks, "/view/blocks", problems)
    for index, each in enumerate(as_list(blocks)):
        element = each.get("element") if isinstance(each, dict) else None
        if isinstance(element, dict) and element.get("type") == "file_input":
            problems.append(
                problem("unsupported type: file_input", f"/view/blocks/{index}/element/type")
            )
    return problems


def _types(blocks: Any) -> list[Any]:
    return [each.get("type") for each in as_list(blocks) if isinstance(each, dict)]


def _unique(blocks: Any, where: str, problems: Problems) -> None:
    """Block ids are unique on their surface, action ids in their block."""
    seen: set[str] = set()
    for index, each in enumerate(as_list(blocks)):
        if not isinstance(each, dict):
            continue
        block_id = each.get("block_id")
        if isinstance(block_id, str):
            if block_id in seen:
                problems.append(problem("block_id already exists", f"{where}/{index}/block_id"))
            seen.add(block_id)
        ids = [e.get("action_id") for e in as_list(each.get("elements")) if isinstance(e, dict)]
        for place, action_id in enumerate(ids):
            if action_id is not None and action_id in ids[:place]:
                pointer = f"{where}/{index}/elements/{place}/action_id"
                problems.append(problem("action_id already exists", pointer))


def _totals(blocks: Any, problems: Problems) -> None:
    if _types(blocks).count("table") > 1:
        problems.append(problem("only one table allowed", "/blocks"))
    total = 0
    for each in as_list(blocks):
        if isinstance(each, dict) and each.get("type") == "markdown":
            total += len(str(each.get("text", "")))
    if total > MARKDOWN_TOTAL:
        problems.append(
            problem(f"markdown must be less than {MARKDOWN_TOTAL + 1} in all", "/blocks")
        )
