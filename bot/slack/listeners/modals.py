"""Modals sent in, about items, dates and evidence."""

from __future__ import annotations

from bot.services import date_decisions, evidence, more_time, verifying
from bot.slack.calls import Call
from bot.slack.routes import view


@view("date.request")
def ask_for_time(call: Call) -> None:
    """Ask for a new date, in words."""
    more_time.ask(
        call.database,
        call.arrival,
        item_id=int(call.private["item"]),
        version=int(call.private["v"]),
        words=call.field("date"),
        reason=call.field("reason"),
        now=call.now,
    )


@view("date.refuse", "date.ask")
def decide(call: Call) -> None:
    """Refuse a new date, or ask the owner about it."""
    date_decisions.decide(
        call.database,
        call.arrival,
        change_id=int(call.private["change"]),
        decision=call.name.removeprefix("date."),
        reason=call.field("reason"),
        now=call.now,
    )


@view("evidence.add")
def add_evidence(call: Call) -> None:
    """Keep a link as evidence."""
    evidence.add(
        call.database,
        call.arrival,
        item_id=int(call.private["item"]),
        link=call.field("link"),
        title=call.field("title"),
        now=call.now,
    )


@view("evidence.reject")
def reject(call: Call) -> None:
    """Say that the evidence does not show completion, and why."""
    verifying.judge(
        call.database,
        call.arrival,
        evidence_id=int(call.private["evidence"]),
        holds=False,
        reason=call.field("reason"),
        now=call.now,
    )
