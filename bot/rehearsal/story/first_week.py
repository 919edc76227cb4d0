"""The first week of a small group, from an empty workspace to the first digest."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import LONDON
from bot.rehearsal.story.album import Album
from bot.rehearsal.story.stage import Stage

SECRETARY, CHAIR = "UJO", "UANNE"
EXTERNAL, NEW = "UMIRIAM", "UKEITH"
CHANNEL = "C0DISCHARGE"
AGREED = """action paste
Count the letters sent within a day of discharge – Nadia Hussain – 24 May 2022
Name a consultant on every ward who signs letters off – Nadia Hussain – 17 June 2022
Agree one template for discharge letters – Miriam Cohen – 31 May 2022
Ask forty practices what they need to read first – Miriam Cohen – 20 May 2022
List who in social care gets a copy – Tom Reyes – 10 June 2022
Write up how care homes are told – Tom Reyes – 15 July 2022
Say what crews hand over at the door – Bethan Lewis – 27 May 2022
Try the handover sheet at two hospitals – Bethan Lewis – 29 July 2022
Show the template in the hospital's system – Oliver Grant – 30 June 2022
Train ward clerks to use the template – Oliver Grant – 9 September 2022
Ask ten patients to read the template – Keith Barlow – 24 June 2022
Tell the scrutiny committee how it stands – Jo Fletcher – 30 September 2022"""
"""The twelve actions as they stood in the minutes of Thursday 12 May 2022."""
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


def paste(stage: Stage, album: Album) -> None:
    """The secretary pastes what was agreed, checks it, and says which action answers a promise."""
    before = len(album.said_to(SECRETARY))
    stage.say(SECRETARY, AGREED)
    album.draw(
        "paste",
        album.said_to(SECRETARY)[before:],
        pressed="pasted.check",
        subtitle="Monday: twelve actions, pasted as they stood in the minutes",
    )
    stage.press(SECRETARY, "pasted.check")
    stage.fill(SECRETARY, {})
    stage.say(SECRETARY, "action A-03 answers C-1")


def monday(stage: Stage, album: Album) -> None:
    """The actions are pasted; the secretary sees who would be written to, and presses Start."""
    stage.narrator.heading("Monday: the actions, and Start")
    stage.until(at(16, 9, 30))
    paste(stage, album)
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
    stage.fill("UOLIVER", {"words": "The ward clerks work for the hospital"})
    stage.until(at(16, 14))
    for ref in ("A-03", "A-04"):
        stage.press(EXTERNAL, "intro.mine", ref=ref)


def tuesday(stage: Stage, album: Album) -> None:
    """The first reminders, one answered with one tap; somebody says who they are."""
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
    stage.until(at(17, 11))
    stage.press(NEW, "seat.claim", where=CHANNEL)
    stage.fill(NEW, {"name": "Keith Barlow", "email": "keith.barlow@example.org"})
    stage.press(SECRETARY, "seat.confirm")


def wednesday(stage: Stage, album: Album) -> None:
    """An item is given away; an owner of another organisation answers in her own words."""
    stage.narrator.heading("Wednesday: in words, and from outside")
    stage.until(at(18, 8, 50))
    stage.press(SECRETARY, "owner.give")
    stage.fill(SECRETARY, {"person": "Nadia Hussain (Eastshire Hospitals)"})
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
    telephone(stage, album)


def telephone(stage: Stage, album: Album) -> None:
    """An owner has rung: the secretary records it as hers, and she reads what was recorded."""
    stage.until(at(19, 14, 30))
    stage.open(SECRETARY, "/action", "record A-07")
    said = {
        "status": "On track",
        "words": "Two of the three crews have sent me their list, the third does on Monday.",
        "how": "By telephone",
    }
    stage.fill(SECRETARY, said)
    album.draw(
        "recorded",
        album.said_to("UBETHAN")[-1:],
        subtitle="Thursday: what was said on the telephone, recorded for its owner",
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
