"""Everything about one item on one card.

Everybody in the group sees items, owners, dates, and a status with its age; its owner, whoever
covers for them, the secretariat and the chairs also see words, reasons and evidence.
"""

from __future__ import annotations

from datetime import date

from bot.domain.confidence import computed_confidence
from bot.domain.deadlines import day_and_date, long_date
from bot.domain.messages import (
    Bold,
    Buttons,
    Heading,
    Link,
    Message,
    Note,
    Part,
    Quote,
    Span,
    Text,
    bullets,
    say,
)
from bot.domain.people import LONDON, Directory, Role
from bot.domain.register import (
    ActionItem,
    DateChange,
    Decision,
    Delivery,
    Evidence,
    History,
    Status,
    position,
)
from bot.services import promise_cards, removal_requests
from bot.services import say as words
from bot.services.intake import Desk
from storage import commitments, histories, lists, reports

CHAIRS = (Role.CHAIR, Role.DEPUTY_CHAIR)


def sees_words(desk: Desk, item: ActionItem) -> bool:
    """Whether this reader sees the words, reasons and evidence of an item."""
    return desk.directory.may_change(item.owner_id, desk.person.id, desk.today) or desk.is_a(
        *CHAIRS
    )


def of_item(desk: Desk, item_id: int) -> Message:
    """Everything about one item that this reader may see."""
    history = histories.of_item(desk.session, item_id)
    item = position(history)
    private = sees_words(desk, item)
    parts: list[Part] = [
        Heading(words.shortened(f"{item.ref} {item.title}")),
        _owner(desk.directory, item, history, on=desk.today),
        _deadline(desk, item, history),
        _status(desk, item, history, private=private),
        _confidence(desk, item, history, private=private),
        *_links(desk, history),
    ]
    if private:
        parts += _private(desk, item, history)
    if desk.is_a(Role.SECRETARIAT):
        parts.append(Buttons((removal_requests.button(item),)))
    parts.append(footer(desk))
    return Message(parts=tuple(parts))


def footer(desk: Desk) -> Note:
    """As of when this was read, so that nothing looks newer than it is."""
    sample = "Sample register. " if desk.group.sample else ""
    return Note(f"{sample}As the register stood on {words.checked(desk.now, desk.person.zone)}.")


def _owner(directory: Directory, item: ActionItem, history: History, *, on: date) -> Text:
    owner = directory.people[item.owner_id]
    supporters = [directory.people[n].label for n in history.terms[-1].supporters]
    helped = f", supported by {words.listed(supporters)}" if supporters else ""
    body = directory.body_name(owner.body_id, on).name
    return say("Owner: ", Bold(owner.label), f"{helped}. Body: {body}.")


def _deadline(desk: Desk, item: ActionItem, history: History) -> Text:
    now = words.deadline_and_left(item, desk.directory, today=desk.today)
    first = history.original
    if first.latest is None:
        was = "" if first.latest == item.due_on else " There was no date at first."
    else:
        was = f" Original deadline: {day_and_date(first.latest)}; {_moved(item.slips)}."
    return say("Deadline: ", Bold(now), f".{was}")


def _moved(slips: int) -> str:
    return {0: "never moved", 1: "moved once", 2: "moved twice"}.get(slips, f"moved {slips} times")


def _status(desk: Desk, item: ActionItem, history: History, *, private: bool) -> Text:
    zone, today = desk.person.zone, desk.today
    last, said = history.last_word, history.latest_update
    if last is None:
        days = (today - item.raised_on).days
        raised = f"it was raised {words.counted(days, 'day')} ago" if days > 0 else "raised today"
        return say("Status: ", Bold("nothing reported yet"), f"; {raised}.")
    told = said or last
    on = long_date(words.local_day(told.at, zone))
    by = f" by {words.named(desk.directory, told.by_id)}" if private else ""
    age = f", said {words.ago(told.at, today=today, zone=zone)} ({on}){by}"
    if last.status is Status.UNCHANGED and said is not None:
        age += f", and no change {words.ago(last.at, today=today, zone=zone)}"
    percent = f", {told.percent}% done" if told.percent is not None else ""
    return say("Status: ", Bold(words.standing(item)), f"{percent}{age}.")


def _confidence(desk: Desk, item: ActionItem, history: History, *, private: bool) -> Text:
    """Rule 1; how often somebody was asked is not for everybody's eyes."""
    if item.delivery in {Delivery.WITHDRAWN, Delivery.SUPERSEDED}:
        return say("Confidence: none, as nothing more is to be done.")
    asked = reports.unanswered(desk.session, desk.group.id, item_ids=[item.id]) if private else []
    owner = desk.directory.people[item.owner_id]
    calendar = desk.directory.national_calendar(owner.nation)
    left = calendar.working_days(desk.today, item.due_on) if item.due_on else None
    computed = computed_confidence(
        item,
        today=desk.today,
        working_days_left=left,
        unanswered_rungs=sum(each.times for each in asked),
        slipped_since_letter=slipped_since_letter(desk, history),
    )
    return say("Confidence: ", words.confidence(item, computed), ".")


def slipped_since_letter(desk: Desk, history: History) -> bool:
    """Whether the item's date has been moved to a later one since the last letter went out."""
    if not history.slips:
        return False
    letters = commitments.letters(desk.session, desk.group.id)
    return slipped_after(history, letters[-1].dated_on if letters else date.min)


def slipped_after(history: History, day: date) -> bool:
    """Whether its date was moved to a later one after this day."""
    latest = None
    for at, deadline in history.deadlines:
        later = latest is not None and deadline.latest is not None and deadline.latest > latest
        if later and at.astimezone(LONDON).date() > day:
            return True
        latest = deadline.latest or latest
    return False


def _links(desk: Desk, history: History) -> list[Part]:
    """What the item answers, in the words of the promise, and what it waits on."""
    entries: list[tuple[Span, ...]] = []
    if history.commitments:
        promised = {c.id: c for c in commitments.of_group(desk.session, desk.group.id)}
        entries += [
            promise_cards.line(desk.directory, promised[n])
            for n in history.commitments
            if n in promised
        ]
    if history.recommendations:
        asked = {r.id: r for r in commitments.recommendations(desk.session, desk.group.id)}
        entries += [
            (Bold(asked[n].ref), f" {words.shortened(asked[n].title)}")
            for n in history.recommendations
            if n in asked
        ]
    parts: list[Part] = [say("It answers:"), bullets(*entries)] if entries else []
    waits_on = lists.named(desk.session, history.waits_on)
    if waits_on:
        lines = [_line(desk, other) for other in waits_on.values()]
        parts += [say("It waits on:"), bullets(*lines)]
    return parts


def _line(desk: Desk, item: ActionItem) -> tuple[Span, ...]:
    return words.item_line(item, desk.directory, today=desk.today, zone=desk.person.zone)


def _private(desk: Desk, item: ActionItem, history: History) -> list[Part]:
    """Words, reasons and evidence."""
    parts: list[Part] = []
    said = history.latest_update
    if said is not None and said.words:
        parts += [say("In their words:"), Quote(said.words)]
    if said is not None and item.blocked and said.blocker:
        parts.append(say(Bold("Blocked by: "), said.blocker))
    if said is not None and said.ask:
        parts.append(say(Bold("Asks for: "), said.ask))
    parts += [_change(desk, change) for change in history.date_changes]
    if history.evidence:
        shown = [_evidence(desk.directory, each) for each in history.evidence]
        parts += [say("Evidence:"), bullets(*shown)]
    elif item.delivery is Delivery.COMPLETE:
        parts.append(say("Evidence: none yet, so it counts as reported, not as complete."))
    return parts


def _change(desk: Desk, change: DateChange) -> Text:
    """One date change with its reason, and who decides or decided."""
    to = words.new_date(change.new)
    old = long_date(change.old_latest_on) if change.old_latest_on else "no date"
    asked = f"from {old} to {to}, asked for by {words.named(desk.directory, change.asked_by)}"
    if not change.moves:
        asked = f"other words for its reason, by {words.named(desk.directory, change.asked_by)}"
    because = f" because: {change.reason.rstrip('.')}" if change.reason else ""
    if change.decision in {Decision.PENDING, Decision.ASKED}:
        age = words.ago(change.at, today=desk.today, zone=desk.person.zone)
        decider = change.decider.replace("_", " ")
        return say(
            Bold("A new date waits to be decided: "),
            f"{asked} {age}{because} (the {decider} decides).",
        )
    who = words.named(desk.directory, change.decided_by)
    when = (
        f" on {long_date(words.local_day(change.decided_at, LONDON))}" if change.decided_at else ""
    )
    why = f": {change.decision_reason}" if change.decision_reason else ""
    return say(
        "Date change ", Bold(change.decision.value), f" by {who}{when}{why}; {asked}{because}."
    )


def _evidence(directory: Directory, held: Evidence) -> tuple[Span, ...]:
    shown: Span = Link(held.title, held.url) if held.url else held.title
    given = f", given by {words.named(directory, held.by_id)}"
    if held.holds is None:
        return (shown, f"{given}; nobody has verified it yet")
    who = words.named(directory, held.verified_by)
    on = f" on {long_date(words.local_day(held.verified_at, LONDON))}" if held.verified_at else ""
    found = "verified" if held.holds else "found not to show completion"
    return (shown, f"{given}; {found} by {who}{on}")
