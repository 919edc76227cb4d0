"""The README's picture: two conversations of the story, drawn from what was said in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from slack_sdk import WebClient
from typer.testing import CliRunner

from bot.cli import cli
from bot.domain.errors import UserError
from bot.domain.messages import Button, Buttons, Part, say
from bot.rehearsal import RehearsalServer
from bot.rehearsal.story import play
from bot.rehearsal.story.at_work import ANSWERING, DECIDING, TITLE, NotToldError, at_work
from bot.slack.render.messages import to_blocks
from tests.rehearsal.picturing import ANSWERS, SVG, answers, description, squeezed, texts

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "at-work.svg"
REDRAW = "python -m bot rehearse --story --picture docs/at-work.svg"
FURNITURE = re.compile(rf"APP|•|[A-Z]{{1,2}}|{ANSWERING}|{DECIDING}")
WHEN = re.compile(r"[A-Z]\w+day \d+ \w+ 2022, \d\d:\d\d")


@pytest.mark.long
def test_the_readme_shows_what_the_story_draws(tmp_path: Path) -> None:
    told: list[str] = []
    drawn = tmp_path / "at-work.svg"

    play(0, tmp_path / "out", told.append, picture=drawn)

    svg = drawn.read_text("utf-8")
    story, lines = squeezed(" ".join(told)), texts(svg)
    said = [x for x in lines if not FURNITURE.fullmatch(x) and not WHEN.fullmatch(x)]
    assert len(said) > 20
    assert [line for line in said if squeezed(line) not in story] == []
    assert set(_buttons(svg)) <= set(lines)
    assert told[-1].endswith(str(drawn))
    assert PICTURE.read_text("utf-8") == svg, f"docs/at-work.svg is out of date: run `{REDRAW}`"


def test_the_readmes_picture_is_small_and_sound_and_described() -> None:
    svg = PICTURE.read_text("utf-8")
    root = ElementTree.fromstring(svg)
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"!\[([^\]]+)\]\(docs/at-work\.svg\)", readme)

    assert PICTURE.stat().st_size < 60_000
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == TITLE
    assert REDRAW in readme
    assert shown is not None
    alt = " ".join(shown[1].split())
    people = re.findall(r"^([A-Z]\w+ [A-Z]\w+)\. ", description(svg), re.MULTILINE)
    assert len(people) == 2
    unnamed = [words for words in (*people, *_buttons(svg)) if words not in alt]
    assert unnamed == [], "The words for the picture in README.md leave these out."


def _buttons(svg: str) -> list[str]:
    """The labels of every button, as the description has them."""
    rows = re.findall(r"^Buttons: (.+)\.$", description(svg), re.MULTILINE)
    return [label for row in rows for label in row.split(", ")]


# Which messages


def a_button(label: str, action: str) -> Buttons:
    """A row of one."""
    return Buttons((Button(label=label, action=action, value="1"),))


@pytest.fixture
def post(slack: RehearsalServer, client: WebClient) -> Any:
    """Says something as the bot in somebody's direct conversation."""

    def post(user: str, *parts: Part) -> None:
        channel = slack.workspace.dm(user).id
        client.chat_postMessage(channel=channel, text="Said", blocks=to_blocks(parts))

    return post


def drawn(slack: RehearsalServer) -> str:
    """The picture of all that was said."""
    return at_work(slack.workspace, [m for s in slack.workspace.messages.values() for m in s])


def test_messages_are_chosen_by_their_buttons(slack: RehearsalServer, post: Any) -> None:
    dana = slack.as_user("UDANA")
    post("UPAT", say("An early reminder that nobody answers"), answers("1"))
    post("UDANA", say("How is it going?"), answers("2"))
    dana.tell("Well enough", wait=False)
    post("UDANA", say("Recorded"), a_button("Undo", "reply.undo"))
    dana.tell("Thanks", wait=False)
    post("UPAT", say("A date is to move"), a_button("Agree", "date.agree_next"))
    post("UPAT", say("A promise is to move"), a_button("Agree and write", "date.agree_now"))

    said = [line for line in texts(drawn(slack)) if not WHEN.fullmatch(line)]
    answered = ["DR", "Dana Reed", "Well enough", "F", "Followthrough", "APP", "Recorded", "Undo"]
    assert said == [
        *("Dana Reed", ANSWERING),
        *("F", "Followthrough", "APP", "How is it going?", *(label for label, _ in ANSWERS)),
        *answered,
        *("Pat Lowe", DECIDING),
        *("F", "Followthrough", "APP", "A promise is to move", "Agree and write"),
    ]


def test_a_story_without_such_messages_says_which(slack: RehearsalServer, post: Any) -> None:
    post("UDANA", say("How is it going?"), answers("2"))
    post("UDANA", say("Recorded"), a_button("Undo", "reply.undo"))

    with pytest.raises(NotToldError, match="no reminder that its owner answers"):
        drawn(slack)

    post("UDANA", say("How is it going?"), answers("2"))
    slack.as_user("UDANA").tell("Well enough", wait=False)
    post("UDANA", say("Recorded"), a_button("Undo", "reply.undo"))

    with pytest.raises(NotToldError, match="no promise to Parliament that slips"):
        drawn(slack)


# The option


def test_a_picture_is_refused_without_the_story(tmp_path: Path) -> None:
    drawn = tmp_path / "at-work.svg"

    outcome = CliRunner().invoke(cli, ["rehearse", "--picture", str(drawn)])

    assert outcome.exit_code == 1
    assert outcome.stderr == "--picture draws what the story says: add --story.\n"
    assert not drawn.exists()


@pytest.mark.parametrize("place", ["", "nowhere/at-work.svg"])
def test_a_picture_with_no_place_is_refused_before_the_story(tmp_path: Path, place: str) -> None:
    told: list[str] = []

    with pytest.raises(UserError, match="is no place for a picture: name a file"):
        play(0, tmp_path / "out", told.append, picture=tmp_path / place)

    assert told == []
