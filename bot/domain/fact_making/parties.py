"""Facts about who writes, to whom, about what: group, report, bodies, posts, signatories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.domain.deadlines import long_date
from bot.domain.fact_making.register import Reading, Register
from bot.domain.facts import (
    AddresseeFact,
    BodyFact,
    ContactFact,
    GroupFact,
    LetterFact,
    MeetingFact,
    RecommendationFact,
    ReportFact,
    Said,
    SenderFact,
    SignatoryFact,
)
from bot.domain.people import Role

Unnumbered = tuple[str, Said, tuple[str, ...], bool]


def facts(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    """In the order of a letter: who, to whom, about which report, what was asked, what was sent."""
    group = register.directory.group
    yield (
        "group",
        GroupFact(name=group.name, sponsor=group.sponsor, ends_on=group.ends_on),
        (f"task_group:{group.id}",),
        True,
    )
    yield from _from_policy(register)
    yield from _bodies(register, reading)
    yield from _addressees(register, reading)
    yield from _signatories(register, reading)
    yield from _recommendations(register)
    yield from _letters(register, reading)
    yield from _meeting(register, reading)


def _from_policy(register: Register) -> Iterator[Unnumbered]:
    if "sender" in register.policy:
        value, source = register.policy["sender"]
        lines = value if isinstance(value, list) else str(value).splitlines()
        yield "sender", SenderFact(lines=tuple(line.strip() for line in lines)), (source,), True
    if "report" in register.policy:
        value, source = register.policy["report"]
        yield "report", _report(register, value), (source,), True
    if "contact" in register.policy:
        value, source = register.policy["contact"]
        yield "contact", ContactFact(words=str(value)), (source,), True


def _report(register: Register, value: dict[str, Any]) -> ReportFact:
    published = str(value["published"]) if value.get("published") else None
    day = _iso(published)
    matters = value.get("matters") or ()
    return ReportFact(
        title=str(value["title"]),
        number=str(value["number"]) if value.get("number") else None,
        published_on=day,
        published_words=long_date(day) if day else published,
        publisher=_body_key(register, value.get("publisher")),
        matters=(matters,) if isinstance(matters, str) else tuple(str(m) for m in matters),
    )


def _body_key(register: Register, named: str | None) -> str | None:
    """The key of a body that is given by key or by name."""
    if named is None or named in register.directory.body_keys:
        return named
    found = (n.body_id for n in register.directory.body_names if named in (n.name, n.short))
    return register.body_keys.get(next(found, 0))


def _iso(words: str | None) -> date | None:
    if words is None or len(words) != 10 or not words[:4].isdigit():
        return None
    return date.fromisoformat(words)


def _bodies(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    named = {name.body_id for name in register.directory.body_names}
    for key, number in sorted(register.directory.body_keys.items()):
        if number in named:
            name = register.directory.body_name(number, reading.dated_on)
            said = BodyFact(key=key, name=name.name, short=name.short)
            yield f"body {key}", said, (f"body:{number}",), True


def _addressees(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    for post in reading.posts:
        titles = [t for t in register.titles if t.key == post and t.true_on(reading.dated_on)]
        holders = [h for h in register.holders if h.key == post and h.true_on(reading.dated_on)]
        if titles:
            title, holder = titles[-1], holders[-1] if holders else None
            said = AddresseeFact(
                post=post,
                title=title.title,
                body=register.body_keys.get(title.body_id, ""),
                address=title.address,
                name=holder.name if holder else None,
                salutation=holder.salutation if holder else None,
            )
            yield f"post {post}", said, (f"post:{title.post_id}",), True


def _signatories(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    directory = register.directory
    for role in directory.roles:
        if role.role is Role.SIGNATORY and role.held_on(reading.dated_on):
            person = directory.people[role.person_id]
            body = directory.body_name(person.body_id, reading.dated_on)
            title = role.title or person.title
            lines = tuple(line.strip() for line in (title or "").splitlines() if line.strip())
            if body.name not in " ".join(lines):
                lines = (*lines, body.name)
            said = SignatoryFact(name=person.name, lines=lines)
            yield f"signatory {person.name}", said, (f"person:{person.id}",), True


def _recommendations(register: Register) -> Iterator[Unnumbered]:
    for one in register.recommendations:
        said = RecommendationFact(
            words=one.words,
            title=one.title,
            source=one.source,
            page=one.page,
            bodies=tuple(register.body_keys.get(body, "") for body in one.bodies),
            response=one.response,
            confirmed=one.confirmed_by is not None,
        )
        yield one.ref, said, (f"recommendation:{one.id}",), True


def _letters(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    for letter in register.letters:
        said = LetterFact(
            reference=letter.reference,
            audience=letter.audience,
            number=letter.number,
            dated_on=letter.dated_on,
            to=letter.addressees,
            to_bodies=register.letter_bodies(letter.audience),
            ours=letter.audience == reading.audience,
        )
        yield register.letter_refs[letter.id], said, (f"letter:{letter.id}",), True


def _meeting(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    coming = [m.on for m in register.directory.meetings if m.on > reading.dated_on]
    if coming:
        yield "meeting", MeetingFact(meets_on=min(coming)), ("calendar_entry",), True
