"""The first week of a small group, from an empty workspace to the first digest."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import LONDON
from bot.rehearsal.story.album import Album
from bot.rehearsal.story.stage import Stage

SECRETARY, CHAIR = "UJO", "UANNE"
EXTERNAL = "UMIRIAM"
MINE = (
    ("UNADIA", "A-01", "A-02"),
    ("UTOMR", "A-05", "A-06"),
    ("UBETHAN", "A-07", "A-08"),
    ("UOLIVER", "A-09"),
    (SECRETARY, "A-12"),
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in the week of 16 May 2022, in London."""
    return datetime(2022, 5, day, hour, minute, tzinfo=LONDON)


def monday(stage: Stage, album: Album) -> None:
    """The secretary sees who would be written to, and presses Start; owners say what is theirs."""
    stage.narrator.heading("Monday: Start")
    stage.until(at(16, 10))
    stage.command(SECRETARY, "/followthrough", "start")
    album.draw(
        "start",
        [stage.person(SECRETARY).ephemerals()[-1]],
        pressed="group.start",
        subtitle="Monday: who would be written to, before anything is sent",
    )
    stage.press(SECRETARY, "group.start")
    stage.until(at(16, 10, 30))
    album.draw(
        "introduction",
        album.said_to("UNADIA")[:1],
        pressed="intro.mine",
        subtitle="Monday: an owner is introduced, and says what is hers",
    )
    for user, *refs in MINE:
        for ref in refs:
            stage.press(user, "intro.mine", ref=ref)
    stage.press("UOLIVER", "intro.not_mine", ref="A-10")
    stage.until(at(16, 14))
    for ref in ("A-03", "A-04"):
        stage.press(EXTERNAL, "intro.mine", ref=ref)


def tuesday(stage: Stage, album: Album) -> None:
    """The first reminders: one is answered by a button, one in words, from outside."""
    stage.narrator.heading("Tuesday: the first reminders")
    stage.until(at(17, 9, 30))
    asked = album.said_to("UNADIA")[-1:]
    stage.press("UNADIA", "reply.on_track", ref="A-01")
    album.draw(
        "button",
        [*asked, *album.said_to("UNADIA")[-1:]],
        pressed="reply.on_track",
        subtitle="Tuesday: a reminder, answered with one tap",
    )


def wednesday(stage: Stage, album: Album) -> None:
    """An owner of another organisation answers in her own words, and asks for more time."""
    stage.narrator.heading("Wednesday: in words, and from outside")
    stage.until(at(18, 11))
    before = album.said_to(EXTERNAL)
    stage.say(EXTERNAL, "A-04 is done: https://example.org/forty-practices")
    stage.say(
        EXTERNAL,
        "A-03 needs until 30 June because eleven practices want a longer trial",
    )
    album.draw(
        "words",
        album.said_to(EXTERNAL)[len(before) :],
        subtitle="Wednesday: an owner from another organisation answers in her own words",
    )


def thursday(stage: Stage, album: Album) -> None:
    """The chair decides the date that was promised; the secretary looks at the register."""
    stage.narrator.heading("Thursday: the chair decides")
    stage.until(at(19, 10))
    asked = album.offering(CHAIR, "date.agree_now")
    stage.press(CHAIR, "date.agree_next")
    album.draw(
        "decision",
        [asked],
        pressed="date.agree_next",
        subtitle="Thursday: the chair decides about a date that was promised",
    )
    stage.until(at(19, 11))
    stage.press(SECRETARY, "evidence.verify")
    stage.command(SECRETARY, "/status", "")
    album.draw(
        "status",
        [stage.person(SECRETARY).ephemerals()[-1]],
        subtitle="Thursday: where everything stands, for the secretary alone",
    )


def friday(stage: Stage, album: Album) -> None:
    """The first digest, on its day."""
    stage.narrator.heading("Friday: the first digest")
    stage.until(at(20, 9, 5))
    album.draw(
        "digest",
        album.said_to(CHAIR)[-1:],
        subtitle="Friday: the weekly digest",
    )


def play_week(stage: Stage, album: Album) -> None:
    """Everything, in order."""
    for day in (monday, tuesday, wednesday, thursday, friday):
        day(stage, album)
