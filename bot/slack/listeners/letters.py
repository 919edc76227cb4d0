"""Letters: submitted, cleared, sent back, recorded as sent."""

from __future__ import annotations

from datetime import date

from bot.services import clearing, finding_answers, sending
from bot.slack.calls import Call
from bot.slack.routes import button, view


@button("letter.submit")
def submit(call: Call) -> None:
    """Put a version before its clearers."""
    version_id, sha = int(call.value["version"]), call.value["sha"]
    clearing.submit(call.database, call.arrival, version_id=version_id, sha=sha, now=call.now)


@button("letter.answer")
def why_it_stands(call: Call) -> None:
    """Ask why each finding that blocks may stand."""
    call.open(finding_answers.form(call.database, call.arrival, call.value, now=call.now))


@view("letter.answer")
def answer_findings(call: Call) -> None:
    """Keep the reasons."""
    finding_answers.answer(
        call.database,
        call.arrival,
        version_id=int(call.private["version"]),
        sha=call.private["sha"],
        reasons={key: call.field(key) for key in call.private["findings"]},
        now=call.now,
    )


@button("letter.clear")
def clear(call: Call) -> None:
    """Clear exactly what was shown."""
    version_id, sha = int(call.value["version"]), call.value["sha"]
    clearing.clear(call.database, call.arrival, version_id=version_id, sha=sha, now=call.now)


@button("letter.send_back")
def why_back(call: Call) -> None:
    """Ask what must change."""
    call.open(clearing.send_back_form(call.database, call.arrival, call.value, now=call.now))


@view("letter.send_back")
def send_back(call: Call) -> None:
    """Send a version back with the reason."""
    clearing.send_back(
        call.database,
        call.arrival,
        version_id=int(call.private["version"]),
        sha=call.private["sha"],
        reason=call.field("reason"),
        now=call.now,
    )


@button("letter.sent")
def when_sent(call: Call) -> None:
    """Ask on which day it went."""
    call.open(sending.sent_form(call.database, call.arrival, call.value, now=call.now))


@view("letter.sent")
def record_sent(call: Call) -> None:
    """Record that a cleared letter went."""
    sending.record_sent(
        call.database,
        call.arrival,
        version_id=int(call.private["version"]),
        sha=call.private["sha"],
        sent_on=date.fromisoformat(str(call.field("sent_on"))),
        proceed=str(call.field("proceed")) == "stands",
        rehearsal=call.rehearsal,
        now=call.now,
    )
