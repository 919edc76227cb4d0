"""Every command, button, form and message, tried as every role and as an outsider."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.ways import page, scene
from tests.conversations.ways.every import WAYS, routes
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Topic, Way, tried
from tests.databases import SqliteFiles

Scenes = dict[bool, Scene]


@pytest.fixture(scope="module")
def scenes(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenes]:
    """A register before anything was drafted, and one with a draft."""
    folder = tmp_path_factory.mktemp("ways")
    url = sqlite_files.new_url(folder)
    scene.found(url, folder)
    drafted = folder / "drafted.db"
    shutil.copy(folder / "followthrough.db", drafted)
    scene.draft(f"sqlite:///{drafted}")
    made = {False: Scene(url), True: Scene(f"sqlite:///{drafted}")}
    yield made
    for each in made.values():
        each.database.dispose()


def test_every_route_has_a_way() -> None:
    assert {way.route for _topic, way in WAYS} == routes()


@pytest.mark.parametrize(
    ("topic", "way"), [pytest.param(topic, way, id=way.name) for topic, way in WAYS]
)
def test_a_way_is_open_to_whom_it_names_and_refused_to_everybody_else(
    scenes: Scenes, topic: Topic, way: Way
) -> None:
    wrong = list(tried(topic, way, scenes[way.drafted]))

    assert wrong == [], f"{way.name}:\n" + "\n".join(wrong)


def test_the_page_says_what_is_tried() -> None:
    written = Path(page.PLACE).read_text("utf-8")

    assert written == page.page(), "Write it anew: python -m tests.conversations.ways"
