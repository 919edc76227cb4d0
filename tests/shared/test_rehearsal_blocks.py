"""Our Block Kit rules give the same verdict as the published schema, on many samples.

Where ours are stricter on purpose (a first choice that is not offered, an address that is
none, ids used twice) the samples stay away.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.rehearsal import blocks

Json = dict[str, Any]
PLAIN = {"type": "plain_text", "text": "Words", "emoji": True}
MRKDWN = {"type": "mrkdwn", "text": "*Words*"}
OPTION = {"text": PLAIN, "value": "a", "description": PLAIN}
CONFIRM = {"title": PLAIN, "text": MRKDWN, "confirm": PLAIN, "deny": PLAIN, "style": "danger"}
TRIGGERS = {"trigger_actions_on": ["on_enter_pressed"]}
LEAF = {"type": "text", "text": "a", "style": {"bold": True}}
RICH: Json = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [LEAF]}]}
URL = "https://example.org/a.png"


def element(kind: str, **more: Any) -> Json:
    """An element with an action id."""
    return {"type": kind, "action_id": f"{kind}-1", **more}


MENU: Json = {"placeholder": PLAIN, "focus_on_load": True, "confirm": CONFIRM}
CHOICES = [
    element("button", text=PLAIN, value="v", style="primary", url=URL, confirm=CONFIRM),
    element("static_select", options=[OPTION], initial_option=OPTION, **MENU),
    element("static_select", option_groups=[{"label": PLAIN, "options": [OPTION]}]),
    element("multi_static_select", options=[OPTION], max_selected_items=2, **MENU),
    element("external_select", min_query_length=2, initial_option=OPTION, **MENU),
    element("multi_external_select", min_query_length=0, **MENU),
    element("users_select", initial_user="U1", **MENU),
    element("multi_users_select", initial_users=["U1", "W2"], max_selected_items=3, **MENU),
    element("conversations_select", default_to_current_conversation=True, **MENU),
    element(
        "multi_conversations_select",
        filter={"include": ["im"], "exclude_bot_users": True},
        initial_conversations=["C1"],
    ),
    element("channels_select", initial_channel="C1", response_url_enabled=True, **MENU),
    element("multi_channels_select", initial_channels=["C1"], **MENU),
    element("datepicker", initial_date="2022-08-31", **MENU),
    element("timepicker", initial_time="09:00", timezone="Europe/London", **MENU),
    element("checkboxes", options=[OPTION | {"text": MRKDWN}], confirm=CONFIRM),
    element("radio_buttons", options=[OPTION], initial_option=OPTION, focus_on_load=True),
    element("overflow", options=[OPTION | {"url": URL}], confirm=CONFIRM),
]
MOMENT = element("datetimepicker", initial_date_time=1_661_900_400, confirm=CONFIRM)
TYPED: Json = {"dispatch_action_config": TRIGGERS, "placeholder": PLAIN, "focus_on_load": True}
INPUTS = [
    element("plain_text_input", multiline=True, min_length=1, max_length=3000, **TYPED),
    element("email_text_input", initial_value="a@example.org", **TYPED),
    element("url_text_input", initial_value="https://example.org", **TYPED),
    element("number_input", is_decimal_allowed=False, min_value="1", max_value="9", **TYPED),
    element("rich_text_input", initial_value=RICH, **TYPED),
    element("file_input", filetypes=["pdf"], max_files=2),
]
LEAVES = [
    {"type": "link", "url": URL, "text": "a", "unsafe": True},
    {"type": "user", "user_id": "U1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "channel", "channel_id": "C1", "style": {"italic": True}},
    {"type": "emoji", "name": "eyes", "skin_tone": 2, "unicode": "1f440"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#aabbcc"},
    {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "a", "url": URL},
]
CONTAINERS: list[Json] = [
    *({"type": "rich_text_section", "elements": [each]} for each in LEAVES),
    {
        "type": "rich_text_list",
        "style": "ordered",
        "elements": [RICH["elements"][0]],
        "indent": 1,
        "border": 1,
    },
    {"type": "rich_text_preformatted", "elements": [LEAF], "border": 0, "language": "yaml"},
    {"type": "rich_text_quote", "elements": [LEAF], "border": 1},
]
PICTURE = {"type": "image", "image_url": URL, "alt_text": "a"}
BLOCKS: list[Json] = [
    {"type": "section", "text": MRKDWN, "block_id": "b", "expand": True},
    {"type": "section", "fields": [PLAIN, MRKDWN]},
    {"type": "header", "text": PLAIN, "level": 2},
    {"type": "divider"},
    {"type": "context", "elements": [PLAIN, MRKDWN, PICTURE]},
    {**PICTURE, "title": PLAIN},
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a"},
    *({"type": "rich_text", "elements": [each]} for each in CONTAINERS),
    {"type": "markdown", "text": "# a"},
    {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "a"}, {**RICH}]],
        "column_settings": [{"align": "right", "is_wrapped": True}, None],
    },
    {
        "type": "video",
        "alt_text": "a",
        "title": PLAIN,
        "thumbnail_url": URL,
        "video_url": URL,
        "author_name": "a",
        "description": PLAIN,
        "provider_name": "a",
        "title_url": URL,
    },
    {"type": "file", "external_id": "a", "source": "remote"},
    *({"type": "section", "text": PLAIN, "accessory": each} for each in (CHOICES[0], PICTURE)),
    *({"type": "actions", "elements": [each]} for each in (CHOICES[0], CHOICES[-1])),
    *(
        {"type": "input", "label": PLAIN, "hint": PLAIN, "optional": True, "element": each}
        for each in [*CHOICES[1:-1], MOMENT, *INPUTS]
    ),
]
MODAL: Json = {
    "type": "modal",
    "title": PLAIN,
    "submit": PLAIN,
    "close": PLAIN,
    "private_metadata": "a",
    "callback_id": "a",
    "external_id": "a",
    "clear_on_close": True,
    "notify_on_close": False,
    "blocks": [{"type": "section", "text": PLAIN}],
}
INSTEAD: list[Any] = ["", "x" * 80, "x" * 4000, [], None, 7, True]
ALIKE = ("confirm", "placeholder", "description", "dispatch_action_config", "hint")
STRICTER = ("url", "initial_", "options", "value", "min_", "max_", "type", "id", "filetypes")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in inside:
        yield (*path, key)
        if isinstance(inner, (dict, list)) and not (key in ALIKE and path):
            yield from places(inner, (*path, key))


def changed(value: Json) -> Iterator[tuple[str, Json]]:
    """The sample with one thing in it left out, added, doubled or replaced."""
    for path in places(value):
        for what in ("drop", "add", "double", *range(len(INSTEAD))):
            sample = copy.deepcopy(value)
            holder: Any = sample
            for key in path[:-1]:
                holder = holder[key]
            inner = holder[path[-1]]
            if what == "drop":
                del holder[path[-1]]
            elif what == "add" and isinstance(inner, dict):
                inner["surplus"] = 1
            elif what == "double" and isinstance(inner, list):
                holder[path[-1]] = inner * 60
            elif isinstance(what, int) and not _ours_is_stricter(path):
                holder[path[-1]] = INSTEAD[what]
            else:
                continue
            yield f"{what} at {path}", sample


def _ours_is_stricter(path: tuple[Any, ...]) -> bool:
    return any(isinstance(key, str) and any(s in key for s in STRICTER) for key in path)


def of(schema: Json, name: str) -> Draft202012Validator:
    """The validator of one definition."""
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{name}"})


@pytest.fixture(scope="module")
def schema(shared: Path) -> Json:
    """The published schema."""
    found: Json = json.loads((shared / "slack" / "block-kit.schema.json").read_text())
    return found


@pytest.mark.parametrize("element", [*CHOICES, *INPUTS, MOMENT, PICTURE], ids=lambda e: e["type"])
def test_each_block_takes_the_elements_that_the_schema_lets_it(schema: Json, element: Json) -> None:
    for holder in (
        {"type": "section", "text": PLAIN, "accessory": element},
        {"type": "actions", "elements": [element]},
        {"type": "context", "elements": [element]},
        {"type": "input", "label": PLAIN, "element": element},
    ):
        assert of(schema, f"{holder['type']}_block").is_valid(holder) == (
            blocks.message([holder]) == []
        )


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: b["type"])
def test_the_verdict_on_a_block_is_the_schemas(schema: Json, block: Json) -> None:
    validator = of(schema, f"{block['type']}_block")
    assert validator.is_valid(block)
    assert blocks.message([block]) == []
    for what, sample in changed(block):
        problems = blocks.message([sample])
        aside = ("among the options", "already exists", "one table")
        ours = [p for p in problems if not any(each in p for each in aside)]
        assert validator.is_valid(sample) == (not ours), (what, ours)


def test_the_verdict_on_a_modal_is_the_schemas(schema: Json) -> None:
    validator = of(schema, "modal_view")
    assert blocks.modal(MODAL) == []
    for what, sample in changed(MODAL):
        assert validator.is_valid(sample) == (blocks.modal(sample) == []), what
