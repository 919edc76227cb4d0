"""Deadlines to columns and back."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from bot.domain.deadlines import Anchor, Anchored, Candidate, Deadline, Kind, Precision


def columns(deadline: Deadline) -> dict[str, Any]:
    """The columns that a Deadline fills."""
    return {
        "due_words": deadline.words,
        "due_kind": deadline.kind.value,
        "due_earliest_on": deadline.earliest,
        "due_latest_on": deadline.latest,
        "due_precision": deadline.precision.value,
        "deadline_json": dump(deadline),
    }


def dump(deadline: Deadline) -> str:
    """A Deadline whole, as JSON."""
    value: dict[str, Any] = {
        "words": deadline.words,
        "kind": deadline.kind,
        "earliest": _iso(deadline.earliest),
        "latest": _iso(deadline.latest),
        "at": deadline.at.isoformat() if deadline.at else None,
        "precision": deadline.precision,
        "candidates": [
            {"earliest": _iso(c.earliest), "latest": _iso(c.latest), "words": c.words}
            for c in deadline.candidates
        ],
        "question": deadline.question,
        "moved_from": _iso(deadline.moved_from),
        "explanation": deadline.explanation,
    }
    if deadline.anchored is not None:
        value["anchored"] = _anchored(deadline.anchored)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _anchored(anchored: Anchored) -> dict[str, Any]:
    return {
        "said_on": anchored.said_on.isoformat(),
        "nation": anchored.nation,
        "anchors": [
            {
                "kind": anchor.kind,
                "starts_on": anchor.starts_on.isoformat(),
                "ends_on": _iso(anchor.ends_on),
                "name": anchor.name,
            }
            for anchor in anchored.anchors
        ],
    }


def _hung(value: dict[str, Any] | None) -> Anchored | None:
    if value is None:
        return None
    return Anchored(
        said_on=date.fromisoformat(value["said_on"]),
        nation=value["nation"],
        anchors=tuple(
            Anchor(
                kind=one["kind"],
                starts_on=date.fromisoformat(one["starts_on"]),
                ends_on=_day(one["ends_on"]),
                name=one["name"],
            )
            for one in value["anchors"]
        ),
    )


def load(text: str) -> Deadline:
    """A Deadline from its JSON."""
    value = json.loads(text)
    return Deadline(
        words=value.get("words", ""),
        kind=Kind(value.get("kind", "none")),
        earliest=_day(value.get("earliest")),
        latest=_day(value.get("latest")),
        at=datetime.fromisoformat(value["at"]) if value.get("at") else None,
        precision=Precision(value.get("precision", "none")),
        candidates=tuple(
            Candidate(earliest=_day(c["earliest"]), latest=_day(c["latest"]), words=c["words"])
            for c in value.get("candidates", ())
        ),
        question=value.get("question"),
        moved_from=_day(value.get("moved_from")),
        explanation=value.get("explanation", ""),
        anchored=_hung(value.get("anchored")),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
