"""Commands in words, and sentences that only begin like one."""

from __future__ import annotations

import pytest

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.services import commands
from bot.services.intake import StrangerError
from storage.database import Database
from storage.rows import OutboxRow
from tests.services.desks import FrontDesk, words_of


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def in_words(desk: FrontDesk, words: str, *, by: str = "Priya", key: str = "cmd") -> str:
    arrival = desk.arrives(by, key=key)
    commands.in_words(desk.database, arrival, guard(words), now=desk.now)
    return words_of(desk.echo(f"{key}:answer"))


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "Status A-01",
        "status overdue?",
        "status no date",
        "status Royal College of Radiologists",
        "/followthrough status mine",
        "imaging: status",
        "draft-update phso",
        "draft update committees",
        "help",
        "start",
        "nudges A-01",
        "Was I asked about A-01?",
    ],
)
def test_a_command_is_known_by_its_words(words: str) -> None:
    assert commands.is_command(words)


@pytest.mark.parametrize(
    "words",
    [
        "status is green for A-01",
        "Status: on track",
        "status update: A-01 is done",
        "status of A-01 unchanged",
        "start date slipped to 30 September",
        "help needed on A-01, the supplier is late",
        "A-01 is done",
        "Helpfully the status is green",
    ],
)
def test_an_answer_that_begins_like_a_command_is_an_answer(words: str) -> None:
    assert not commands.is_command(words)


def test_status_is_answered_by_direct_message(desk: FrontDesk) -> None:
    answer = in_words(desk, "status A-01")

    assert "A-01" in answer
    assert "Priya Nair" in answer


def test_a_command_brought_twice_is_answered_once(desk: FrontDesk) -> None:
    in_words(desk, "status")
    before = desk.count(OutboxRow)

    in_words(desk, "status")

    assert desk.count(OutboxRow) == before


def test_help_names_the_commands(desk: FrontDesk) -> None:
    answer = in_words(desk, "help")

    assert "draft-update phso" in answer
    assert "was I asked about A-01?" in answer


def test_what_is_no_command_is_told_which_there_are(desk: FrontDesk) -> None:
    with pytest.raises(UserError, match="Try `status`"):
        commands.run(desk.database, desk.arrives(), guard("frobnicate"), now=desk.now)


def test_a_draft_names_its_audience_and_is_not_for_everybody(desk: FrontDesk) -> None:
    assert "Say to whom" in in_words(desk, "draft-update", by="Sam")
    answer = in_words(desk, "draft-update committees", key="other")

    assert "secretariat" in answer.lower()


def test_a_stranger_hears_one_sentence_and_is_kept_nowhere(desk: FrontDesk) -> None:
    with pytest.raises(StrangerError):
        in_words(desk, "status", by="nobody")

    assert desk.count(OutboxRow) == 0


def test_another_groups_key_is_refused(desk: FrontDesk) -> None:
    with pytest.raises(StrangerError):
        in_words(desk, "other: status")


def test_a_form_that_needs_nothing_filled_in_any_more_is_done_and_answered(
    desk: FrontDesk,
) -> None:
    said = "action add Ask the others, Robin Vale, by 30 September"
    assert "I know nobody called “Robin Vale”" in in_words(desk, said, by="Sam")
    desk.person("Robin Vale", "RCR")

    arrival = desk.arrives("Sam", key="press")
    for _delivery in range(2):
        commands.pressed(desk.database, arrival, guard(said), now=desk.now)

    assert "Added: A-03 Ask the others, Robin Vale" in words_of(desk.echo("press:answer"))
