"""What cron, systemd or Kubernetes see of the bot."""

from __future__ import annotations

from pathlib import Path

from bot.rehearsal import RehearsalServer
from bot.services import setup
from bot.services.group_file import GroupFile
from storage.database import Database
from tests.conversations.commands import environment, run
from tests.conversations.conftest import Running
from tests.databases import SqliteFiles


def test_the_exit_code_says_whether_the_bot_is_at_work(
    slack: RehearsalServer, sample: GroupFile, sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    url = sqlite_files.new_url(tmp_path)
    database = Database(url)
    setup.load(database, sample, apply=False, now=slack.workspace.clock.now())
    database.dispose()
    env = environment(slack.workspace, url)
    before = run("heartbeat", env=env, folder=tmp_path)
    bot = Running(slack, url).start()
    bot.settle()
    bot.stop()

    well = run("heartbeat", "--max-age", "2", env=env, folder=tmp_path)
    slack.workspace.clock.advance(minutes=3)
    late = run("heartbeat", "--max-age", "2", env=env, folder=tmp_path)

    assert [done.returncode for done in (before, well, late)] == [1, 0, 1], well.stderr
    assert before.stderr == "No sweep has ever run: start `python -m bot serve`.\n"
    assert well.stdout.startswith("Well: every sweep and delivery ran within")
    assert late.stderr.startswith("Not well: ")


def test_a_database_that_is_not_there_is_not_made_by_looking_for_it(
    slack: RehearsalServer, tmp_path: Path
) -> None:
    env = environment(slack.workspace, f"sqlite:///{tmp_path / 'nowhere.db'}")
    done = run("heartbeat", env=env, folder=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("There is no database at ")
    assert not (tmp_path / "nowhere.db").exists()
