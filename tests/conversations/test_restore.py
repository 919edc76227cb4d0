"""The drill: the database is lost, the backup restored, and nobody hears anything twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.rehearsal import RehearsalServer, words
from bot.rehearsal.running import Running
from bot.services import chains
from storage import backup, histories, items
from storage.database import Database
from tests.conversations.commands import environment, run
from tests.conversations.conftest import CHAIR, OUTSIDE_OWNER, OWNER, SECRETARY
from tests.conversations.conftest import Running as Beginning
from tests.conversations.test_removals import SAID, pressed
from tests.databases import PostgresServer
from tests.services.removing import dump


def heard(slack: RehearsalServer) -> Counter[tuple[str, str]]:
    """What everybody has been told, and how often."""
    workspace = slack.workspace
    return Counter(
        (channel, words(message))
        for channel, messages in workspace.messages.items()
        for message in messages
        if message.by_bot
    )


def status_of(database: Database, ref: str) -> list[str]:
    """What was said of an item, as it is kept."""
    with database.snapshot() as session:
        item = items.by_ref(session, 1, ref)
        assert item is not None
        return [update.words for update in histories.of_item(session, item.id).updates]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the backup is restored to."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/restored.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.new_url()
    request.addfinalizer(lambda: server.drop(url))  # noqa: PT021  only one of the two has any
    return url


def remove_what_was_said(bot: Beginning) -> None:
    """The secretary asks for it, the chair agrees, and the bytes go."""
    secretary = bot.person(SECRETARY)
    secretary.command("/followthrough", "remove A-04")
    modal = secretary.modal()
    assert modal is not None
    secretary.submit(modal, {"words": SAID, "reason": "It tells of a relative’s health."})
    bot.settle()
    pressed(bot, CHAIR, "removal.agree")
    bot.settle()


def restore(slack: RehearsalServer, url: str, file: Path, noted: Path) -> None:
    """By the command line, which asks for the record of removals."""
    env = environment(slack.workspace, url)
    refused = run("restore", str(file), env=env, folder=file.parent)
    assert "--removals FILE" in refused.stderr
    done = run("restore", str(file), "--removals", str(noted), env=env, folder=file.parent)
    assert done.returncode == 0, done.stderr
    assert "Removed again: 1 removal." in done.stdout


def test_a_lost_register_comes_back_and_says_nothing_twice(
    bot: Beginning, slack: RehearsalServer, new_url: str, tmp_path: Path
) -> None:
    bot.begin()
    owner, outside = bot.person(OWNER), bot.person(OUTSIDE_OWNER)
    owner.tell(SAID)
    bot.settle()
    bot.advance(days=4)
    file = tmp_path / "monday.backup"
    backup.make(bot.database, file, now=slack.workspace.clock.now())

    bot.advance(minutes=5)
    outside.tell("A-01 is at risk: the supplier is late")
    remove_what_was_said(bot)
    bot.advance(hours=20)
    noted = bot.database.removals
    bot.stop()
    owner.tell("A-07 is on track", wait=False)
    slack.advance(minutes=5)
    before = heard(slack)

    restore(slack, new_url, file, noted)
    restored = Running(slack, new_url).start()
    try:
        restored.settle()
        restored.advance(minutes=2)

        assert "ward 7731" not in dump(restored.database)
        assert status_of(restored.database, "A-01") == ["A-01 is at risk: the supplier is late"]
        assert status_of(restored.database, "A-07") == ["A-07 is on track"]
        assert "[removed on" in status_of(restored.database, "A-04")[0]
        after = heard(slack)
        assert [said for said in before if after[said] > before[said]] == []
        now = slack.workspace.clock.now()
        assert all(report.whole for report in chains.verify(restored.database, None, now=now))
        undo_the_first_word(restored)
    finally:
        restored.stop()


def undo_the_first_word(restored: Running) -> None:
    """The button of a message that was lost and found undoes what the message says."""
    outside = restored.person(OUTSIDE_OWNER)
    echo = next(m for m in outside.inbox() if "Recorded for A-01" in words(m))
    outside.press(echo, "reply.undo")
    restored.settle()

    assert status_of(restored.database, "A-01") == []
    assert status_of(restored.database, "A-07") == ["A-07 is on track"]
