"""A quarter in the life of the sample group, mid May to mid September 2022."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import LONDON
from bot.rehearsal.story.stage import Stage

CLEARANCE = "C0CLEARANCE"
OWNED = (
    ("UPRIYA", "A-01", "A-02"),
    ("UTOM", "A-03"),
    ("UAISHA", "A-04", "A-07"),
    ("UFIONA", "A-05"),
    ("UNIALL", "A-06"),
    ("UMARTIN", "A-09"),
    ("UDANIEL", "A-10", "A-11"),
    ("UELIN", "A-12"),
    ("USAM", "A-13"),
)


def at(month: int, day: int, hour: int = 11, minute: int = 0) -> datetime:
    """A time in 2022, in London."""
    return datetime(2022, month, day, hour, minute, tzinfo=LONDON)


def kick_off(stage: Stage) -> None:
    """The secretariat presses Start; owners say what is theirs, one of them when reminded."""
    stage.narrator.heading("Kick-off")
    stage.until(at(5, 17, 10))
    stage.command("USAM", "/followthrough", "start")
    stage.press("USAM", "group.start")
    stage.until(at(5, 17, 11))
    for user, *refs in OWNED:
        for ref in refs:
            stage.press(user, "intro.mine", ref=ref)
    stage.press("URUTH", "wait.take", where=CLEARANCE)
    stage.until(at(5, 19))
    stage.press("UGRACE", "intro.mine", ref="A-08")


def june(stage: Stage) -> None:
    """Two items come due: one answered in time, one late; both with evidence, both looked at."""
    stage.narrator.heading("June: first reminders")
    stage.until(at(6, 16))
    stage.say("UFIONA", "On track – the comparison is drafted and with colleagues in Edinburgh")
    stage.say("UMARTIN", "At risk: two of the older reports are still missing")
    stage.until(at(6, 29))
    stage.say("UFIONA", "A-05 is done, https://example.org/pathway-comparison")
    stage.until(at(6, 29, 15))
    stage.press("USAM", "evidence.verify", where=CLEARANCE)
    stage.until(at(7, 4, 12))
    stage.press("UMARTIN", "reply.done", ref="A-09")
    stage.press("UMARTIN", "evidence.add")
    stage.fill(
        "UMARTIN",
        {
            "link": "https://example.org/earlier-recommendations",
            "title": "List of earlier recommendations",
        },
    )
    stage.press("URUTH", "evidence.verify", where=CLEARANCE)


def july(stage: Stage) -> None:
    """One item is done before its date, one is blocked and freed, one owner says nothing."""
    stage.narrator.heading("July: one blocked, one silent")
    stage.until(at(7, 5))
    stage.press("UELIN", "reply.on_track", ref="A-12")
    stage.until(at(7, 13))
    stage.say("UELIN", "A-12 was done on 12 July: https://example.org/note-of-meeting")
    stage.press("USAM", "evidence.verify", where=CLEARANCE)
    stage.until(at(7, 15, 12))
    stage.say("UAISHA", "A-04 is blocked by the specialist bodies, they have not signed it off")
    stage.until(at(7, 27, 12))
    stage.say("UAISHA", "A-04 is done, agreed yesterday: https://example.org/ces-pathway")
    stage.press("USAM", "evidence.verify", where=CLEARANCE)


def august(stage: Stage) -> None:
    """The silent owner answers once others were told; a promise made to Parliament slips."""
    stage.narrator.heading("August: the silent owner, and a slip")
    stage.until(at(8, 15, 12))
    stage.say(
        "UGRACE",
        "Sorry – A-08 is at risk, I need until 30 September because the assessment tool came late",
    )
    stage.press("USAM", "date.agree_next", where=CLEARANCE)
    stage.until(at(8, 17))
    stage.press("UPRIYA", "reply.on_track", ref="A-01")
    stage.until(at(8, 18, 16))
    stage.say("UTOM", "A-03 is on track, the review group has met twice")
    stage.say("UAISHA", "A-07 is on track")
    stage.say("UDANIEL", "A-10 and A-11 are on track")
    stage.until(at(8, 24, 12))
    stage.press("UPRIYA", "reply.more_time", ref="A-01")
    stage.fill(
        "UPRIYA",
        {
            "date": "28 February 2023",
            "reason": "The consultation drew three times as many responses as planned, and the "
            "Faculty must agree the changes.",
        },
    )
    stage.say("UPRIYA", "A-01 is at risk, the consultation drew more responses than planned")
    stage.until(at(8, 25, 9, 30))
    stage.press("UHELEN", "date.agree_now")


def letter(stage: Stage, to: str, *, drafted_in: str | None) -> None:
    """The draft is submitted, cleared by chair and signatories, and recorded as sent."""
    stage.narrator.heading(f"The letter to {to}")
    stage.press("USAM", "letter.submit", where=drafted_in)
    for user in ("UHELEN", "UMARGARET", "UDAVID"):
        stage.press(user, "letter.clear")
    stage.press("USAM", "letter.sent", where=CLEARANCE)
    stage.fill("USAM", {"sent_on": stage.now.date().isoformat()})


def september(stage: Stage) -> None:
    """The rest of the quarter, and the Ombudsman's regular update."""
    stage.narrator.heading("September: the regular update")
    stage.until(at(9, 7, 12))
    stage.say("UPRIYA", "A-01 is on track, A-02 is on track")
    stage.say("UGRACE", "A-08 is on track, the tool is in use")
    stage.until(at(9, 8, 12))
    stage.say("UNIALL", "A-06 is done: https://example.org/letter-to-departments")
    stage.press("USAM", "evidence.verify", where=CLEARANCE)
    stage.until(at(9, 9, 12))
    stage.press("UDANIEL", "reply.on_track", ref="A-10")
    stage.until(at(9, 12, 12))
    stage.command("USAM", "/status", "")
    stage.command("USAM", "/draft-update", "phso")


def play_quarter(stage: Stage) -> None:
    """Everything, in order."""
    kick_off(stage)
    june(stage)
    july(stage)
    august(stage)
    letter(stage, "the committees", drafted_in=CLEARANCE)
    september(stage)
    letter(stage, "the Ombudsman", drafted_in=None)
    stage.until(at(9, 16, 12))
