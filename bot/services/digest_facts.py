"""What a weekly digest says, gathered once for a group from one snapshot."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.domain.commitments import Commitment
from bot.domain.confidence import Computed, computed_confidence
from bot.domain.people import LONDON, Directory, Person
from bot.domain.register import ActionItem, History
from bot.services import digest_moves, waiting_lists
from bot.services.cards import slipped_after
from storage import audit, commitments, histories, lists, pauses, reports, waiting
from storage.database import Session
from storage.lists import Counts, Scope, Section
from storage.pauses import Pause
from storage.reports import Answered, Asked, Failed
from storage.waiting import Waiting

DECISIONS = 5
RISKS = 8
DUE = 8
SILENT_AFTER = 2
BEFORE_ALL = date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Risk:
    """An item that is not plainly green, and what the register makes of it."""

    item: ActionItem
    computed: Computed


@dataclass(frozen=True, kw_only=True)
class PublicDate:
    """A day by which something was promised outside."""

    on: date
    promise: Commitment


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that any reader of this week's digest may need."""

    directory: Directory
    now: datetime
    since: datetime
    counts: Counts
    waiting: Mapping[int, Sequence[Waiting]]
    histories: Mapping[int, History]
    promises: Sequence[Commitment]
    answered: Answered
    moved: Sequence[digest_moves.Line]
    risks: Sequence[Risk]
    risk_count: int
    due: Sequence[ActionItem]
    silent: Sequence[Asked]
    silent_items: Mapping[int, ActionItem]
    failed: Sequence[Failed]
    next_public: PublicDate | None
    missed: Sequence[PublicDate]
    head: str
    paused: Pause | None

    @property
    def today(self) -> date:
        """The day it is in London."""
        return self.now.astimezone(LONDON).date()


def gather(
    session: Session,
    directory: Directory,
    readers: Sequence[Person],
    *,
    since: datetime,
    now: datetime,
) -> Facts:
    """The facts of a group as they stand now, with what was entered after `since`."""
    group_id, today = directory.group.id, now.astimezone(LONDON).date()
    every = waiting.unsettled(session, group_id)
    on_readers = {
        reader.id: waiting_lists.on_reader(directory, every, reader.id, today) for reader in readers
    }
    silent, asked_about = _silent(session, directory, today)
    risks, risk_count = _risks(session, directory, silent, today=today)
    promises = commitments.of_group(session, group_id)
    answered = reports.answered(session, group_id)
    ahead, missed = _public_dates(promises, answered, today=today)
    return Facts(
        directory=directory,
        now=now,
        since=since,
        counts=lists.counts(session, Scope(group_id=group_id), today=today),
        waiting=on_readers,
        histories=_to_decide(session, on_readers),
        promises=promises,
        answered=answered,
        moved=digest_moves.since(session, directory, since=since),
        risks=risks,
        risk_count=risk_count,
        due=lists.page(session, Scope(group_id=group_id), Section.DUE, today=today, limit=DUE),
        silent=silent,
        silent_items=asked_about,
        failed=reports.failed(session, group_id, since=since),
        next_public=ahead[0] if ahead else None,
        missed=missed,
        head=audit.head(session, group_id),
        paused=pauses.standing(session, group_id),
    )


def _silent(
    session: Session, directory: Directory, today: date
) -> tuple[list[Asked], dict[int, ActionItem]]:
    """Who was asked often enough and has not answered, and the items they were asked about."""
    asked = reports.unanswered(session, directory.group.id, at_least=SILENT_AFTER)
    about = lists.named(session, (each.item_id for each in asked))
    silent = [each for each in asked if _is_silent(directory, each, about[each.item_id], today)]
    return silent, about


def _is_silent(directory: Directory, asked: Asked, item: ActionItem, today: date) -> bool:
    """Asked before today, and it is theirs to answer: whoever blocks somebody else's is not."""
    theirs = {item.owner_id, directory.acting_owner(item.owner_id, today).id}
    return asked.person_id in theirs and asked.last_at.astimezone(LONDON).date() < today


def _to_decide(session: Session, on_readers: Mapping[int, Sequence[Waiting]]) -> dict[int, History]:
    """The histories of the items that the first few decisions of each reader are about."""
    shown = itertools.chain.from_iterable(each[:DECISIONS] for each in on_readers.values())
    wanted = {each.item_id for each in shown if each.item_id is not None}
    return {each.item_id: each for each in histories.of_items(session, wanted)}


def _risks(
    session: Session, directory: Directory, silent: Sequence[Asked], *, today: date
) -> tuple[list[Risk], int]:
    letters = commitments.letters(session, directory.group.id)
    letter_on = letters[-1].dated_on if letters else BEFORE_ALL
    # What moved on the day of the letter was in it: count from the day after.
    slipped = datetime.combine(letter_on, time.max, UTC)
    items, count = reports.at_risk(
        session,
        directory.group.id,
        today=today,
        slipped_after=slipped,
        silent=[asked.item_id for asked in silent],
        limit=RISKS,
    )
    known = {h.item_id: h for h in histories.of_items(session, [item.id for item in items])}
    found = [
        Risk(
            item=item,
            computed=computed_confidence(
                item,
                today=today,
                working_days_left=_left(directory, item, today),
                unanswered_rungs=sum(a.times for a in silent if a.item_id == item.id),
                slipped_since_letter=slipped_after(known[item.id], letter_on),
            ),
        )
        for item in items
    ]
    return found, count


def _left(directory: Directory, item: ActionItem, today: date) -> int | None:
    if item.due_on is None:
        return None
    nation = directory.people[item.owner_id].nation
    return directory.national_calendar(nation).working_days(today, item.due_on)


def _public_dates(
    promises: Sequence[Commitment], answered: Answered, *, today: date
) -> tuple[list[PublicDate], list[PublicDate]]:
    """Public dates ahead, and those gone by with no letter since; each the nearest first.

    A repeated promise is dated by its first; a day told later stands in for the one promised.
    """
    dated: list[PublicDate] = []
    by_id = {promise.id: promise for promise in promises}
    for promise in promises:
        on = answered.told.get(promise.id, promise.deadline.latest)
        if promise.restates_id is None and not promise.standing and on is not None:
            dated.append(PublicDate(on=on, promise=promise))
    for number, on in answered.occurrences:
        if number in by_id:
            dated.append(PublicDate(on=on, promise=by_id[number]))
    owed = sorted(
        (each for each in dated if each.promise.id not in answered.settled),
        key=lambda each: (each.on, each.promise.id),
    )
    ahead = [each for each in owed if each.on >= today]
    gone = [each for each in owed if each.on < today]
    told = answered.last_told_on
    return ahead, [g for g in gone if told.get(g.promise.id, date.min) <= g.on]
