"""The table that answers every promise once, and one line for each that was settled before."""

from __future__ import annotations

from bot.domain.deadlines import Kind, long_date
from bot.domain.facts import AddresseeFact, CommitmentFact, Fact, ItemFact, Position
from bot.domain.letter_writing import actions, words
from bot.domain.letter_writing.pen import Pen
from bot.domain.letters import Sentence, Table, TableRow
from bot.domain.register import Delivery, Status

HEADER = (
    "Commitment",
    "Date promised",
    "Position now",
    "Reason for any change",
    "New date",
)
CONFIDENTIAL = (
    "Its owner has asked that the position is not published; we can give it to you direct."
)


def table(pen: Pen) -> Table | None:
    """Every promise not yet told as settled to this audience, a row each."""
    rows = [
        _row(pen, fact, said)
        for fact, said in pen.sheet.of(CommitmentFact)
        if said.told_settled_on is None
    ]
    if not rows:
        return None
    day = long_date(pen.sheet.dated_on)
    return Table(
        caption=f"Commitments and their position on {day}", header=HEADER, rows=tuple(rows)
    )


def settled(pen: Pen) -> list[Sentence]:
    """One line for each promise that this audience was already told is settled."""
    return [
        pen.sentence(
            f"{words.quoted(said.words)}: settled, as we told you on "
            f"{long_date(said.told_settled_on)}.",
            fact,
        )
        for fact, said in pen.sheet.of(CommitmentFact)
        if said.told_settled_on is not None
    ]


def _row(pen: Pen, fact: Fact, said: CommitmentFact) -> TableRow:
    many = len({other.letter for _fact, other in pen.sheet.of(CommitmentFact)}) > 1
    promised = words.quoted(said.words)
    if many:
        promised += f"\nLetter of {pen.letter_of(said)}"
    mine = [pen.items[ref] for ref in said.items if ref in pen.items]
    cells = (
        promised,
        _date_promised(said),
        _position(pen, said, mine),
        _reasons(pen, said),
        _new_date(said),
    )
    return pen.row(cells, fact)


def _date_promised(said: CommitmentFact) -> str:
    if said.standing:
        return "Standing promise"
    if said.deadline_kind is Kind.FIRM and said.latest:
        return long_date(said.latest)
    if said.deadline_words:
        return words.start(words.quoted(said.deadline_words))
    return "No date given"


def _position(pen: Pen, said: CommitmentFact, mine: list[tuple[Fact, ItemFact]]) -> str:
    if said.standing:
        return _kept(pen, said)
    if said.position is Position.NO_ACTION:
        return "No action answers this commitment yet."
    if said.position is Position.WITHDRAWN:
        return "The action that answered this has been withdrawn."
    shown = [(fact, item) for fact, item in mine if fact.publish]
    pen.rest_on(*(fact for fact, _item in shown))
    if len(shown) < len(mine):
        return CONFIDENTIAL
    several = len(shown) > 1
    lines = [
        (f"{words.curled(item.title.rstrip('.'))}: " if several else "")
        + _line(pen, fact, item, said, several=several)
        for fact, item in shown
    ]
    opening = {
        Position.COMPLETE: "Complete.",
        Position.CLAIMED: "Reported complete; evidence still to be checked.",
        Position.PAUSED: "Paused.",
        Position.NOT_STARTED: "Not started.",
        Position.NOT_REPORTED: "No report yet." if several else "",
    }.get(said.position, "" if said.late else "In progress.")
    if said.late:
        opening = f"Late. {opening}".strip()
    return ("\n" if several else " ").join(filter(None, [opening, *lines]))


def _line(pen: Pen, fact: Fact, item: ItemFact, said: CommitmentFact, *, several: bool) -> str:
    """What one item adds: NHS England reported on 2 September 2022 that this was on track."""
    owner = words.start(pen.body(item.owner))
    if item.verified:
        checked = _checked(pen, fact)
        return f"complete; {checked}" if several else words.start(checked)
    if item.delivery is Delivery.COMPLETE:
        day = f" on {long_date(item.completed_on)}" if item.completed_on else ""
        return f"{owner} {pen.verb(item.owner, 'reports', 'report')} this complete{day}."
    if item.delivery in {Delivery.WITHDRAWN, Delivery.SUPERSEDED}:
        return f"the action of {pen.body(item.owner)} has been withdrawn."
    heard = actions.heard(item)
    if not heard and (asking := actions.asked_for(pen, fact)):
        cause, asked = asking
        pen.rest_on(cause)
        return f"{owner} {asked}."
    if not heard:
        return f"{owner} {pen.verb(item.owner, 'has', 'have')} not reported on this yet."
    if said.late and item.status is Status.ON_TRACK and _since_the_move(pen, fact, item):
        heard += " for the new date"
    return f"{owner} {'last ' if item.overdue else ''}reported {heard}."


def _checked(pen: Pen, fact: Fact) -> str:
    for proof, evidence in pen.evidence.get(fact.ref, []):
        if evidence.holds and evidence.checked_by and evidence.checked_on:
            pen.rest_on(proof)
            checker, day = pen.body(evidence.checked_by), long_date(evidence.checked_on)
            return f"{checker} checked the evidence on {day}."
    return "the evidence has been checked."


def _since_the_move(pen: Pen, fact: Fact, item: ItemFact) -> bool:
    """Whether an item's status was said after its date was last moved."""
    moved = any(c.decided_on and c.later for _cause, c in pen.changes.get(fact.ref, []))
    return moved and not item.said_before_move


def _kept(pen: Pen, said: CommitmentFact) -> str:
    """Which letters have kept a standing promise, this one counted where it does."""
    ours = {to.body for _fact, to in pen.sheet.of(AddresseeFact)}
    for_whom = "you" if set(said.for_bodies) <= ours else pen.bodies(said.for_bodies)
    letter = pen.letter_of(said)
    if said.kept_by_this:
        nth = words.ordinal(len(said.kept) + 1)
        return f"This letter is the {nth} update to {for_whom} since the letter of {letter}."
    if not said.kept:
        day = long_date(pen.sheet.dated_on)
        return f"By {day} we had sent {for_whom} no update since the letter of {letter}."
    days = words.listed(long_date(day) for day in said.kept)
    return f"After the letter of {letter} we wrote to {for_whom} on {days}."


def _reasons(pen: Pen, said: CommitmentFact) -> str:
    if said.standing or said.position in {Position.COMPLETE, Position.CLAIMED}:
        return "Not applicable"
    found: list[str] = []
    for ref in said.items:
        for cause, change in pen.changes.get(ref, []):
            if change.decided_on and change.later and (change.reason or change.held):
                pen.rest_on(cause)
                found.append(words.stopped(change.reason or "The reason is held in the register"))
    if found:
        return " ".join(dict.fromkeys(found))
    return "No reason has been recorded" if said.late or said.moved else "No change"


def _new_date(said: CommitmentFact) -> str:
    if said.standing:
        return f"Next by {long_date(said.next_on)}" if said.next_on else "None set"
    if said.position in {Position.COMPLETE, Position.CLAIMED, Position.WITHDRAWN}:
        return "None needed"
    if said.due_on is None:
        return "No date yet" if said.latest is None else "No new date yet"
    due = long_date(said.due_on)
    if said.moved:
        return due
    if not said.deadline_words and said.latest is None:
        actions_are = (
            "action that answers it is"
            if len(said.items) == 1
            else "last action that answers it is"
        )
        return f"The letter gave no date; the {actions_are} due on {due}"
    if said.latest is not None and said.late:
        return "No new date yet"
    if said.deadline_kind is Kind.FIRM:
        return "No change"
    return f"Now set for {due}"
