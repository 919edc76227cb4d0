"""Fact sheets read from the register, by both clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.fact_making import Reading, Register, make, promises
from bot.domain.facts import FactSheet
from storage import commitments, fact_reads, histories, people, posts
from storage.database import Session

DEFAULT_AUDIENCES: Mapping[str, Sequence[str]] = {
    "phso": ("phso-ombudsman",),
    "committees": ("pacac-chair", "hsc-chair"),
}


class UnknownAudienceError(UserError):
    """An audience that the group does not write to."""


def read(
    session: Session,
    group_id: int,
    *,
    audience: str,
    as_at: datetime,
    known_at: datetime,
    dated_on: date,
) -> FactSheet:
    """The facts as at T, as known at K, with the names true on the letter's date.

    The same arguments give the same bytes at any later time. Raises UnknownAudienceError.
    """
    clocks = {"at": as_at, "known_at": known_at}
    policy = fact_reads.policy(session, group_id, **clocks)
    known = audiences(policy)
    if audience not in known:
        names = ", ".join(sorted(known))
        raise UnknownAudienceError(f"There is no audience “{audience}”: this group has {names}.")
    reading = Reading(
        audience=audience,
        posts=tuple(known[audience]),
        as_at=as_at,
        known_at=known_at,
        dated_on=dated_on,
    )
    return make(_register(session, group_id, policy, known, clocks), reading)


def kept_for(session: Session, group_id: int, *, now: datetime) -> dict[int, tuple[str, ...]]:
    """For each standing promise, by its number, the audiences a letter to which keeps it."""
    clocks = {"at": now, "known_at": now}
    policy = fact_reads.policy(session, group_id, **clocks)
    register = _register(session, group_id, policy, audiences(policy), clocks)
    return promises.kept_for(register)


def _register(
    session: Session,
    group_id: int,
    policy: Mapping[str, tuple[Any, str]],
    known: Mapping[str, Sequence[str]],
    clocks: dict[str, datetime],
) -> Register:
    entries = fact_reads.entry_numbers(session, group_id, **clocks)
    occurring: dict[int, list[date]] = defaultdict(list)
    for one in fact_reads.occurrences(session, group_id, **clocks):
        if one.latest_on is not None and one.kept_by_letter_id is None:
            occurring[one.commitment_id].append(one.latest_on)
    return Register(
        directory=people.directory(session, group_id, **clocks),
        titles=posts.titles(session, group_id, **clocks),
        holders=posts.holders(session, group_id, **clocks),
        recommendations=commitments.recommendations(session, group_id, **clocks),
        letters=commitments.letters(session, group_id, **clocks),
        commitments=commitments.of_group(session, group_id, **clocks),
        statements=commitments.statements(session, group_id, **clocks),
        histories=histories.of_group(session, group_id, **clocks),
        tellings=fact_reads.tellings(session, group_id, **clocks),
        policy=policy,
        audiences=known,
        asked=fact_reads.asked(session, group_id, **clocks),
        occurrences=occurring,
        item_entries=entries.items,
        change_entries=entries.changes,
        evidence_entries=entries.evidence,
    )


def audiences(policy: Mapping[str, tuple[Any, str]]) -> dict[str, tuple[str, ...]]:
    """The audiences of a group and the posts each means: its own, besides the usual two."""
    own = policy["audiences"][0] if "audiences" in policy else {}
    named = {str(name): tuple(str(post) for post in value) for name, value in own.items()}
    return {**{name: tuple(value) for name, value in DEFAULT_AUDIENCES.items()}, **named}
