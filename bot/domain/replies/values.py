"""What a reply was about and what was read in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.deadlines import NO_DEADLINE, Deadline
from bot.domain.register import Confidence, Status
from bot.domain.replies.wishes import AskAgain
from bot.domain.text import GuardedText

Json = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class AskedItem:
    """An item that the person was asked about; `order` counts from one, as it was shown."""

    ref: str
    title: str
    due: Deadline = NO_DEADLINE
    order: int = 1


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Who acts for the owner, and between which days, as far as was said."""

    name: str
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProposedUpdate:
    """What one reply says of one item; nothing in it that was not said.

    `proposed_due` is the last day offered and `deadline` the words it was read from;
    `interim` a day named that is not the deadline; `percent` 0 to 100. `due` and
    `needs_approval_of` are for whoever knows the register: the reader leaves them empty.
    """

    item: str
    status: Status = Status.UNCHANGED
    confidence: Confidence | None = None
    completed_on: date | None = None
    due: date | None = None
    proposed_due: date | None = None
    interim: date | None = None
    percent: int | None = None
    evidence: str | None = None
    blocker: str | None = None
    ask: str | None = None
    delegate: str | None = None
    cover: Cover | None = None
    publish: bool | None = None
    corrects: str | None = None
    needs_approval_of: str | None = None
    deadline: Deadline | None = None


@dataclass(frozen=True, kw_only=True)
class Option:
    """A button's label, 75 characters at most, and what it would record."""

    label: str
    updates: tuple[ProposedUpdate, ...]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is clear in a reply, and the one question about what is not.

    `remark`: words kept that change nothing; `refused`: what was asked for and why it was
    not done; `again`: wishes to be asked on a later day.
    """

    updates: tuple[ProposedUpdate, ...] = ()
    remark: str | None = None
    question: str | None = None
    options: tuple[Option, ...] = ()
    refused: str | None = None
    again: tuple[AskAgain, ...] = ()


def to_json(reading: Reading, said: GuardedText) -> Json:
    """The reading and the text it was made from, in the shape `understand reply` prints."""
    return {
        "updates": [_update(update) for update in reading.updates],
        "remark": reading.remark,
        "question": reading.question,
        "options": [
            {"label": option.label, "updates": [_update(update) for update in option.updates]}
            for option in reading.options
        ],
        "stored_text": said.text,
        "redactions": list(said.redactions),
        "refused": reading.refused,
    }


def _update(update: ProposedUpdate) -> Json:
    cover = update.cover
    return {
        "item": update.item,
        "status": update.status.value,
        "confidence": update.confidence.value if update.confidence else None,
        "completed_on": _iso(update.completed_on),
        "due": _iso(update.due),
        "proposed_due": _iso(update.proposed_due),
        "interim": _iso(update.interim),
        "percent": update.percent,
        "evidence": update.evidence,
        "blocker": update.blocker,
        "ask": update.ask,
        "delegate": update.delegate,
        "cover": cover
        and {"name": cover.name, "from": _iso(cover.from_on), "until": _iso(cover.until_on)},
        "publish": update.publish,
        "corrects": update.corrects,
        "needs_approval_of": update.needs_approval_of,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
