"""What the secretariat reads after an outage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import weekly
from bot.domain.calendars import Nation
from bot.domain.diaries import OPENS
from bot.domain.messages import Bold, Message, Note, Part, Span, bullets, say
from bot.domain.people import LONDON, Directory, Person
from bot.domain.weekly import Weekly
from bot.services import say as words
from bot.services.chain_checks import Checked
from bot.services.off_switch import moment
from bot.services.text_checks import Texts
from storage import downtime, groups
from storage.database import Session
from storage.downtime import Heard, Went

LATE = timedelta(minutes=5)
"""What took less was not late."""
PEOPLE = 8
REPLIES = 15
_KINDS = {"nudge": ("reminder", "reminders"), "digest": ("digest", "digests")}
_OTHER = ("other message", "other messages")


@dataclass(frozen=True, kw_only=True)
class Outage:
    """The bot did not look after anything between two instants."""

    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What was found of a group's chain and of its texts."""

    chain: Checked
    texts: Texts


def compose(
    session: Session,
    directory: Directory,
    outages: Sequence[Outage],
    whole: Whole,
    *,
    now: datetime,
) -> Message:
    """When it was away, what went late, what was read late, and that nothing is missing."""
    lines = [
        f"{moment(o.since)} to {moment(o.until)} ({lasting(o.until - o.since)})" for o in outages
    ]
    parts: list[Part] = [
        say(Bold("I was away"), f" from {words.listed(lines)}. I am back, and have caught up."),
        *_sent(session, directory, outages, now=now),
        *_read(session, directory, outages),
        say(_audit(whole)),
        Note(
            "Nobody is counted late for the time I was away: no reminder goes to anybody else "
            "before the owner has been asked again."
        ),
    ]
    return Message(parts=tuple(parts))


def lasting(time: timedelta) -> str:
    """2 days 3 hours, 3 hours 15 minutes, 20 minutes."""
    minutes = int(time.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    pieces = [(days, "day"), (hours, "hour"), (0 if days else minutes, "minute")]
    found = [words.counted(number, name) for number, name in pieces if number]
    return " ".join(found) or "less than a minute"


def _sent(
    session: Session, directory: Directory, outages: Sequence[Outage], *, now: datetime
) -> list[Part]:
    group_id = directory.group.id
    late: dict[tuple[str, str], list[tuple[timedelta, int | None]]] = defaultdict(list)
    for each in downtime.went(session, group_id, since=outages[0].since):
        time = _lateness(session, directory, each, outages, now=now)
        if time is not None and time > LATE:
            kind = _KINDS.get(each.key.partition(":")[0], _OTHER)
            late[kind].append((time, each.person_id))
    owed = downtime.still_owed(session, group_id, before=outages[-1].until)
    waiting = f" Still to go: {words.counted(owed, 'message')}." if owed else ""
    if not late:
        return [say(Bold("Sent late: "), f"nothing.{waiting}")]
    rows = [_kind(directory, kind, found) for kind, found in late.items()]
    parts: list[Part] = [say(Bold("Sent late:")), bullets(*rows)]
    return [*parts, say(waiting.strip())] if owed else parts


def _kind(
    directory: Directory, kind: tuple[str, str], found: Sequence[tuple[timedelta, int | None]]
) -> str:
    to = dict.fromkeys(words.named(directory, p) for _time, p in found if p is not None)
    names = list(to)[:PEOPLE]
    more = [f"{len(to) - len(names)} more"] if len(to) > len(names) else []
    whom = f", to {words.listed([*names, *more])}" if names else ""
    most = max(time for time, _person in found)
    many = words.counted(len(found), *kind)
    return f"{many}, {'up to ' if len(found) > 1 else ''}{lasting(most)} late{whom}"


def _lateness(
    session: Session,
    directory: Directory,
    each: Went,
    outages: Sequence[Outage],
    *,
    now: datetime,
) -> timedelta | None:
    """Against when it would have gone; nothing where that was in none of the outages."""
    due_at = each.due_at
    if each.rung_on is not None:
        due_at = min(due_at, datetime.combine(each.rung_on, OPENS, LONDON))
    elif each.key.startswith("digest:"):
        setting = Weekly.of(groups.policy(session, directory.group.id))
        calendar = directory.national_calendar(Nation.ENGLAND)
        due_at = min(due_at, weekly.latest(setting, now=now, calendar=calendar).at)
    if any(o.since <= due_at < o.until for o in outages):
        return each.sent_at - due_at
    return None


def _read(session: Session, directory: Directory, outages: Sequence[Outage]) -> list[Part]:
    by_user = {a.user_id: p for p in directory.people.values() for a in p.accounts}
    found: list[tuple[Person, Heard]] = []
    for each in downtime.heard(session, since=outages[0].since):
        person = directory.people.get(each.person_id or 0) or by_user.get(each.user_id or "")
        away = any(o.since <= each.said_at < o.until for o in outages)
        if person is not None and away and each.taken_at - each.said_at > LATE:
            found.append((person, each))
    if not found:
        return [say(Bold("Read late: "), "nothing was said to me meanwhile.")]
    rows: list[tuple[Span, ...]] = [
        (Bold(p.label), f": said at {moment(h.said_at)}, read at {moment(h.taken_at)}")
        for p, h in found[:REPLIES]
    ]
    left = len(found) - len(rows)
    parts: list[Part] = [
        say(Bold("Read late: "), f"{words.counted(len(found), 'message')}."),
        bullets(*rows),
    ]
    return [*parts, Note(f"and {left} more")] if left else parts


def _audit(whole: Whole) -> str:
    keep = "keep the database as it is, and have whoever runs me run `python -m bot audit verify`."
    if whole.chain.broken is not None:
        return f"The audit chain does not hold at link {whole.chain.broken}: {keep}"
    if whole.texts.wrong:
        return f"The audit chain is whole, but words are not as they were recorded: {keep}"
    links = words.counted(whole.chain.links, "link")
    texts = words.counted(whole.texts.standing, "text")
    return f"The audit is whole: {links} in the chain, and {texts} as recorded."
