"""After an outage the secretariat reads once what it did: when, what was late, what is whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import downtime
from bot.domain.calendars import Calendar
from bot.domain.outgoing import Outgoing
from bot.domain.people import LONDON, Role
from bot.services import chain_checks, downtime_words, text_checks
from bot.services.downtime_words import Outage, Whole
from storage import audit, groups, outbox, people, sweeps
from storage.database import Database, Session

KEPT = "downtime"
BESIDES = frozenset({KEPT, "gap", "delivery", "after_downtime"})
"""Heartbeats that say nothing of when the sweeps before this one last ran."""
SETTLED = timedelta(minutes=10)
"""Back for so long, what was late has gone."""


@dataclass(frozen=True, kw_only=True)
class _State:
    """Outages that are still to be told of, and the last sign of life before now."""

    outages: tuple[Outage, ...]
    last: datetime | None


def sweep(database: Database, *, now: datetime) -> int:
    """Notice that the bot was away, and tell of it once it has caught up; how many were told.

    It is the first sweep of a round: the others' heartbeats are still those from before. The
    first start of all has none, and a short restart is not worth a word. Safe to run twice.

    The chain is read on from where it was last found whole; the texts are all read, once an
    outage: a million take some eight seconds.
    """
    with database.snapshot() as session:
        state = _state(session)
    outages = state.outages
    if state.last is not None and downtime.is_worth_telling(state.last, now, Calendar()):
        outages = (*outages, Outage(since=state.last, until=now))
        with database.transaction() as session:
            _keep(session, outages, now=now)
    if not outages:
        return 0
    with database.snapshot() as session:
        started = [g.id for g in groups.every(session) if g.started_at is not None]
    checked = {number: chain_checks.read_on(database, number, now=now) for number in started}
    if now < outages[-1].until + SETTLED or not all(c.over for c in checked.values()):
        return 0
    with database.snapshot() as session:
        whole = {n: Whole(chain=checked[n], texts=text_checks.check(session, n)) for n in started}
    with database.transaction() as session:
        told = sum(_tell(session, n, outages, whole[n], now=now) for n in started)
        _keep(session, (), now=now)
    return told


def _state(session: Session) -> _State:
    kept = sweeps.read(session, KEPT)
    pairs = json.loads(kept.note) if kept and kept.note else []
    ran = sweeps.last(session)
    beats = [at for name, at in ran.items() if name not in BESIDES and ":" not in name]
    return _State(
        outages=tuple(
            Outage(since=datetime.fromisoformat(since), until=datetime.fromisoformat(until))
            for since, until in pairs
        ),
        last=max(beats, default=None),
    )


def _keep(session: Session, outages: Sequence[Outage], *, now: datetime) -> None:
    pairs = [[each.since.isoformat(), each.until.isoformat()] for each in outages]
    sweeps.ran(session, KEPT, now=now, note=json.dumps(pairs) if pairs else "")


def _tell(
    session: Session,
    group_id: int,
    outages: Sequence[Outage],
    whole: Whole,
    *,
    now: datetime,
) -> int:
    directory = people.directory(session, group_id)
    said = downtime_words.compose(session, directory, outages, whole, now=now)
    owed = 0
    for person in directory.holders(Role.SECRETARIAT, now.astimezone(LONDON).date()):
        if person.accounts:
            outgoing = Outgoing(
                key=f"downtime:{group_id}:{outages[0].since.isoformat()}:{person.id}",
                group_id=group_id,
                team_id=directory.group.team_id,
                person_id=person.id,
                message=said,
            )
            owed += outbox.enqueue(session, outgoing, due_at=now, now=now) is not None
    audit.record(
        session,
        "outage",
        "group",
        group_id=group_id,
        by_id=None,
        now=now,
        times=[[each.since.isoformat(), each.until.isoformat()] for each in outages],
        broken=whole.chain.broken,
        texts_changed=len(whole.texts.wrong),
    )
    return owed
