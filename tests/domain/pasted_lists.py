"""A directory for pasted lists, and what was read of them as one line each."""

from __future__ import annotations

from datetime import date

from bot.domain import pasted
from bot.domain.calendars import Meeting
from bot.domain.deadlines import Kind
from bot.domain.pasted import Named, PastedList, ProposedAction
from bot.domain.people import Account, BodyName, Directory, Group, Person, Role, RoleHeld

MONDAY = date(2022, 9, 12)
NEXT_MEETING = date(2022, 10, 6)
_BODIES = {
    1: ("NHS England", "NHS England"),
    2: ("Royal College of Radiologists", "RCR"),
    3: ("NHS National Services Scotland", "NSS"),
    4: ("Department of Health and Social Care", "DHSC"),
    5: ("Public Health Agency, Northern Ireland", "PHA"),
}
_PEOPLE = (
    ("Priya Nair", 2),
    ("Tom Adeyemi", 1),
    ("Sam Okafor", 1),
    ("Tom Ashby", 2),
    ("Siân Evans", 3),
    ("Aisha Rahman", 1),
    ("Dr Joan Whitaker", 4),
    ("Anna O’Brien", 5),
)


def directory() -> Directory:
    """Two Toms, a secretary, a chair, two bodies with a lead, and a meeting on 6 October."""
    people = {
        number: Person(
            id=number,
            group_id=1,
            name=name,
            body_id=body,
            body=_BODIES[body][1],
            accounts=(Account("T0HOME", f"U{name.split()[0].upper()}"),),
        )
        for number, (name, body) in enumerate(_PEOPLE, start=1)
    }
    roles = ((3, Role.SECRETARIAT), (7, Role.CHAIR))
    return Directory(
        group=Group(
            id=1,
            key="imaging",
            name="Imaging",
            sponsor="Board",
            ends_on=date(2023, 3, 31),
            sample=True,
            team_id="T0HOME",
            channel_id=None,
            clearance_channel_id=None,
            started_at=None,
        ),
        people=people,
        roles=tuple(
            RoleHeld(person_id=who, role=role, from_on=date(2022, 1, 1)) for who, role in roles
        ),
        covers=(),
        body_keys={"rcr": 2, "nhs-england": 1},
        body_names=tuple(
            BodyName(body_id=number, name=name, short=short, from_on=None, until_on=None)
            for number, (name, short) in _BODIES.items()
        ),
        leads={2: 4, 4: 7},
        meetings=(Meeting(on=NEXT_MEETING),),
    )


DIRECTORY = directory()


def read(text: str) -> PastedList:
    """A list pasted on Monday 12 September 2022."""
    return pasted.read(text, DIRECTORY, on=MONDAY)


def shown(action: ProposedAction) -> str:
    """Title, owner, supporters and last day; `?` before whatever has to be asked."""
    parts = [action.title, _who(action.owner)]
    if action.supporters:
        parts.append(f"with {', '.join(_who(each) for each in action.supporters)}")
    return " | ".join([*parts, _when(action)])


def _who(named: Named) -> str:
    names = " or ".join(DIRECTORY.people[number].name for number in named.people)
    return names if named.sure else f"? {names}".strip()


def _when(action: ProposedAction) -> str:
    due = action.due
    asked = "? " if action.due_question else ""
    if due.kind is Kind.NONE:
        return f"{asked}no date"
    day = due.latest.isoformat() if due.latest else f"“{due.words}”"
    return f"{asked}{day}"
