"""The first week of a small group: what it promises its people, and the page that tells it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.domain.people import LONDON
from bot.rehearsal import words
from bot.rehearsal.model import Message
from bot.rehearsal.reading import buttons
from bot.rehearsal.story import play_first_week
from bot.rehearsal.story.album import Album

DOCS = Path(__file__).parents[2] / "docs"
REDRAW = "python -m bot rehearse --story --first-week --pictures docs/first-week"
OTHERS = ("UANNE", "UNADIA", "UTOMR", "UBETHAN", "UOLIVER", "UMIRIAM", "UKEITH")
EVERYBODY = ("UJO", *OTHERS)
UNASKED = {"intro.mine", "reply.on_track"}
HER_WORDS = "eleven practices"


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Played once, for every test here."""
    return play_first_week(0, tmp_path_factory.mktemp("week") / "out", lambda _line: None)


def day(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC).astimezone(LONDON)


def by_bot(week: Album, user: str) -> list[Message]:
    return [message for message in week.said_to(user) if message.by_bot]


def test_nobody_but_the_secretary_is_written_to_before_start_is_pressed(week: Album) -> None:
    first = min(day(message) for user in OTHERS for message in by_bot(week, user))

    assert (first.date().isoformat(), first.hour) == ("2022-05-16", 10)
    assert "nobody has been written to" in " ".join(week.pictures["start"].split())


def test_an_owner_is_asked_once_a_day_at_most(week: Album) -> None:
    asked = Counter(
        (user, day(message).date())
        for user in EVERYBODY
        for message in by_bot(week, user)
        if UNASKED & {b["action_id"].partition("#")[0] for b in buttons(message)}
    )

    assert len(asked) > len(EVERYBODY)
    assert {who for who, times in asked.items() if times > 1} == set()


def test_an_owners_words_are_read_by_secretary_and_chair_alone(week: Album) -> None:
    readers = {user for user in EVERYBODY for m in by_bot(week, user) if HER_WORDS in words(m)}

    assert readers == {"UMIRIAM", "UJO", "UANNE"}
    assert [m for m in week.said_in("C0DISCHARGE") if HER_WORDS in words(m)] == []


def test_the_first_digest_comes_on_its_day_to_chair_and_secretary(week: Album) -> None:
    digests = {
        user: said
        for user in EVERYBODY
        for m in by_bot(week, user)
        if (said := words(m)).startswith("This week:")
    }

    assert set(digests) == {"UANNE", "UJO"}
    assert f"{day(by_bot(week, 'UANNE')[-1]):%A %H}" == "Friday 09"
    for needed in (
        "12 items",
        "its date moved from 31 May 2022 to Thursday 30 June 2022, agreed by Anne Sutherland (ICB)",
        "has verified the evidence",
        "At risk, and why (1)",
        "The next public date is Tuesday 31 May 2022 (C-1)",
    ):
        assert needed in digests["UANNE"]


def test_the_page_shows_what_the_week_draws(week: Album) -> None:
    kept = {path.stem: path.read_text("utf-8") for path in (DOCS / "first-week").glob("*.svg")}

    assert 5 <= len(kept) <= 9
    assert kept == week.pictures, f"docs/first-week is out of date: run `{REDRAW}`"


def test_the_page_describes_each_of_its_pictures() -> None:
    page = (DOCS / "first-week.md").read_text("utf-8")
    shown = re.findall(r"!\[([^\]]*)\]\(first-week/([a-z-]+)\.svg\)", page)

    assert sorted(name for _alt, name in shown) == sorted(
        path.stem for path in (DOCS / "first-week").glob("*.svg")
    )
    assert [name for alt, name in shown if len(alt) < 40] == []
    assert REDRAW in page


@pytest.mark.parametrize(
    "given",
    [
        ["--first-week"],
        ["--story", "--pictures", "x"],
        ["--story", "--first-week", "--picture", "x"],
    ],
)
def test_options_that_do_not_go_together_are_refused(given: list[str]) -> None:
    outcome = CliRunner().invoke(cli, ["rehearse", *given])

    assert outcome.exit_code == 1
    assert outcome.stderr == ("Say --story --first-week, and --pictures DIR to have it drawn.\n")
