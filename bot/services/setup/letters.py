"""Letters that were sent before the register began: parties, promises and statements."""

from __future__ import annotations

from datetime import date

from bot.domain.people import Role
from bot.services.group_file.checking import folded
from bot.services.group_file.contents import (
    BodyPart,
    CommitmentPart,
    LetterPart,
    PersonPart,
    PostPart,
    StatementPart,
)
from bot.services.setup.entering import Register, start_of
from storage import audit, letters_in
from storage.letters_in import Party


def letter(register: Register, part: LetterPart) -> None:
    """A letter with all that stands in it, sent on its own date."""
    number = letters_in.letter(
        register.session,
        group_id=register.group_id,
        audience=part.audience,
        reference=part.reference,
        parties=_parties(register, part),
        at=start_of(part.date),
        now=register.now,
    )
    register.numbers.letters[part.reference] = number
    for promise in part.commitments:
        commitment(register, part, promise)
    for said in part.statements:
        statement(register, part, said)
    audit.record(
        register.session,
        "letter entered",
        f"letter:{number}",
        group_id=register.group_id,
        by_id=None,
        now=register.now,
        at=start_of(part.date),
        commitments=[one.ref for one in part.commitments],
        statements=[one.ref for one in part.statements],
    )


def commitment(register: Register, of: LetterPart, part: CommitmentPart) -> None:
    """A promise, to the bodies that the letter was addressed to."""
    numbers = register.numbers
    posts = _posts(register)
    bodies = [numbers.bodies[posts[key][0].key] for key in of.addressees if key in posts]
    numbers.commitments[part.ref] = letters_in.commitment(
        register.session,
        group_id=register.group_id,
        letter_id=numbers.letters[of.reference],
        ref=part.ref,
        words=part.words,
        deadline=register.file.readings.promised[part.ref],
        promised_on=of.date,
        to_bodies=list(dict.fromkeys(bodies)),
        paragraph=part.paragraph,
        standing=part.standing,
        restates_id=numbers.commitments[part.restates] if part.restates else None,
        recommendations=[numbers.recommendations[ref] for ref in part.recommendations],
    )


def statement(register: Register, of: LetterPart, part: StatementPart) -> None:
    """Something the letter said is so; a file holds no evidence."""
    letters_in.statement(
        register.session,
        group_id=register.group_id,
        letter_id=register.numbers.letters[of.reference],
        ref=part.ref,
        words=part.words,
        said_on=of.date,
        paragraph=part.paragraph,
    )


def found_later(register: Register, of: LetterPart, ref: str) -> None:
    """A promise or statement that the file did not have when its letter was entered."""
    letters_in.found_later(
        register.session,
        register.numbers.letters[of.reference],
        ref,
        group_id=register.group_id,
        at=start_of(of.date),
        now=register.now,
    )


def _parties(register: Register, part: LetterPart) -> list[Party]:
    addressees = [_addressee(register, name, part.date) for name in part.addressees]
    return addressees + [_signatory(register, name, part.date) for name in part.signatories]


def _addressee(register: Register, name: str, on: date) -> Party:
    found = _posts(register).get(name)
    if found is None:
        return Party(kind="addressee", name=name, lines=())
    _body, post = found
    title = next(one for one in post.titles if one.holds(on))
    holder = next(one for one in post.holders if one.holds(on))
    return Party(
        kind="addressee",
        name=holder.name,
        lines=(title.title, *title.address),
        post_id=register.numbers.posts[post.key],
        person_id=register.numbers.people.get(folded(holder.name)),
    )


def _signatory(register: Register, name: str, on: date) -> Party:
    contents = register.file.contents
    person = next(one for one in contents.people if folded(one.name) == folded(name))
    signs = [
        role
        for role in contents.roles
        if role.role is Role.SIGNATORY and folded(role.person) == folded(name)
    ]
    title = next((role.title for role in signs if role.title), person.title)
    lines = [title] if title else []
    return Party(
        kind="signatory",
        name=person.name,
        lines=(*lines, _body_name(register, person, on)),
        person_id=register.person(name),
    )


def _body_name(register: Register, person: PersonPart, on: date) -> str:
    body = next(one for one in register.file.contents.bodies if one.key == person.body)
    return next((name.name for name in body.names if name.holds(on)), body.names[-1].name)


def _posts(register: Register) -> dict[str, tuple[BodyPart, PostPart]]:
    return {post.key: (body, post) for body in register.file.contents.bodies for post in body.posts}
