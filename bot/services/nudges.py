"""The morning sweep: whoever has items due is asked about all of them in one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.diaries import CLOSES, Diary, local_day
from bot.domain.nudging import decide
from bot.domain.outgoing import Audience, Outgoing
from bot.domain.people import Person
from bot.domain.plans import Decision, Outcome, Reach, Result
from bot.domain.register import History
from bot.services import escalating, nudge_words, outages, retiring, rounds
from bot.services.cases import Case, standing_of
from bot.services.escalating import Escalated
from bot.services.nudge_words import Ask
from bot.services.planning import entries_of, plan_of
from bot.services.rounds import CAP, Round
from storage import audit, groups, histories, nudges, outbox, people, selves
from storage.database import Database, Session
from storage.nudges import Line, NewLine, PlannedItem
from storage.selves import Selves

WRITTEN = "already written to today"
QUIET = "quiet hours"


@dataclass(kw_only=True)
class _Page:
    """One transaction's entries, written together at its end."""

    session: Session
    this: Round
    selves: Mapping[int, Selves]
    lines: list[NewLine] = field(default_factory=list)
    next_on: dict[int, date | None] = field(default_factory=dict)

    def close(self) -> None:
        """Write the ledger and the days on which the items come due again."""
        nudges.record(self.session, self.lines)
        nudges.due_again(self.session, self.next_on)


def sweep(database: Database, *, now: datetime) -> int:
    """Owe everybody their message of the day; how many are new. Safe to run twice or late."""
    with database.snapshot() as session:
        every = groups.every(session)
        started = [
            g.id
            for g in every
            if g.started_at is not None and groups.paused(session, g.id, now=now) is None
        ]
    several = len(every) > 1
    return sum(_sweep_group(database, number, several=several, now=now) for number in started)


def _sweep_group(database: Database, group_id: int, *, several: bool, now: datetime) -> int:
    counts_from = outages.counts_from(database, group_id, now=now)
    with database.snapshot() as session:
        directory = people.directory(session, group_id)
        this = Round(
            diary=Diary(directory=directory),
            cap=int(groups.policy(session, group_id).get("weekly_cap", CAP)),
            counts_from=counts_from,
            blockers={},
            now=now,
            several=several,
        )
        readers = rounds.by_reader(session, this)
    return sum(_write(database, this, batch) for batch in rounds.batches(readers))


def _write(database: Database, this: Round, readers: Mapping[int, Sequence[int]]) -> int:
    """One transaction for a batch of people: decide, owe, enter in the ledger, audit."""
    group_id = this.diary.directory.group.id
    with database.transaction() as session:
        if groups.paused(session, group_id, now=this.now) is not None:
            return 0
        others = selves.of(session, readers) if this.several else {}
        nudges.lock_people(session, {*readers, *(n for o in others.values() for n in o.numbers)})
        numbers = [n for theirs in readers.values() for n in theirs]
        today = rounds.last_day(this.diary.directory, this.now)
        planned = {p.item.id: p for p in nudges.locked(session, numbers, today=today)}
        this = rounds.with_blockers(session, this, [rounds.due_of(one) for one in planned.values()])
        told = {h.item_id: h for h in histories.of_items(session, planned)}
        lines = nudges.ledger(session, list(planned))
        page = _Page(session=session, this=this, selves=others)
        written: list[tuple[int, list[int]]] = []
        for reader_id, theirs in readers.items():
            mine = [p for n in theirs if (p := planned.get(n)) and _still(this, p, reader_id)]
            if said := _person(page, this.diary.person(reader_id), mine, told, lines):
                written.append((reader_id, said))
        page.close()
        for reader_id, said in written:
            audit.record(
                session,
                "nudged",
                f"person:{reader_id}",
                group_id=group_id,
                by_id=None,
                now=this.now,
                items=said,
            )
        return len(written)


def _still(this: Round, planned: PlannedItem, reader_id: int) -> bool:
    """Whether it is still this person who is asked, now that the item is locked."""
    return reader_id in rounds.readers_of(this, [rounds.due_of(planned)])


def _person(
    page: _Page,
    reader: Person,
    mine: Sequence[PlannedItem],
    told: Mapping[int, History],
    lines: Mapping[int, list[Line]],
) -> list[int]:
    """Everything about one person's items; the numbers of those that they are written to about."""
    if not mine:
        return []
    reach = _reach(page, reader)
    found = []
    for planned in mine:
        theirs = lines.get(planned.item.id, ())
        case = _case(page.this, reader, planned, told.get(planned.item.id), theirs, reach)
        page.next_on[planned.item.id] = case.decision.next_on
        page.lines += [
            _line(page.this, reader, case, outcome, None)
            for outcome in case.decision.outcomes
            if outcome.result is not Result.SENT
        ]
        if case.message is not None:
            found.append(case)
    found.sort(key=lambda c: (c.planned.item.due_on or date.max, c.planned.item.id))
    sent = [c for c in found if c.result is Result.SENT]
    _hand_over(page, reader, [c for c in found if c.result is Result.HANDED_OVER])
    if sent:
        _send(page, reader, sent)
    return [case.ask.item.id for case in sent]


def _reach(page: _Page, reader: Person) -> Reach:
    this, today = page.this, local_day(reader, page.this.now)
    if this.now.astimezone(reader.zone).time() >= CLOSES:
        return Reach(hold=QUIET)
    others = page.selves.get(reader.id, Selves())
    days = nudges.days_written(page.session, [reader.id, *others.numbers], day=today)
    written = {day for theirs in days.values() for day in theirs}
    if today in written or any(
        this.diary.greeted(replace(reader, introduced_at=at), today)
        for at in (reader.introduced_at, *others.introduced)
    ):
        return Reach(hold=WRITTEN)
    if len(written) >= this.cap:
        return Reach(hand_over=f"they have had {len(written)} messages this week")
    return Reach()


def _case(
    this: Round,
    reader: Person,
    planned: PlannedItem,
    history: History | None,
    lines: Sequence[Line],
    reach: Reach,
) -> Case:
    item = planned.item
    blocker = this.blockers.get(item.id) if item.blocked else None
    entries = entries_of(lines, planned.plan, this.diary)
    decision = Decision(outcomes=(), next_on=None)
    if item.is_open and history is not None:
        owner = this.diary.person(item.owner_id)
        decision = decide(
            plan_of(planned, this.diary, now=this.now),
            entries,
            standing_of(item, history, blocker, owner, counts_from=this.counts_from),
            this.diary,
            today=local_day(reader, this.now),
            reach=reach,
        )
    return Case(
        planned=planned,
        decision=decision,
        history=history,
        blocker=blocker,
        entries=entries,
        held={n.rung: n.id for n in lines if n.plan == planned.plan and n.outcome == nudges.HELD},
    )


def _line(
    this: Round, reader: Person, case: Case, outcome: Outcome, outbox_id: int | None
) -> NewLine:
    return NewLine(
        group_id=case.planned.item.group_id,
        item_id=case.planned.item.id,
        plan=case.planned.plan,
        rung=outcome.key,
        due_on=outcome.due_on,
        person_id=reader.id,
        outcome=outcome.result.value,
        reason=outcome.reason,
        told_rung=outcome.tells.key if outcome.tells else None,
        outbox_id=outbox_id,
        decided_at=this.now,
        held_id=case.held.get(outcome.key),
    )


def _send(page: _Page, reader: Person, sent: Sequence[Case]) -> None:
    this = page.this
    group, day = this.diary.directory.group, local_day(reader, this.now)
    # What blocks several items is asked about once.
    asks = list({case.ask.item.id: case.ask for case in reversed(sent)}.values())[::-1]
    outgoing = Outgoing(
        key=f"nudge:{reader.id}:{day.isoformat()}",
        group_id=group.id,
        team_id=group.team_id,
        person_id=reader.id,
        message=nudge_words.to_owner(asks, reader=reader, diary=this.diary, now=this.now),
        audience=Audience.MEMBERS,
        subject={"items": [ask.item.id for ask in asks]},
    )
    number = outbox.enqueue(page.session, outgoing, due_at=this.now, now=this.now)
    if number is None:
        raise AssertionError(f"{outgoing.key} was owed already, though nothing was sent that day.")
    nudges.wrote(page.session, reader.id, day, number)
    retiring.supersede(
        page.session, [ask.item.id for ask in asks], by=number, day=day, now=this.now
    )
    retiring.stand(page.session, number, outgoing.message)
    page.lines += [_line(this, reader, case, case.ask.outcome, number) for case in sent]
    escalated = [
        Escalated(ask=case.ask, entries=case.entries)
        for case in sent
        if case.ask.outcome.rung.escalates and not case.ask.outcome.is_ask
    ]
    escalating.tell(page.session, this.diary, escalated, now=this.now)


def _hand_over(page: _Page, reader: Person, cases: Sequence[Case]) -> None:
    """One task for the secretariat: items to take up themselves."""
    if not cases:
        return
    session, this = page.session, page.this
    asks: list[Ask] = [case.ask for case in cases]
    why = asks[0].outcome.reason
    escalating.take_over(session, this.diary, reader, asks, why=why, now=this.now)
