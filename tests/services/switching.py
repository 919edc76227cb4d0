"""The off switch in the hands of tests, and what is owed around it."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.forms import Form
from bot.domain.guard import guard
from bot.domain.messages import message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role
from bot.services import commands, waits
from bot.services.nudge_words import as_text
from storage import nudges as rows
from storage import outbox, pauses, people
from storage.pauses import Pause
from tests.services.founded import TEAM
from tests.services.posting import Post
from tests.services.registers import Register

DUE = date(2022, 6, 30)
WEDNESDAY = date(2022, 6, 15)


def pause(register: Register, words: str, now: datetime, *, by: str = "Helen") -> str:
    """`pause WORDS`, and what is answered."""
    return say_to(register, f"pause {words}", now, by=by)


def say_to(register: Register, words: str, now: datetime, *, by: str) -> str:
    """A command in words, and what is answered."""
    arrival = register.arrival(by, f"{by} {now} {words}")
    answer = commands.run(register.database, arrival, guard(words), now=now)
    assert not isinstance(answer, Form)
    return as_text(answer)


def standing(register: Register) -> Pause | None:
    """The pause that stands."""
    with register.database.snapshot() as session:
        return pauses.standing(session, register.group_id)


def owe(register: Register, key: str, to: str | None, now: datetime, **more: object) -> int:
    """Something that is owed; its number."""
    values = {"message": message(say(f"Said under {key}.")), **more}
    outgoing = Outgoing(
        key=key,
        group_id=register.group_id,
        team_id=TEAM,
        person_id=register.people[to] if to else None,
        **values,  # type: ignore[arg-type]
    )
    with register.database.transaction() as session:
        number = outbox.enqueue(session, outgoing, due_at=now, now=now)
    assert number is not None
    return number


def decision(register: Register, subject: int, now: datetime, role: Role = Role.CHAIR) -> None:
    """Something that waits on a role."""
    with register.database.transaction() as session:
        waits.open_wait(
            session,
            people.directory(session, register.group_id),
            kind="date_change",
            subject_id=subject,
            role=role,
            message=message(say(f"Decision {subject}.")),
            now=now,
        )


def to_whom(post: Post, key: str) -> int | None:
    """Whom a message went to."""
    return next(p.owed.person_id for p in post.sent if p.owed.key == key)


def reasons(register: Register, item: int) -> dict[str, str]:
    """Why each rung of an item became what it did."""
    with register.database.snapshot() as session:
        return {line.rung: line.reason for line in rows.ledger(session, [item])[item]}
