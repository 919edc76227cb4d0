"""Whatever happens to a group, its reminders keep their promises."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.databases import PostgresServer, SqliteFiles
from tests.services.nudge_model import World, wrong

FIRST = date(2022, 3, 7)
"""Three weeks before the clocks go forward."""
# A seed is a whole life: a smaller one is no simpler. What fails is replayed with fewer days.
AS_IT_IS = (Phase.explicit, Phase.reuse, Phase.generate)


@contextmanager
def _opened(kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A new database, for one life each."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            files: SqliteFiles = request.getfixturevalue("sqlite_files")
            url = files.new_url(Path(folder))
        else:
            server: PostgresServer = request.getfixturevalue("postgres")
            url = server.lent_url()
        database = Database(url)
        yield database
        database.dispose()


def _lived(kind: str, request: pytest.FixtureRequest, seed: int, days: int) -> list[str]:
    with _opened(kind, request) as database:
        world = World(database, seed)
        world.run(FIRST, days)
        assert world.nudges()
        return list(wrong(world))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_quarter_of_chance_breaks_no_promise(kind: str, request: pytest.FixtureRequest) -> None:
    @settings(max_examples=1, derandomize=True, phases=AS_IT_IS, database=None)
    @given(st.integers(0, 2**32 - 1))
    def live(seed: int) -> None:
        assert _lived(kind, request, seed, 60) == []

    live()


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_half_a_year_of_chance_breaks_no_promise(kind: str, request: pytest.FixtureRequest) -> None:
    @settings(max_examples=1, derandomize=True, phases=AS_IT_IS, database=None)
    @given(st.integers(2**16, 2**32 - 1))
    def live(seed: int) -> None:
        assert _lived(kind, request, seed, 182) == []

    live()
