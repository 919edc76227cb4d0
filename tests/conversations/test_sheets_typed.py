"""A register brought and taken out at the command line, by a process of its own."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from bot.rehearsal import RehearsalServer
from bot.services import setup
from bot.services.group_file import GroupFile
from storage.database import Database
from tests.conversations import commands
from tests.databases import SqliteFiles
from tests.documents.workbooks import HEAD, book

ROW = ["A-91", "Train the readers", "Priya Nair", date(2026, 9, 30)]


def test_a_file_is_reported_then_taken_and_comes_out_again(
    slack: RehearsalServer, sample: GroupFile, sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    url = sqlite_files.new_url(tmp_path)
    database = Database(url)
    setup.load(database, sample, apply=False, now=slack.workspace.clock.now())
    database.dispose()
    env = commands.environment(slack.workspace, url)
    (tmp_path / "in.xlsx").write_bytes(book(HEAD, ROW))
    (tmp_path / "bad.xlsx").write_bytes(book(HEAD, [*ROW[:2], "Nobody Known", ROW[3]]))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return commands.run(*arguments, env=env, folder=tmp_path)

    refused = run("import", "bad.xlsx", "--by", "Sam Okafor")
    dry = run("import", "in.xlsx", "--dry-run", "--by", "Sam Okafor")
    taken = run("import", "in.xlsx", "--by", "Sam Okafor")
    out = run("export", "out.csv")

    assert refused.returncode == 1
    assert "row 2: refused: “Nobody Known” is nobody on the register" in refused.stdout
    assert "row 2: added: A-91 “Train the readers”, Priya Nair, 30 September 2026." in dry.stdout
    assert "this was a dry run" in dry.stdout
    assert "Imported: 1 added or changed." in taken.stdout, taken.stderr
    assert out.returncode == 0, out.stderr
    assert "A-91,Train the readers,Priya Nair" in (tmp_path / "out.csv").read_text("utf-8-sig")
