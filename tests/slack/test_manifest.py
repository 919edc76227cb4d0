"""`app.yaml` asks for what the code uses, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack import listeners
from bot.slack import manifest as needs

ROOT = Path(__file__).parents[2]
QUOTED_METHOD = re.compile(
    r'"((?:apps|auth|chat|conversations|files|reactions|team|users|views)\.[a-z]+(?:\.?[A-Za-z]+)*)"'
)


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The manifest."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "app.yaml").read_text())
    return found


def test_every_slash_command_is_answered_and_announced(manifest: dict[str, Any]) -> None:
    announced = {each["command"] for each in manifest["features"]["slash_commands"]}

    assert announced == set(listeners.table.commands)


def test_every_shortcut_is_answered_and_announced(manifest: dict[str, Any]) -> None:
    announced = {each["callback_id"] for each in manifest["features"]["shortcuts"]}

    assert announced == set(listeners.table.shortcuts)


def test_every_event_is_answered_and_subscribed_to(manifest: dict[str, Any]) -> None:
    subscribed = set(manifest["settings"]["event_subscriptions"]["bot_events"])

    assert subscribed == needs.subscriptions()
    assert set(needs.EVENTS) == set(listeners.table.events)


def test_no_scope_is_asked_for_that_nothing_needs(manifest: dict[str, Any]) -> None:
    asked = manifest["oauth_config"]["scopes"]["bot"]

    assert sorted(asked) == asked
    assert set(asked) == needs.scopes()


def test_every_scope_stands_under_the_feature_that_needs_it() -> None:
    lines = (ROOT / "app.yaml").read_text().splitlines()
    start = lines.index("    bot:")

    for number, line in enumerate(lines[start:], start):
        if (
            re.fullmatch(r"      - [a-z_.]+(:[a-z.]+)*", line) and ":" in line
        ) or "- commands" in line:
            assert lines[number - 1].lstrip().startswith("# "), line


def test_the_methods_that_need_scopes_are_those_the_code_calls() -> None:
    sources = [path.read_text() for path in (ROOT / "bot" / "slack").rglob("*.py")]
    listed = (ROOT / "bot" / "slack" / "manifest.py").read_text()
    called = {name for text in sources if text != listed for name in QUOTED_METHOD.findall(text)}

    assert called == set(needs.METHODS)


def test_whatever_can_be_pressed_or_sent_in_is_answered() -> None:
    services = "\n".join(path.read_text() for path in (ROOT / "bot").rglob("services/**/*.py"))
    action = re.compile(r'(?:action=|\("[^"]+", )"([a-z]+\.[a-z_]+)"')
    shown = set(action.findall(services)) | set(re.findall(r'"(intro\.[a-z_]+)"', services))
    forms = set(re.findall(r'callback="([a-z]+\.[a-z_]+)"', services))

    assert shown
    assert shown <= set(listeners.table.buttons)
    assert forms <= set(listeners.table.views)
