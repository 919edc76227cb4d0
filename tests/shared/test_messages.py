"""Everything the bot shows in some weeks of a group's life is valid Block Kit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.slack.listeners import table
from bot.slack.routes import action_name
from tests.conversations.caretaking import caretake
from tests.conversations.conftest import Running
from tests.conversations.everyday import Everyday

Json = dict[str, Any]
MESSAGE_BLOCKS = 50
POSTED = ("chat.postMessage", "chat.update", "chat.postEphemeral")


@pytest.fixture
def validators(shared: Path) -> dict[str, Draft202012Validator]:
    """The published schema, for blocks and for each surface."""
    schema = json.loads((shared / "slack" / "block-kit.schema.json").read_text())
    views = {
        name: Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{name}_view"})
        for name in ("modal", "home")
    }
    return {"blocks": Draft202012Validator(schema), **views}


def structure(value: Any) -> Any:
    """An argument that may have come as JSON in a form."""
    return json.loads(value) if isinstance(value, str) else value


def messages(played: Everyday) -> Iterator[tuple[str, list[Json]]]:
    """Text and blocks of all that was posted, changed, whispered or acknowledged."""
    yield from played.said
    for call in played.bot.slack.calls:
        if call.method in POSTED:
            yield call.args["text"], structure(call.args["blocks"])


def views(played: Everyday) -> Iterator[Json]:
    """Modals and Home tabs."""
    yield from played.modals
    for call in played.bot.slack.calls:
        if call.method in ("views.open", "views.publish"):
            yield structure(call.args["view"])


def covers(played: Everyday) -> Iterator[list[Json]]:
    """What stands beside a file."""
    for call in played.bot.slack.calls:
        if call.method == "files.completeUploadExternal" and call.args.get("blocks"):
            yield structure(call.args["blocks"])


def actions(played: Everyday) -> Iterator[str]:
    """The name of every button that anybody was shown."""
    shown = [blocks for _text, blocks in messages(played)]
    for blocks in (*shown, *(view["blocks"] for view in views(played))):
        for block in blocks:
            elements = block["elements"] if block["type"] == "actions" else []
            yield from (action_name(element["action_id"]) for element in elements)


def faults(validator: Draft202012Validator, value: Any) -> list[str]:
    """What is wrong, in short."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def test_all_that_the_bot_shows_is_valid(
    bot: Running, validators: dict[str, Draft202012Validator]
) -> None:
    played = Everyday(bot)
    played.play()
    caretake(played)

    for text, blocks in messages(played):
        assert text.strip()
        assert 0 < len(blocks) <= MESSAGE_BLOCKS
        assert faults(validators["blocks"], blocks) == []
    for blocks in covers(played):
        assert len(blocks) <= MESSAGE_BLOCKS
        assert faults(validators["blocks"], blocks) == []
    for view in views(played):
        assert faults(validators[view["type"]], view) == []
    kinds = {view["type"] for view in views(played)}
    assert kinds == {"modal", "home"}
    # More than twelve items due at once and a form asked for in words would show these.
    unseen = {"nudge.others", "command.open"}
    assert set(table.buttons) - set(actions(played)) == unseen
    opened = {view.get("callback_id") for view in played.modals}
    assert set(table.views) - opened == set()
