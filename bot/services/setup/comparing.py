"""Two group files compared, section by section: the group, its bodies, people and calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from bot.domain.calendars import Nation
from bot.services.calendars import replanning
from bot.services.group_file.checking import folded
from bot.services.group_file.contents import (
    BodyPart,
    CalendarPart,
    Contents,
    GroupPart,
    PersonPart,
    PostPart,
    RolePart,
)
from bot.services.group_file.parts import Spell
from bot.services.group_file.policy import PolicyPart
from bot.services.setup import entering, records
from bot.services.setup.changes import (
    IN_SLACK,
    Change,
    done,
    fields,
    frozen,
    keyed,
    shown,
    spells,
)
from bot.services.setup.entering import Register
from storage import calendars, dated, founding

_COLUMNS = {
    "name": "name",
    "sponsor": "sponsor",
    "ends_on": "ends_on",
    "channel": "channel_id",
    "clearance_channel": "clearance_channel_id",
}


def compare(old: Contents, new: Contents) -> list[Change]:
    """What the new file says otherwise; what is named comes before what names it."""
    return [
        *_group(old, new),
        *_bodies(old, new),
        *_people(old, new),
        *_leads(old, new),
        *spells("roles", old.roles, new.roles, entering.role_value, _role_since),
        *records.recommendations(old, new),
        *records.letters(old, new),
        *records.items(old, new),
        *_calendar(old.calendar, new.calendar),
    ]


def _since(spell: Spell) -> date | None:
    return spell.from_on


def _role_since(role: RolePart) -> date | None:
    return role.from_on


def _group(old: Contents, new: Contents) -> Iterator[Change]:
    if old.sample != new.sample:
        reason = "a sample stays one and a register stays one; give the group a key of its own"
        yield frozen(f"`sample` becomes {str(new.sample).lower()}", reason)
    for name, column in _COLUMNS.items():
        for line in fields(old.group, new.group, name):
            value = getattr(new.group, name)
            yield done(f"group: {line}", partial(_set_column, column=column, value=value))
    for setting in PolicyPart.model_fields:
        if getattr(old.group.policy, setting) != getattr(new.group.policy, setting):
            make = partial(_set_policy, setting=setting, group=new.group)
            yield Change(line=f"group, policy: `{setting}` is set anew", make=make)


def _set_column(register: Register, column: str, value: object) -> None:
    founding.change_group(register.session, register.group_id, **{column: value})


def _set_policy(register: Register, setting: str, group: GroupPart) -> str | None:
    session, group_id, now = register.session, register.group_id, register.now
    if founding.policy_by_person(session, group_id, setting):
        return IN_SLACK
    value = group.policy.settings().get(setting)
    founding.set_policy(session, setting, value, group_id=group_id, at=now, now=now)
    return None


def _bodies(old: Contents, new: Contents) -> Iterator[Change]:
    both, added, gone = keyed("bodies", old.bodies, new.bodies, lambda body: body.key)
    yield from gone
    for part in added:
        yield done(f"bodies: adds {part.key}", partial(entering.body, part=part))
    for before, after in both:
        value = partial(entering.name_value, owner=after)
        where = f"bodies ({after.key})"
        yield from spells(f"{where}, names", before.names, after.names, value, _since)
        yield from _posts(where, before, after)


def _posts(where: str, old: BodyPart, new: BodyPart) -> Iterator[Change]:
    both, added, gone = keyed(f"{where}, posts", old.posts, new.posts, lambda post: post.key)
    yield from gone
    for part in added:
        make = partial(entering.post, owner=new, part=part)
        yield done(f"{where}, posts: adds {part.key}", make)
    for before, after in both:
        yield from _spells_of_post(f"{where}, posts ({after.key})", new, before, after)


def _spells_of_post(where: str, owner: BodyPart, old: PostPart, new: PostPart) -> Iterator[Change]:
    title = partial(entering.title_value, owner=owner, of=new)
    yield from spells(f"{where}, titles", old.titles, new.titles, title, _since)
    holder = partial(entering.holder_value, owner=owner, of=new)
    yield from spells(f"{where}, holders", old.holders, new.holders, holder, _since)


def _leads(old: Contents, new: Contents) -> Iterator[Change]:
    """After the people: a lead may be one of the new ones."""
    before = {body.key: body for body in old.bodies}
    for part in new.bodies:
        was = before.get(part.key) or part.model_copy(update={"lead": None, "became": None})
        for line in fields(was, part, "lead", "became"):
            yield done(f"bodies ({part.key}): {line}", partial(entering.lead, part=part))


def _people(old: Contents, new: Contents) -> Iterator[Change]:
    both, added, gone = keyed("people", old.people, new.people, lambda who: folded(who.name))
    yield from gone
    for part in added:
        yield done(f"people: adds {shown(part)}", partial(entering.person, part=part))
    for before, after in both:
        where = f"people ({after.name})"
        for line in fields(before, after, "body", "email"):
            yield done(f"{where}: {line}", partial(_change_person, part=after))
        for line in fields(before, after, "nation", "working_days", "title"):
            yield Change(line=f"{where}: {line}", make=partial(_change_pattern, part=after))
        if set(after.accounts) - set(before.accounts):
            yield done(f"{where}: adds an account", partial(entering.accounts, part=after))
        if set(before.accounts) - set(after.accounts):
            reason = "an account that messages went to stays on the register"
            yield frozen(f"{where}: an account is gone from the file", reason)


def _change_person(register: Register, part: PersonPart) -> None:
    founding.change_person(
        register.session,
        register.person(part.name),
        body_id=register.numbers.bodies[part.body],
        email=part.email,
    )


def _change_pattern(register: Register, part: PersonPart) -> str | None:
    if founding.pattern_by_person(register.session, register.person(part.name)):
        return IN_SLACK
    entering.pattern(register, part, at=register.now)
    replanning.later(
        register.session,
        register.group_id,
        nations=(),
        people=[register.person(part.name)],
        now=register.now,
    )
    return None


def _calendar(old: CalendarPart, new: CalendarPart) -> Iterator[Change]:
    before, after = entering.calendar_days(old), entering.calendar_days(new)
    for day in before:
        if day not in after:
            yield Change(
                line=f"calendar: no longer {_said(day)}", make=partial(_take_back, day=day)
            )
    for day in after:
        if day not in before:
            yield done(f"calendar: adds {_said(day)}", partial(_enter_day, day=day))


def _enter_day(register: Register, day: dated.CalendarDay) -> None:
    register.enter(day)
    _plan_anew(register, day)


def _take_back(register: Register, day: dated.CalendarDay) -> str | None:
    there = dated.take_back(register.session, day, group_id=register.group_id, now=register.now)
    _plan_anew(register, day)
    return None if there else IN_SLACK


def _plan_anew(register: Register, day: dated.CalendarDay) -> None:
    """Reminders follow a holiday of the file's within a minute, as they do one of Slack's."""
    if day.kind in (calendars.ADDED, calendars.REMOVED):
        nations = [day.nation] if day.nation else [nation.value for nation in Nation]
        replanning.later(
            register.session, register.group_id, nations=nations, people=(), now=register.now
        )


def _said(day: dated.CalendarDay) -> str:
    words = f"{day.kind.replace('_', ' ')} {day.starts_on}"
    return words if day.ends_on is None else f"{words} to {day.ends_on} ({day.name})"
