"""Block Kit's rules, one at a time."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rehearsal import blocks
from tests.rehearsal.conftest import a_modal, button, section

Json = dict[str, Any]


def row(*elements: Json) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements)}


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def option(value: str, label: str = "Label") -> Json:
    """An option of a menu."""
    return {"text": plain(label), "value": value}


def select(*options: Json, **more: Any) -> Json:
    """A static select."""
    return {"type": "static_select", "action_id": "s", "options": list(options), **more}


WRONG: list[tuple[Json, str, str]] = [
    ({"type": "poem"}, "unsupported type: poem", "/blocks/0/type"),
    ({"text": plain("a")}, "missing required field: type", "/blocks/0"),
    ({"type": "section"}, "at least one of text, fields is required", "/blocks/0"),
    (section("a", colour="red"), "unexpected field: colour", "/blocks/0"),
    (section(""), "must be more than 0 characters", "/blocks/0/text/text"),
    (section("x" * 3001), "must be less than 3001 characters", "/blocks/0/text/text"),
    (
        {"type": "section", "fields": [plain("x" * 2001)]},
        "must be less than 2001 characters",
        "/blocks/0/fields/0/text",
    ),
    (
        {"type": "section", "fields": [plain("x")] * 11},
        "no more than 10 items allowed",
        "/blocks/0/fields",
    ),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters",
        "/blocks/0/text/text",
    ),
    (
        {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
        "must be one of: plain_text",
        "/blocks/0/text/type",
    ),
    (row(), "no less than 1 items allowed", "/blocks/0/elements"),
    (row(*[button(f"b{n}") for n in range(26)]), "no more than 25 items", "/blocks/0/elements"),
    (row(button("b", "x" * 76)), "must be less than 76", "/blocks/0/elements/0/text/text"),
    (row(button("b", value="x" * 2001)), "must be less than 2001", "/blocks/0/elements/0/value"),
    (row(button("x" * 256)), "must be less than 256", "/blocks/0/elements/0/action_id"),
    (row(button("b", style="loud")), "must be one of", "/blocks/0/elements/0/style"),
    (row(button("b", url="nowhere")), "must be a valid URL", "/blocks/0/elements/0/url"),
    (
        row(select(*[option(str(n)) for n in range(101)])),
        "no more than 100 items",
        "/blocks/0/elements/0/options",
    ),
    (
        row(select(option("a", "x" * 76))),
        "must be less than 76",
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        row(select(option("a"), initial_option=option("b"))),
        "not among the options",
        "/blocks/0/elements/0/initial_option",
    ),
    (
        {"type": "context", "elements": [button("b")]},
        "unsupported type: button",
        "/blocks/0/elements/0/type",
    ),
    (
        {"type": "image", "alt_text": "a"},
        "exactly one of image_url, slack_file is required",
        "/blocks/0",
    ),
    (
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]},
        "missing required field: style",
        "/blocks/0/elements/0",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 21]},
        "no more than 20 items",
        "/blocks/0/rows/0",
    ),
    ({"type": "markdown", "text": "x" * 12_001}, "must be less than 12001", "/blocks/0/text"),
]


@pytest.mark.parametrize(("block", "what", "where"), WRONG)
def test_a_wrong_block_is_named_with_its_place(block: Json, what: str, where: str) -> None:
    problems = blocks.message([block])

    assert any(p.startswith(f"[ERROR] {what}") for p in problems), problems
    assert any(p.endswith(f"[json-pointer:{where}]") for p in problems), problems


def test_a_message_takes_fifty_blocks() -> None:
    assert blocks.message([section("a")] * 50) == []
    assert blocks.message([section("a")] * 51) == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]


def test_block_ids_are_unique_and_so_are_tables() -> None:
    same = section("a", block_id="one")
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}

    assert len(blocks.message([same, same])) == 1
    assert blocks.message([table]) == []
    assert blocks.message([table, table]) == [
        "[ERROR] only one table allowed [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": plain("x" * 25)},
        {"submit": plain("x" * 25)},
        {"close": plain("x" * 25)},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"external_id": "x" * 256},
        {"blocks": [section("a")] * 101},
        {"blocks": [{"type": "markdown", "text": "a"}]},
        {"colour": "red"},
        {"notify_on_close": "yes"},
    ],
)
def test_a_modal_past_a_limit_is_wrong(change: Json) -> None:
    assert blocks.modal(a_modal()) == []
    assert len(blocks.modal(a_modal() | change)) == 1


def test_a_modal_with_inputs_needs_its_submit() -> None:
    modal = a_modal()
    del modal["submit"]

    assert blocks.modal(modal) == ["[ERROR] missing required field: submit [json-pointer:/view]"]


def test_a_home_tab_takes_no_title() -> None:
    home: Json = {"type": "home", "blocks": [section("a")] * 100}

    assert blocks.home(home) == []
    assert len(blocks.home({**home, "title": plain("a")})) == 1
