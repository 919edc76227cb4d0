"""What the secretariat answers to a claim: whose account it is, that it is nobody's, or back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.messages import Message
from bot.domain.people import Account, Person, Role
from bot.services import intake, introductions, misheard, planning, seat_words, unreachable, waits
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from bot.services.seats import KIND, only_secretariat, without
from storage import founding, items, people, waiting
from storage import seats as rows
from storage.database import Database
from storage.waiting import Waiting


def who_form(database: Database, arrival: Arrival, *, number: int, now: datetime) -> Form:
    """Whose account it is; UserError where the claim has been answered."""
    with intake.reading(database, arrival, now=now) as desk:
        only_secretariat(desk, "say whose account it is")
        _claimed(desk, number)
        free = without(desk.directory)
        if not free:
            raise UserError("Everybody on the register has an account: press “Not them”.")
        return seat_words.who_form(number, free)


def confirm(
    database: Database, arrival: Arrival, *, number: int, person_id: int, now: datetime
) -> None:
    """The account is this person's from now on; what they are owed goes to it."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        only_secretariat(desk, "say whose account it is")
        one = _claimed(desk, number)
        account = Account(*one.payload["subject"]["account"])
        person = _free(desk, person_id, account)
        founding.add_account(desk.session, account, group_id=desk.group.id, person_id=person.id)
        _settle(desk, number, f"the account is {person.label}’s")
        unreachable.release(desk.session, desk.group.id, person.id, now=now)
        tell(desk, seat_words.confirmed(person, account), subject={})
        desk.audited(rows.CONFIRMED, f"person:{person.id}", account=_named(account))


def _free(desk: Desk, person_id: int, account: Account) -> Person:
    person = desk.directory.people.get(person_id)
    if person is None:
        raise UserError("That person is not of this group: choose another.")
    if person.accounts:
        raise UserError(f"{person.label} has an account by now: take that one back first.")
    whose = desk.directory.by_account(account)
    if whose is not None:
        raise UserError(f"That account is {whose.label}’s already: take it back first.")
    return person


def refuse(database: Database, arrival: Arrival, *, number: int, now: datetime) -> None:
    """It is nobody of this group."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        only_secretariat(desk, "answer that")
        one = _claimed(desk, number)
        account = Account(*one.payload["subject"]["account"])
        _settle(desk, number, "not one of the group")
        desk.audited("seat refused", f"account:{_named(account)}")


def take_back(
    database: Database,
    arrival: Arrival,
    *,
    person_id: int,
    account: Account | None,
    now: datetime,
) -> Message | None:
    """A seat was given to the wrong account: from now on it is theirs no more.

    Nothing for a second delivery of the same press. Without an account, the last is meant.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return None
        only_secretariat(desk, "take a seat back")
        person = desk.directory.people.get(person_id)
        if person is None or not person.accounts:
            raise UserError("They have no account to take back: `people` shows who has one.")
        account = account or person.accounts[-1]
        if account not in person.accounts:
            raise UserError(f"That account is not {person.label}’s any more.")
        _keep_one_secretary(desk, person, account)
        rows.end(desk.session, account, group_id=desk.group.id, now=now)
        listed = misheard.listed(desk, person, account)
        person = _without_it(desk, person)
        desk.audited("seat taken back", f"person:{person.id}", account=_named(account))
        return seat_words.taken_back(person, updates=listed)


def take_back_pressed(
    database: Database,
    arrival: Arrival,
    *,
    person_id: int,
    account: Sequence[str],
    now: datetime,
) -> None:
    """The button under a confirmation."""
    said = take_back(database, arrival, person_id=person_id, account=Account(*account), now=now)
    if said is not None:
        again = intake.Arrival(key=f"{arrival.key}:answer", kind="button", account=arrival.account)
        with intake.once(database, again, now=now) as desk:
            if desk is not None:
                tell(desk, said, subject={})


def _keep_one_secretary(desk: Desk, person: Person, account: Account) -> None:
    """The bot must be able to reach, and to be told by, somebody of the secretariat."""
    if not desk.directory.has_role(person.id, Role.SECRETARIAT, on=desk.today):
        return
    reached = [p for p in desk.directory.holders(Role.SECRETARIAT, desk.today) if p.accounts]
    if {p.id for p in reached} == {person.id} and person.accounts == (account,):
        raise UserError(
            "That is the only account of the secretariat, and without it nobody could give it "
            "back: add another member of the secretariat first."
        )


def _without_it(desk: Desk, person: Person) -> Person:
    """Where no other account is left, their items begin again with an introduction by e-mail."""
    session, now = desk.session, desk.now
    directory = people.directory(session, desk.group.id)
    person = directory.people[person.id]
    if person.accounts or desk.group.started_at is None:
        return person
    for item in items.owned(session, [person.id]):
        planning.replan(session, directory, item, now=now, fresh=True)
    for one in waiting.unsettled(session, desk.group.id, kind=introductions.KIND):
        if one.person_id == person.id:
            waiting.step(session, one, rung=0, next_on=None)
    rows.to_be_introduced(session, person.id)
    directory = people.directory(session, desk.group.id)
    introductions.introduce(session, directory, now=now)
    return directory.people[person.id]


def _claimed(desk: Desk, number: int) -> Waiting:
    found = waiting.unsettled(desk.session, desk.group.id, kind=KIND, subject_id=number)
    if not found:
        raise UserError("That has been answered already: `people` shows who has which account.")
    return found[0]


def _settle(desk: Desk, number: int, outcome: str) -> None:
    waits.settle(
        desk.session,
        desk.directory,
        kind=KIND,
        subject_id=number,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )


def _named(account: Account) -> str:
    return f"{account.team_id}:{account.user_id}"
