"""Items that the replies in the tests were asked about, and a reading in one short line."""

from __future__ import annotations

from datetime import date

from bot.domain.calendars import Nation
from bot.domain.deadlines import Deadline
from bot.domain.guard import guard
from bot.domain.replies import AskedItem, ProposedUpdate, Reading, read_reply

ON = date(2022, 5, 16)
ASKED = (
    AskedItem(
        ref="A-01",
        title="Publish the reporting template",
        due=Deadline.on(date(2022, 6, 30)),
        order=1,
    ),
    AskedItem(
        ref="A-02",
        title="Training pack for radiographers",
        due=Deadline.on(date(2022, 7, 15)),
        order=2,
    ),
    AskedItem(ref="A-03", title="Survey of trusts", due=Deadline.on(date(2022, 8, 31)), order=3),
)


def read(text: str, *, items: int = 1) -> Reading:
    """The reading of a reply of Monday 16 May 2022 about the first so many items."""
    return read_reply(guard(text), on=ON, asked=ASKED[:items], nation=Nation.ENGLAND)


def shown(reading: Reading) -> str:
    """Its updates, then "ask" and "refused" where there is a question or a refusal."""
    said = [in_short(update) for update in reading.updates]
    said += ["ask"] if reading.question else []
    said += ["refused"] if reading.refused else []
    return "; ".join(said)


def in_short(update: ProposedUpdate) -> str:
    """Item, status, and every other field that is set: `A-01 at_risk due=2022-09-30`."""
    fields = {
        "rag": update.confidence,
        "on": update.completed_on,
        "due": update.proposed_due,
        "interim": update.interim,
        "percent": update.percent,
        "link": update.evidence,
        "blocker": update.blocker,
        "ask": update.ask,
        "to": update.delegate,
        "cover": update.cover and update.cover.name,
        "publish": update.publish,
        "corrects": update.corrects,
    }
    extra = [f"{name}={value}" for name, value in fields.items() if value is not None]
    return " ".join([update.item, update.status.value, *extra])
