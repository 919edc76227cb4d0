"""What somebody has goes to somebody else, in one transaction; the past stays theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.diaries import Diary
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.messages import Bold, Message, Quote, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Directory, Person, Role
from bot.domain.register import ActionItem
from bot.domain.text import GuardedText
from bot.services import (
    clearance_waits,
    hand_over_words,
    intake,
    introductions,
    newcomers,
    secretaries,
    waits,
)
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from bot.services.keeping import changes
from bot.services.newcomers import Newcomer
from bot.services.seats import only_secretariat
from storage import (
    handing,
    histories,
    items,
    letters,
    outbox,
    payloads,
    people,
    waiting,
    words,
)
from storage.database import Database
from storage.waiting import Waiting

OVER = "handover"
MOVES = (
    Role.SECRETARIAT,
    Role.CHAIR,
    Role.DEPUTY_CHAIR,
    Role.SIGNATORY,
    Role.CLEARER,
    Role.SPONSOR,
)
ITS_OWN_WAY = frozenset({"acceptance", "evidence", clearance_waits.KIND})
"""Kinds that move with their item, or with a role."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the form asks: from whom to whom, and whether roles go too, from which day."""

    from_id: int
    to_id: int | None
    new: Newcomer | None = None
    with_roles: bool = False
    from_on: date | None = None
    reason: GuardedText = field(default_factory=lambda: GuardedText(""))


def hand_over(database: Database, arrival: Arrival, wish: Wish, *, now: datetime) -> None:
    """Move what stands with one person to another, who is asked to accept it.

    Raises UserError for anybody but the secretariat, and where it would leave none.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        only_secretariat(desk, "hand over what somebody has")
        desk, giver, taker = _both(desk, wish)
        moved = _items(desk, giver, taker, wish.reason)
        supported = _supporting(desk, giver, taker)
        covered = handing.cover_by(
            desk.session, desk.group.id, giver.id, taker.id, by_id=desk.person.id, now=now
        )
        roles = _roles(desk, giver, taker, wish.from_on or desk.today) if wish.with_roles else []
        waited = _waits(desk, giver, taker, with_roles=wish.with_roles)
        _ask(desk, giver, taker, moved)
        _tell(desk, giver, taker, moved, wish.reason)
        _no_longer_wished(desk, giver, taker)
        tell(
            desk,
            hand_over_words.done(giver, taker, moved, supported, covered, roles, waited),
            subject={"items": [item.id for item in moved]},
        )
        reason = wish.reason
        desk.audited(
            "handed over",
            f"person:{giver.id}",
            words=words.keep(desk.session, reason, group_id=desk.group.id) if reason else None,
            to=taker.id,
            items=[item.id for item in moved],
            roles=[role.value for role in roles],
        )


def _no_longer_wished(desk: Desk, giver: Person, taker: Person) -> None:
    waits.settle(
        desk.session,
        desk.directory,
        kind=OVER,
        subject_id=giver.id,
        by_id=desk.person.id,
        outcome=f"handed over to {taker.label}",
        now=desk.now,
    )


def _both(desk: Desk, wish: Wish) -> tuple[Desk, Person, Person]:
    """From whom and to whom; somebody new is put on the register first."""
    giver = desk.directory.people.get(wish.from_id)
    if wish.to_id is not None and wish.new is not None:
        raise FieldError("to", "Choose somebody here, or add somebody new below, not both.")
    if wish.new is not None:
        desk, taker = newcomers.add(desk, wish.new)
    else:
        known = desk.directory.people.get(wish.to_id or 0)
        if known is None:
            raise FieldError("to", "Choose to whom, or add somebody new below.")
        taker = known
    if giver is None or giver.id == taker.id:
        raise UserError("Name two different people of the group, from whom and to whom.")
    return desk, giver, taker


def _items(desk: Desk, giver: Person, taker: Person, reason: GuardedText) -> list[ActionItem]:
    moved = []
    for item in items.owned(desk.session, [giver.id]):
        locked = items.lock(desk.session, item.id)
        changed = changes.reassign(
            desk.session,
            desk.directory,
            locked,
            taker.id,
            by_id=desk.person.id,
            now=desk.now,
            reason=reason,
            told=True,
        )
        # They are told once, of everything.
        outbox.cancel(desk.session, f"given:{changed.id}:{changed.version}", now=desk.now)
        moved.append(changed)
    return moved


def _supporting(desk: Desk, giver: Person, taker: Person) -> list[ActionItem]:
    found = []
    for history in histories.of_group(desk.session, desk.group.id):
        supporters = history.terms[-1].supporters if history.terms else ()
        if giver.id not in supporters:
            continue
        item = items.lock(desk.session, history.item_id)
        if item.is_open:
            wanted = [taker.id if number == giver.id else number for number in supporters]
            changes.support(
                desk.session, desk.directory, item, wanted, by_id=desk.person.id, now=desk.now
            )
            found.append(item)
    return found


def _roles(desk: Desk, giver: Person, taker: Person, from_on: date) -> list[Role]:
    session, group_id, by_id, now = desk.session, desk.group.id, desk.person.id, desk.now
    moved = []
    for role in MOVES:
        ended = handing.end_role(
            session, group_id, giver.id, role, from_on=from_on, by_id=by_id, now=now
        )
        for title in dict.fromkeys(ended):
            handing.give_role(
                session,
                group_id,
                taker.id,
                role,
                from_on=from_on,
                title=title,
                by_id=by_id,
                now=now,
            )
        if ended:
            moved.append(role)
    handing.lead_instead(desk.session, desk.group.id, giver.id, taker.id)
    after = people.directory(desk.session, desk.group.id)
    for day in {desk.today, from_on}:
        secretaries.keep_one(desk.directory, after, day)
    return moved


def _waits(desk: Desk, giver: Person, taker: Person, *, with_roles: bool) -> int:
    """Whatever else waited on them waits on the other now, told at once, its ladder begun anew."""
    session, directory = desk.session, people.directory(desk.session, desk.group.id)
    count = 0
    for one in waiting.unsettled(session, desk.group.id):
        if one.person_id != giver.id:
            continue
        if one.kind == clearance_waits.KIND and with_roles:
            count += _clearance(desk, directory, one, taker)
        elif one.kind not in ITS_OWN_WAY:
            _settle(desk, one, taker)
            waits.open_wait(
                session,
                directory,
                kind=one.kind,
                subject_id=one.subject_id,
                item_id=one.item_id,
                person_id=taker.id,
                message=hand_over_words.came_over(giver, payloads.load(one.payload["message"])),
                subject=one.payload.get("subject"),
                now=desk.now,
            )
            count += 1
    return count


def _clearance(desk: Desk, directory: Directory, one: Waiting, taker: Person) -> int:
    """A version is cleared by whoever holds the role now; the version stays as it is."""
    if taker.id not in clearance_waits.clearers(desk.session, directory, now=desk.now):
        return 0
    letter = letters.get(desk.session, int(one.payload["subject"]["letter"]))
    event = next(each for each in letter.happened if each.id == one.subject_id)
    if event.version_id is None:
        return 0
    version = letters.version(desk.session, event.version_id)
    _settle(desk, one, taker)
    if taker.id not in clearance_waits.asked_of(letter, version.id):
        clearance_waits.ask(
            desk.session,
            directory,
            letter,
            version,
            taker.id,
            by_id=desk.person.id,
            now=desk.now,
        )
    return 1


def _settle(desk: Desk, one: Waiting, taker: Person) -> None:
    waits.settle(
        desk.session,
        desk.directory,
        kind=one.kind,
        subject_id=one.subject_id,
        by_id=desk.person.id,
        outcome=f"handed over to {taker.label}",
        now=desk.now,
    )


def _ask(desk: Desk, giver: Person, taker: Person, moved: Sequence[ActionItem]) -> None:
    """One message with all of it, or their introduction where they have had none."""
    if not moved or desk.group.started_at is None:
        return
    if taker.introduced_at is None:
        introductions.introduce(desk.session, desk.directory, now=desk.now)
    elif taker.accounts:
        said = hand_over_words.ask(desk.person, giver, moved)
        _owe(desk, taker, said, moved, f"handed:{desk.arrival.key}")


def _tell(
    desk: Desk, giver: Person, taker: Person, moved: Sequence[ActionItem], reason: GuardedText
) -> None:
    """Whoever had it hears whose it is, where they can hear anything."""
    if not giver.accounts or giver.id == desk.person.id or desk.group.started_at is None:
        return
    refs = [item.ref for item in moved]
    said = message(
        say(
            Bold(desk.person.label),
            f" has handed over what you had to {taker.label}{hand_over_words.refs(refs)}. You "
            "are not asked about it any more; what you said stays on record as yours.",
        ),
        *([Quote(reason.text)] if reason else []),
    )
    _owe(desk, giver, said, moved, f"handed-from:{desk.arrival.key}")


def _owe(desk: Desk, to: Person, said: Message, moved: Sequence[ActionItem], key: str) -> None:
    outgoing = Outgoing(
        key=key,
        group_id=desk.group.id,
        team_id=desk.group.team_id,
        person_id=to.id,
        message=said,
        subject={"items": [item.id for item in moved]},
    )
    due_at = Diary(directory=desk.directory).opening(to, desk.now)
    outbox.enqueue(desk.session, outgoing, due_at=due_at, now=desk.now)
