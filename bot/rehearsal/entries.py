"""What people enter into Block Kit elements, as Slack reports it in `state.values`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.rehearsal.model import Json
from bot.rehearsal.reading import interactive

DIRECT = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
CHOSEN_ONE = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
CHOSEN_MANY = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
INITIAL = {
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
}


class CannotActError(Exception):
    """Slack's client would not let this person do that; the message says why."""


def field_of(kind: str) -> str:
    """The field of an entry that holds what was entered."""
    if kind in CHOSEN_ONE:
        return "selected_option"
    if kind in CHOSEN_MANY:
        return "selected_options"
    return DIRECT[kind]


def untouched(element: Json) -> Json:
    """The entry before anybody touched it: its initial value, or nothing."""
    kind = element["type"]
    name = field_of(kind)
    if kind in CHOSEN_ONE:
        first = element.get("initial_option")
    elif kind in CHOSEN_MANY:
        first = element.get("initial_options", [])
    else:
        first = element.get(INITIAL.get(name, "initial_value"))
        first = [] if first is None and name.endswith("s") else first
    return {"type": kind, name: first}


def entered(element: Json, value: Any) -> Json:
    """The entry for a value: text, a date, an option's value or label, or a list of them."""
    kind = element["type"]
    found: Any
    if kind in CHOSEN_ONE:
        found = None if value is None else _option(element, value)
    elif kind in CHOSEN_MANY:
        found = [_option(element, each) for each in value]
    else:
        found = _plain(element, value)
    return {"type": kind, field_of(kind): found}


def _plain(element: Json, value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if element["type"] == "plain_text_input" and value is not None:
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if not least <= len(value) <= most:
            raise CannotActError(f"The field takes {least} to {most} characters.")
    if element["type"] == "datepicker" and value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise CannotActError(f"A date picker gives YYYY-MM-DD, not {value!r}.")
    return value or None


def _option(element: Json, wanted: Any) -> Json:
    offered = list(element.get("options", []))
    for group in element.get("option_groups", []):
        offered += group["options"]
    for option in offered:
        if wanted in (option["value"], option["text"]["text"]):
            return dict(option)
    if element["type"].endswith("external_select") and isinstance(wanted, dict):
        return dict(wanted)
    names = [option["text"]["text"] for option in offered]
    raise CannotActError(f"{wanted!r} is not offered; the choices are {names}.")


def state(blocks: list[Json], filled: Mapping[str, Mapping[str, Json]]) -> Json:
    """`state.values` for these blocks: what was entered, else the initial values."""
    values: Json = {}
    for block, element in interactive(blocks):
        if element["type"] in ("button", "overflow", "workflow_button"):
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        entry = filled.get(block_id, {}).get(action_id) or untouched(element)
        values.setdefault(block_id, {})[action_id] = entry
    return values


def fill(blocks: list[Json], filled: dict[str, dict[str, Json]], values: Mapping[str, Any]) -> None:
    """Enter each value under its block id or action id; CannotActError where there is none."""
    for name, value in values.items():
        places = [
            (block, element)
            for block, element in interactive(blocks)
            if name in (block["block_id"], element["action_id"]) and element["type"] != "button"
        ]
        if len(places) != 1:
            raise CannotActError(f"{len(places)} fields are called {name!r}; name one that is.")
        block, element = places[0]
        entry = entered(element, value)
        filled.setdefault(block["block_id"], {})[element["action_id"]] = entry


def missing(blocks: list[Json], values: Json) -> dict[str, str]:
    """The required inputs that are empty, with what Slack's client says beneath each."""
    return {
        block["block_id"]: "Please complete this required field."
        for block, element in interactive(blocks)
        if block["type"] == "input"
        and not block.get("optional")
        and not values[block["block_id"]][element["action_id"]][field_of(element["type"])]
    }


def find(
    blocks: list[Json],
    action_id: str,
    *,
    value: str | None,
    label: str | None,
    block_id: str | None,
) -> tuple[Json, Json]:
    """The one (block, element) that is meant; CannotActError where there is none, or more."""
    found = [
        (block, element)
        for block, element in interactive(blocks)
        if element["action_id"] == action_id
        and value in (None, element.get("value"))
        and label in (None, element.get("text", {}).get("text"))
        and block_id in (None, block["block_id"])
    ]
    if len(found) != 1:
        offered = [element["action_id"] for _, element in interactive(blocks)]
        raise CannotActError(f"{len(found)} elements fit {action_id!r}; there are {offered}.")
    return found[0]
