"""Absences and working days at the front desk: entered, planned anew, told, and said back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain import absences as rules
from bot.domain.absences import between
from bot.domain.calendars import Nation
from bot.domain.deadlines import day_and_date
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.messages import Message, Note, Part, message, say
from bot.domain.people import Cover, Directory, Person, Role
from bot.services import say as words
from bot.services.absences import telling
from bot.services.absences.wording import pattern
from bot.services.calendars import replanning
from bot.services.intake import Desk
from storage import absences, items, people
from storage.absences import Absence


def may(desk: Desk, person: Person) -> None:
    """Somebody's days are theirs and the secretariat's to say."""
    if person.id != desk.person.id and not desk.is_a(Role.SECRETARIAT):
        raise UserError(
            f"Only {person.label} or the secretariat can say when {person.name} works or is away: "
            "ask one of them."
        )


def away(desk: Desk, person: Person, cover: Person | None, first: date, last: date) -> Message:
    """They are away on these days; what was said of any of them before is replaced."""
    may(desk, person)
    absences.lock(desk.session, person.id)
    new = Cover(
        person_id=person.id, cover_id=cover.id if cover else None, from_on=first, until_on=last
    )
    rules.check(desk.directory, new, today=desk.today)
    standing = absences.of_person(desk.session, person.id, since=min(desk.today, first))
    if any(one.cover == new for one in standing):
        return message(say(f"That stands already: {_sentence(desk, person, new)}"))
    replaced = [one for one in standing if _share(one.cover, new)]
    for one in replaced:
        _end(desk, one, back_on=first)
    entered = absences.enter(
        desk.session, new, group_id=desk.group.id, by_id=desk.person.id, now=desk.now
    )
    _audited(desk, "away", person, new)
    after = _planned_anew(desk, person)
    telling.set_down(desk, after, person, entered, [one.cover for one in replaced])
    return _said(desk, after, person, new, replaced)


def end(desk: Desk, person: Person, absence: Absence) -> Message:
    """They are at work again from today, or will not be away at all."""
    may(desk, person)
    absences.lock(desk.session, person.id)
    begun = absence.cover.from_on < desk.today
    _end(desk, absence, back_on=desk.today)
    _audited(desk, "back", person, absence.cover)
    after = _planned_anew(desk, person)
    telling.ended(desk, after, person, absence)
    whose = _whose(desk, person)
    days = between(absence.cover.from_on, absence.cover.until_on)
    if begun:
        whom = _whom(desk, person)
        return message(say(f"{whose} absence ({days}) has ended: reminders go to {whom} again."))
    return message(say(f"{whose} absence {days} is taken back."))


def current(desk: Desk, person: Person) -> Absence:
    """The absence they are in, else the next one; UserError where there is none."""
    found = absences.of_person(desk.session, person.id, since=desk.today)
    if not found:
        raise UserError(
            f"{'You are' if person.id == desk.person.id else f'{person.label} is'} not away, and "
            "not going to be: there is nothing to end."
        )
    return found[0]


def numbered(desk: Desk, number: int) -> tuple[Person, Absence]:
    """The absence that a button was about, and whose it is."""
    found = absences.find(desk.session, desk.group.id, number)
    if found is None or found.cover.until_on < desk.today:
        raise UserError(
            "That absence has been changed since, or is over: `person` shows what stands."
        )
    return desk.directory.people[found.cover.person_id], found


def work(
    desk: Desk, person: Person, *, nation: Nation, zone: ZoneInfo, weekdays: Collection[int]
) -> Message:
    """Where and on which weekdays they work from now on."""
    may(desk, person)
    if not weekdays:
        raise FieldError("weekdays", "Choose at least one day: `away` is for not being there.")
    absences.lock(desk.session, person.id)
    new = replace(person, nation=nation, zone=zone, weekdays=frozenset(weekdays))
    who = "You work" if person.id == desk.person.id else f"{person.label} works"
    if new == person:
        return message(say(f"That stands already: {who} {pattern(new)}."))
    absences.work(desk.session, new, new.weekdays, by_id=desk.person.id, now=desk.now)
    desk.audited(
        "working days",
        f"person:{person.id}",
        nation=nation.value,
        zone=zone.key,
        weekdays=sorted(weekdays),
    )
    _planned_anew(desk, person)
    telling.works(desk, new)
    return message(
        say(f"{who} {pattern(new)}."),
        Note("Reminders come at 9:00 there on those days, and never on another."),
    )


def _share(one: Cover, other: Cover) -> bool:
    return one.from_on <= other.until_on and other.from_on <= one.until_on


def _end(desk: Desk, absence: Absence, *, back_on: date) -> None:
    absences.end(
        desk.session,
        absence,
        group_id=desk.group.id,
        back_on=back_on,
        by_id=desk.person.id,
        now=desk.now,
    )


def _audited(desk: Desk, action: str, person: Person, cover: Cover) -> None:
    desk.audited(
        action,
        f"person:{person.id}",
        cover=cover.cover_id,
        **{"from": cover.from_on.isoformat(), "until": cover.until_on.isoformat()},
    )


def _planned_anew(desk: Desk, person: Person) -> Directory:
    after = people.directory(desk.session, desk.group.id)
    replanning.touched(desk.session, after, [person.id], now=desk.now)
    return after


def _whose(desk: Desk, person: Person) -> str:
    return "Your" if person.id == desk.person.id else f"{person.label}’s"


def _whom(desk: Desk, person: Person) -> str:
    return "you" if person.id == desk.person.id else person.name


def _sentence(desk: Desk, person: Person, new: Cover) -> str:
    who = "you are" if person.id == desk.person.id else f"{person.label} is"
    cover = desk.directory.people.get(new.cover_id or 0)
    by = f"and {cover.label} covers" if cover else "and nobody covers"
    return f"{who} away {between(new.from_on, new.until_on)}, {by}."


def _said(
    desk: Desk, after: Directory, person: Person, new: Cover, replaced: list[Absence]
) -> Message:
    said = _sentence(desk, person, new)
    back = after.calendar(person).on_or_after(date.fromordinal(new.until_on.toordinal() + 1))
    owned = items.owned(desk.session, [person.id])
    parts: list[Part] = [say(f"{said[0].upper()}{said[1:]}")]
    cover = after.people.get(new.cover_id or 0)
    if cover is not None:
        about = words.counted(len(owned), "open item")
        parts.append(
            say(
                f"I ask {cover.name} about {about} meanwhile, and {_whom(desk, person)} again "
                f"from {day_and_date(back)}."
            )
        )
    parts += [say(f"Mind: {one}") for one in _think(desk, after, person, new, cover)]
    if replaced:
        was = words.listed(between(one.cover.from_on, one.cover.until_on) for one in replaced)
        parts.append(Note(f"This replaces what was said before: away {was}."))
    return message(*parts, Note("`back` ends it; `person` shows it."))


def _think(
    desk: Desk, after: Directory, person: Person, new: Cover, cover: Person | None
) -> list[str]:
    think = []
    if cover is None:
        think.append(
            "nobody covers. What falls due before its deadline waits until then, and what is late "
            "goes to the secretariat. Name somebody: `away until 22 August, NAME covers`."
        )
    elif not cover.accounts:
        think.append(
            f"{cover.name} has no Slack account here: the secretariat is asked to pass on, by "
            "e-mail, what I would ask them."
        )
    whom = telling.left_alone(after, person, new)
    if whom:
        names = words.listed(after.people[one.person_id].name for one in whom)
        covering = "you cover" if person.id == desk.person.id else f"{person.name} covers"
        think.append(f"{covering} for {names} on some of these days: nobody does then.")
    return think
