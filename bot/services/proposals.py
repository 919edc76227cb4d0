"""Proposed updates as JSON values, for the answers of a question, and as what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.register import Confidence, Status
from bot.domain.replies import ProposedUpdate
from bot.services.updates import Said
from storage import deadlines

_DAYS = ("completed_on", "proposed_due", "interim")
_PLAIN = ("item", "percent", "evidence", "blocker", "ask", "delegate", "publish")


def dump(update: ProposedUpdate) -> dict[str, Any]:
    """A proposed update as JSON values."""
    value: dict[str, Any] = {name: getattr(update, name) for name in _PLAIN}
    for name in _DAYS:
        day: date | None = getattr(update, name)
        value[name] = day.isoformat() if day else None
    value["status"] = update.status.value
    value["confidence"] = update.confidence.value if update.confidence else None
    value["deadline"] = deadlines.dump(update.deadline) if update.deadline else None
    return value


def load(value: Mapping[str, Any]) -> ProposedUpdate:
    """A proposed update from its JSON values."""
    days = {n: date.fromisoformat(value[n]) if value.get(n) else None for n in _DAYS}
    given: dict[str, Any] = {name: value.get(name) for name in _PLAIN} | days
    return ProposedUpdate(
        **given,
        status=Status(value["status"]),
        confidence=Confidence(value["confidence"]) if value.get("confidence") else None,
        deadline=deadlines.load(value["deadline"]) if value.get("deadline") else None,
    )


def said(update: ProposedUpdate, *, at: datetime | None = None) -> Said:
    """What of a proposal is entered as an update; a new date is asked for apart."""
    return Said(
        status=update.status,
        confidence=update.confidence,
        completed_on=update.completed_on,
        percent=update.percent,
        blocker=update.blocker,
        ask=update.ask,
        interim_on=update.interim,
        publish=update.publish is not False,
        evidence=update.evidence,
        at=at,
    )
