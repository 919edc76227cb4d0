"""Buttons about items, dates, evidence, questions and whatever waits."""

from __future__ import annotations

from bot.services import (
    date_decisions,
    evidence,
    more_time,
    others,
    questions,
    starting,
    updates,
    verifying,
    waits,
    withdrawals,
)
from bot.slack.calls import Call
from bot.slack.routes import button


@button(
    "reply.on_track",
    "reply.at_risk",
    "reply.done",
    "intro.mine",
)
def said(call: Call) -> None:
    """One tap about one item."""
    updates.press(call.database, call.arrival, action=call.name, value=call.value, now=call.now)


@button("reply.more_time")
def ask_for_time(call: Call) -> None:
    """Ask for the new date and the reason."""
    call.open(more_time.form(call.database, call.arrival, call.value, now=call.now))


@button("reply.undo")
def undo(call: Call) -> None:
    """Take one update back."""
    update_id = int(call.value["update"])
    updates.undo(call.database, call.arrival, update_id=update_id, now=call.now)


@button("question.answer")
def answer(call: Call) -> None:
    """Say which reading was meant."""
    questions.choose(
        call.database,
        call.arrival,
        question_id=int(call.value["question"]),
        option=int(call.value["option"]),
        now=call.now,
    )


@button("date.agree_now", "date.agree_next")
def agree(call: Call) -> None:
    """Agree to a new date, and say when whoever was promised is told."""
    date_decisions.decide(
        call.database,
        call.arrival,
        change_id=int(call.value["change"]),
        decision=call.name.removeprefix("date."),
        now=call.now,
    )


@button("date.refuse", "date.ask")
def refuse_or_ask(call: Call) -> None:
    """Ask for the reason, or the question to the owner."""
    form = date_decisions.reason_form(
        call.database,
        call.arrival,
        change_id=int(call.value["change"]),
        decision=call.name.removeprefix("date."),
        now=call.now,
    )
    call.open(form)


@button("aside.agree", "aside.refuse")
def set_aside(call: Call) -> None:
    """Pause or withdraw an item, or keep it going."""
    withdrawals.decide(
        call.database,
        call.arrival,
        item_id=int(call.value["item"]),
        status=call.value["status"],
        agree=call.name == "aside.agree",
        now=call.now,
    )


@button("evidence.add")
def add_evidence(call: Call) -> None:
    """Ask for the link."""
    call.open(evidence.form(call.database, call.arrival, call.value, now=call.now))


@button("evidence.verify")
def verify(call: Call) -> None:
    """Say that the evidence shows completion."""
    evidence_id = int(call.value["evidence"])
    verifying.judge(call.database, call.arrival, evidence_id=evidence_id, holds=True, now=call.now)


@button("evidence.reject")
def what_is_missing(call: Call) -> None:
    """Ask what the evidence does not show."""
    evidence_id = int(call.value["evidence"])
    form = verifying.reason_form(call.database, call.arrival, evidence_id=evidence_id, now=call.now)
    call.open(form)


@button("wait.take")
def take(call: Call) -> None:
    """I'll take it."""
    waiting_id = int(call.value["waiting"])
    waits.take(call.database, call.arrival, waiting_id=waiting_id, now=call.now)


@button("nudge.others")
def rest(call: Call) -> None:
    """Show the items that the nudge only listed, with their buttons."""
    numbers = [int(number) for number in call.value["items"]]
    others.show(call.database, call.arrival, item_ids=numbers, now=call.now)


@button("group.start")
def start(call: Call) -> None:
    """Begin: each owner is introduced."""
    group_id = int(call.value["group"])
    starting.start(call.database, call.arrival, group_id=group_id, now=call.now)
