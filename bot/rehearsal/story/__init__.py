"""The story: a quarter in rehearsal, told as it happens, ending with letters on disk."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from bot.domain.errors import UserError
from bot.domain.people import LONDON
from bot.rehearsal.running import Running, workspace_of
from bot.rehearsal.server import RehearsalServer
from bot.rehearsal.story import first_week
from bot.rehearsal.story.album import Album
from bot.rehearsal.story.at_work import at_work
from bot.rehearsal.story.narrator import Narrator
from bot.rehearsal.story.quarter import at, play_quarter
from bot.rehearsal.story.stage import Stage
from bot.rehearsal.workspace import Workspace
from bot.services import group_file, setup
from storage import migrate
from storage.database import Database

SAMPLES = Path(__file__).parents[3] / "samples"
SAMPLE, FIRST_WEEK = SAMPLES / "diagnostics.yaml", SAMPLES / "first-week.yaml"


def play(
    port: int, out: Path, tell: Callable[[str], None] = print, *, picture: Path | None = None
) -> None:
    """Play the quarter and leave every file that the bot sent in `out`, which is made anew.

    `picture` is where the bot at work is drawn as SVG; UserError where no file can be made.
    """
    began = time.perf_counter()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    if picture is not None:
        _expect_a_place(picture)
    file = group_file.read_path(SAMPLE, today=at(5, 16).date())
    workspace = workspace_of(file)
    workspace.clock.set(at(5, 16, 10))
    url = f"sqlite:///{out / 'followthrough.db'}"
    _load(url, file, workspace)
    with RehearsalServer(workspace, port=port, close_grace=0.1) as slack:
        running = Running(slack, url).start()
        narrator = Narrator(workspace, tell)
        play_quarter(Stage(running, narrator))
        running.stop()
    paths = _files(workspace, out)
    seconds = time.perf_counter() - began
    ended = workspace.clock.now().astimezone(LONDON)
    tell(f"\n{ended:%d %B %Y}: {len(narrator.said)} messages, played in {seconds:.0f} seconds.")
    tell("The letters, with their annexes and verification reports:")
    for path in paths:
        tell(f"  {path}")
    if picture is not None:
        picture.write_text(at_work(workspace, narrator.said), "utf-8")
        tell(f"The picture of the bot at work:\n  {picture}")


def play_first_week(
    port: int, out: Path, tell: Callable[[str], None] = print, *, pictures: Path | None = None
) -> Album:
    """Play a small group's first week; `pictures` is the folder that its pictures are drawn in."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    if pictures is not None and pictures.is_file():
        raise UserError(f"{pictures} is a file: name a folder for the pictures.")
    file = group_file.read_path(FIRST_WEEK, today=first_week.at(16, 9).date())
    workspace = workspace_of(file)
    workspace.clock.set(first_week.at(16, 9))
    # He is in the channel, and the register does not know his account yet.
    workspace.add_user(first_week.NEW, "Keith Barlow")
    workspace.channel(first_week.CHANNEL).members.append(first_week.NEW)
    url = f"sqlite:///{out / 'followthrough.db'}"
    _load(url, file, workspace)
    with RehearsalServer(workspace, port=port, close_grace=0.1) as slack:
        running = Running(slack, url).start()
        narrator = Narrator(workspace, tell)
        album = Album(workspace, narrator)
        first_week.play_week(Stage(running, narrator), album)
        running.stop()
    if pictures is not None:
        _hang(album, pictures, tell)
    return album


def _hang(album: Album, pictures: Path, tell: Callable[[str], None]) -> None:
    pictures.mkdir(parents=True, exist_ok=True)
    tell("\nThe pictures:")
    for name, svg in album.pictures.items():
        path = pictures / f"{name}.svg"
        path.write_text(svg, "utf-8")
        tell(f"  {path}")


def _expect_a_place(picture: Path) -> None:
    """Sooner than the story ends, which takes a while."""
    if picture.is_dir() or not picture.parent.is_dir():
        raise UserError(f"{picture} is no place for a picture: name a file in a folder there is.")


def _load(url: str, file: group_file.GroupFile, workspace: Workspace) -> None:
    database = Database(url)
    migrate.upgrade(database)
    setup.load(database, file, apply=False, now=workspace.clock.now())
    database.dispose()


def _files(workspace: Workspace, out: Path) -> list[Path]:
    """What the bot uploaded, once each."""
    written: dict[str, Path] = {}
    for sent in workspace.files.values():
        if sent.complete and sent.content is not None:
            path = out / sent.name
            path.write_bytes(sent.content)
            written[sent.name] = path
    return [written[name] for name in sorted(written)]
