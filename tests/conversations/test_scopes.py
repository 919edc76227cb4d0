"""The bot lives on what app.yaml asks for: no call is refused, and every method is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.rehearsal import RehearsalServer
from bot.slack import manifest
from tests.conversations.caretaking import bring_a_sheet
from tests.conversations.conftest import OWNER, Running
from tests.conversations.everyday import Everyday
from tests.conversations.test_removals import remove_a_file
from tests.databases import SqliteFiles

APP = Path(__file__).parents[2] / "app.yaml"


@pytest.fixture
def bot(
    slack: RehearsalServer,
    make_bot: Callable[[str], Running],
    sqlite_files: SqliteFiles,
    tmp_path: Path,
) -> Running:
    """The bot, installed from the manifest."""
    app = yaml.safe_load(APP.read_text(encoding="utf-8"))
    slack.workspace.configure(
        scopes=frozenset(app["oauth_config"]["scopes"]["bot"]),
        events=frozenset(app["settings"]["event_subscriptions"]["bot_events"]),
        commands=frozenset(each["command"] for each in app["features"]["slash_commands"]),
    )
    return make_bot(sqlite_files.new_url(tmp_path))


def test_the_manifest_is_enough_for_everything_that_the_bot_does(bot: Running) -> None:
    everyday = Everyday(bot)

    everyday.play()
    bring_a_sheet(everyday)
    remove_a_file(bot)

    calls = bot.slack.calls
    refused = [(c.method, c.answer) for c in calls if c.answer and not c.ok]
    assert refused == []
    assert {call.method for call in calls} == set(manifest.METHODS)
    assert bot.person(OWNER).home() is not None
