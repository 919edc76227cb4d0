"""Forms as modals, and what was filled in as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.errors import PermanentError
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import say
from bot.slack.render.messages import plain, to_blocks
from bot.slack.render.text import cut

Json = dict[str, Any]

PRIVATE = 3_000
TITLE = 24
LONGEST = 3_000
OPTIONS = 100
ENTRY = "entry"


def modal(form: Form) -> Json:
    """The view of a form; each block is called by its field's name."""
    private = json.dumps(dict(form.private), separators=(",", ":"))
    if len(private) > PRIVATE:
        raise PermanentError(f"The form {form.callback} keeps over {PRIVATE} characters: keep ids.")
    return {
        "type": "modal",
        "callback_id": form.callback,
        "title": plain(cut(form.title, TITLE)),
        "submit": plain(cut(form.submit, TITLE)),
        "close": plain("Cancel"),
        "private_metadata": private,
        "blocks": [*to_blocks(form.intro), *(_input(field) for field in form.fields)],
    }


def notice(title: str, sentence: str) -> Json:
    """A modal that only says something."""
    blocks = to_blocks((say(sentence),))
    return {
        "type": "modal",
        "title": plain(cut(title, TITLE)),
        "close": plain("Close"),
        "blocks": blocks,
    }


def _input(field: Field) -> Json:
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(cut(field.label, 2_000)),
        "optional": field.optional,
        "element": {"action_id": ENTRY, **_element(field)},
    }
    if field.hint:
        block["hint"] = plain(cut(field.hint, 2_000))
    return block


def _element(field: Field) -> Json:
    if field.kind is FieldKind.CHOICE:
        return _choice(field)
    if field.kind in (FieldKind.CHOICES, FieldKind.TICK):
        return _choices(field)
    if field.kind is FieldKind.DAY:
        return {"type": "datepicker", **_initial("initial_date", field.value)}
    many = field.kind is FieldKind.LINES
    shown = field.value[:LONGEST] if field.value else None
    return {
        "type": "plain_text_input",
        "multiline": many,
        "max_length": LONGEST,
        **_initial("initial_value", shown),
    }


def _initial(name: str, value: str | None) -> Json:
    return {name: value} if value else {}


def _choice(field: Field) -> Json:
    options = _options(field)
    chosen = next((each for each in options if each["value"] == field.value), None)
    element: Json = {"type": "static_select", **_offered(options)}
    return {**element, "initial_option": chosen} if chosen else element


def _choices(field: Field) -> Json:
    """Any of several choices; a tick is the one box that it offers."""
    options = _options(field)
    wanted = (field.value or "").split(",")
    chosen = [each for each in options if each["value"] in wanted]
    tick = field.kind is FieldKind.TICK
    kind = "checkboxes" if tick else "multi_static_select"
    element: Json = {"type": kind, **({"options": options} if tick else _offered(options))}
    return {**element, "initial_options": chosen} if chosen else element


def _options(field: Field) -> list[Json]:
    if not 0 < len(field.choices) <= OPTIONS * OPTIONS:
        raise PermanentError(f"The field {field.name} must offer 1 to {OPTIONS} choices.")
    return [{"text": plain(cut(label, 75)), "value": value} for value, label in field.choices]


def _offered(options: list[Json]) -> Json:
    """Up to a hundred choices as they are, more in groups of a hundred."""
    if len(options) <= OPTIONS:
        return {"options": options}
    groups = [options[at : at + OPTIONS] for at in range(0, len(options), OPTIONS)]
    return {"option_groups": [{"label": _span(each), "options": each} for each in groups]}


def _span(options: list[Json]) -> Json:
    first, last = options[0]["text"]["text"], options[-1]["text"]["text"]
    return plain(cut(f"{first[:30]} to {last[:30]}", 75))


def values(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by field; an empty field is an empty string."""
    filled = view.get("state", {}).get("values", {})
    return {name: _value(next(iter(block.values()), {})) for name, block in filled.items()}


def _value(entry: Mapping[str, Any]) -> str:
    if "selected_options" in entry:
        return ",".join(each["value"] for each in entry["selected_options"] or ())
    chosen = entry.get("selected_option")
    found = chosen["value"] if chosen else entry.get("selected_date") or entry.get("value")
    return str(found or "")


def private(view: Mapping[str, Any]) -> dict[str, Any]:
    """What the form kept for its return."""
    found = json.loads(view.get("private_metadata") or "{}")
    return found if isinstance(found, dict) else {}
