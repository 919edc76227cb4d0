"""What was chosen in the form becomes items of the register, all of them or none, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.deadlines import NO_DEADLINE, Candidate, Deadline, Kind
from bot.domain.errors import UserError
from bot.domain.forms import SeveralFieldsError
from bot.domain.messages import Bold, Part, Span, bullets, message, say
from bot.domain.pasted import ProposedAction
from bot.domain.register import ActionItem
from bot.domain.text import GuardedText
from bot.services import date_changes, intake, waits
from bot.services import say as wording
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from bot.services.keeping import changes, recorded
from bot.services.pasting import checking, taking
from storage import pasted as lists
from storage.database import Database
from storage.pasted import Pasted

Entered = Mapping[str, GuardedText]


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """One ticked proposal, as it was filled in."""

    line: int
    title: str
    owner_id: int
    due: Deadline
    supporters: tuple[int, ...]


def confirm(
    database: Database,
    arrival: Arrival,
    *,
    list_id: int,
    lines: Sequence[int],
    entered: Entered,
    now: datetime,
) -> None:
    """Add what is ticked and leave the rest out; `entered` are the form's fields by name.

    SeveralFieldsError, and nothing is added, where a field cannot be taken; UserError where the
    proposals were settled before.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        kept = checking.of_desk(desk, lists.get(desk.session, list_id, lock=True))
        if any(line in kept.settled for line in lines):
            raise UserError("These were settled before, so nothing was added now: close this form.")
        proposed = {a.line: a for a in taking.read(desk.session, desk, kept).actions}
        chosen = _chosen(desk, lines, proposed, entered)
        added = {one.line: _add(desk, one) for one in chosen}
        became = {line: added[line].id if line in added else None for line in lines}
        kept = lists.settle(desk.session, kept, became)
        _tell_owners(desk, list(added.values()))
        _end(desk, kept, list(added.values()), left_out=len(lines) - len(added))


def _chosen(
    desk: Desk, lines: Sequence[int], proposed: Mapping[int, ProposedAction], entered: Entered
) -> list[_Chosen]:
    chosen: list[_Chosen] = []
    errors: dict[str, str] = {}
    for line in lines:
        if not entered[f"add-{line}"]:
            continue
        found = _one(desk, line, proposed.get(line), entered, errors)
        if found is not None:
            chosen.append(found)
    if errors:
        raise SeveralFieldsError(errors)
    return chosen


def _one(
    desk: Desk,
    line: int,
    action: ProposedAction | None,
    entered: Entered,
    errors: dict[str, str],
) -> _Chosen | None:
    """One ticked proposal; nothing, and sentences in `errors`, where it cannot be taken."""
    title = " ".join(entered[f"title-{line}"].text.split())
    owner = entered[f"owner-{line}"].text
    before = len(errors)
    if not title:
        errors[f"title-{line}"] = "Say what is to be done, or untick it."
    if not owner.isdecimal() or int(owner) not in desk.directory.people:
        errors[f"owner-{line}"] = "Choose the one who owns it, or untick it."
    due = _due(desk, line, action, entered, errors)
    if len(errors) > before or due is None:
        return None
    named = entered.get(f"with-{line}")
    supporters = [int(each) for each in (named.text if named else "").split(",") if each]
    return _Chosen(
        line=line,
        title=title,
        owner_id=int(owner),
        due=due,
        supporters=tuple(each for each in supporters if each in desk.directory.people),
    )


def _due(
    desk: Desk,
    line: int,
    action: ProposedAction | None,
    entered: Entered,
    errors: dict[str, str],
) -> Deadline | None:
    """The date as it was left, chosen or written anew."""
    words = entered[f"due-{line}"].text.strip()
    untouched = action is not None and words == action.due.words.strip()
    which = entered.get(f"which-{line}")
    choice = which.text if which else ""
    if action is not None and untouched and action.due_question:
        if not choice:
            errors[f"which-{line}"] = "Choose one, or write the date in the field above."
            return None
        return _by_choice(action.due, choice)
    if action is not None and untouched:
        return action.due
    if not words:
        return NO_DEADLINE
    due = date_changes.read_date(desk, words)
    if due.latest is not None:
        return due
    asked = due.question if due.kind is Kind.OPEN else None
    errors[f"due-{line}"] = asked or (
        "I cannot read a date in that. For example: 30 September; empty where there is none yet."
    )
    return None


def _by_choice(due: Deadline, choice: str) -> Deadline:
    if choice == checking.NO_DATE:
        return NO_DEADLINE
    if choice == checking.AS_READ:
        return due
    return _meant(due, due.candidates[int(choice)])


def _meant(due: Deadline, candidate: Candidate) -> Deadline:
    """The words with the reading of them that was chosen."""
    return replace(
        due,
        kind=Kind.FIRM if candidate.latest is not None else Kind.SOFT,
        earliest=candidate.earliest,
        latest=candidate.latest,
        candidates=(),
        question=None,
        explanation=f"{candidate.words}.",
    )


def _add(desk: Desk, one: _Chosen) -> ActionItem:
    return changes.add(
        desk.session,
        desk.directory,
        title=one.title,
        owner_id=one.owner_id,
        due=one.due,
        raised_on=desk.today,
        by_id=desk.person.id,
        now=desk.now,
        supporters=one.supporters,
        told=True,
    )


def _tell_owners(desk: Desk, added: Sequence[ActionItem]) -> None:
    """Each owner hears once of everything that has become theirs."""
    theirs: dict[int, list[ActionItem]] = defaultdict(list)
    for item in added:
        theirs[item.owner_id].append(item)
    for owner_id, owned in theirs.items():
        recorded.tell_owner(
            desk.session,
            desk.directory,
            owner_id,
            [
                recorded.Recorded(item=item, said=f"yours, {wording.due(item.due)}", theirs=True)
                for item in owned
            ],
            by=desk.person,
            now=desk.now,
            key=desk.arrival.key,
        )


def _end(desk: Desk, kept: Pasted, added: Sequence[ActionItem], *, left_out: int) -> None:
    """Say what was added; the list waits no longer once nothing of it is left."""
    left = taking.left_of(taking.read(desk.session, desk, kept), kept)
    refs = f" ({wording.listed(item.ref for item in added)})" if added else ""
    outcome = f"{wording.counted(len(added), 'action')} added{refs}, {left_out or 'none'} left out"
    if not left:
        waits.settle(
            desk.session,
            desk.directory,
            kind=taking.KIND,
            subject_id=kept.id,
            by_id=desk.person.id,
            outcome=outcome,
            now=desk.now,
        )
    parts: list[Part] = [say(Bold("Added to the register:") if added else outcome + ".")]
    if added:
        parts.append(bullets(*(_line(desk, item) for item in added)))
    if left:
        parts.append(say(f"{len(left)} more from your list to check:"))
        parts.append(taking.check_button(kept, "Next"))
    tell(desk, message(*parts), subject={"items": [item.id for item in added], "pasted": kept.id})
    desk.audited(
        "list added",
        f"pasted:{kept.id}",
        items=[item.id for item in added],
        left_out=left_out,
    )


def _line(desk: Desk, item: ActionItem) -> tuple[Span, ...]:
    who = desk.directory.people[item.owner_id].label
    return (*wording.item_name(item), f" – {who} – {wording.due(item.due)}")
