"""The forms by which the register is kept; each can be shown again with what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Bold, Part, say
from bot.domain.register import STATUS_WORDS, ActionItem, Status
from bot.services.answering import standing
from bot.services.intake import Desk
from bot.services.keeping import climbing, linking, reading, stopping
from storage import histories

Typed = Mapping[str, str]
MOST_CHOICES = 100
HOW = (("meeting", "At a meeting"), ("email", "By e-mail"), ("telephone", "By telephone"))
STATUSES = (
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.BLOCKED,
    Status.NOT_STARTED,
    Status.COMPLETE,
    Status.UNCHANGED,
)
DUE_HINT = "In words, as you would write it: by 30 September, mid-October, end of Q3"
NAMES_HINT = "Names, with commas between them"
TITLES = {
    "edit": ("Edit", "Save"),
    "give": ("Another owner", "Give"),
    "date": ("Another date", "Move"),
    "links": ("What it answers", "Save"),
    "ladder": ("Its reminders", "Save"),
    stopping.PAUSE: ("Pause", "Pause"),
    stopping.WITHDRAW: ("Withdraw", "Withdraw"),
    stopping.CLOSE: ("Close", "Close"),
    stopping.REOPEN: ("Reopen", "Reopen"),
}


def add(desk: Desk, typed: Typed, *, because: str = "") -> Form:
    """A new item."""
    intro: tuple[Part, ...] = (say(because),) if because else ()
    return Form(
        callback="keep.add",
        title="A new action item",
        submit="Add",
        intro=intro,
        private={"group": desk.group.key},
        fields=(
            Field(name="title", label="What is to be done", value=typed.get("title")),
            _owner(desk, typed.get("owner", "")),
            Field(
                name="supporters",
                label="Supporters",
                hint=NAMES_HINT,
                optional=True,
                value=typed.get("supporters"),
            ),
            Field(name="due", label="Due", hint=DUE_HINT, optional=True, value=typed.get("due")),
            Field(
                name="answers",
                label="What it answers",
                hint="References of recommendations and promises: R-1, C-1",
                optional=True,
                value=typed.get("answers"),
            ),
        ),
    )


def _owner(desk: Desk, typed: str) -> Field:
    """A menu of everybody; a name to be typed where a menu cannot hold the group."""
    everybody = sorted(desk.directory.people.values(), key=lambda who: who.name.casefold())
    if len(everybody) > MOST_CHOICES:
        name = typed
        if typed.isdigit() and int(typed) in desk.directory.people:
            name = desk.directory.people[int(typed)].name
        return Field(name="owner", label="Owner", hint="Their name", value=name or None)
    choices = tuple((str(who.id), who.label) for who in everybody)
    return Field(
        name="owner", label="Owner", kind=FieldKind.CHOICE, choices=choices, value=typed or None
    )


def of_item(
    desk: Desk, item: ActionItem, verb: str, typed: Typed | None = None, *, because: str = ""
) -> Form:
    """The form of a verb on an item as it stands, or with what was typed before it changed."""
    title, submit = TITLES[verb]
    stands = say(Bold(f"{item.ref} {item.title}"), f": {standing(item)}.")
    return Form(
        callback=f"keep.{verb}",
        title=title,
        submit=submit,
        private={"item": item.id, "v": item.version, "group": desk.group.key},
        intro=(*((say(because),) if because else ()), stands),
        fields=_fields(desk, item, verb, typed or {}),
    )


def _fields(desk: Desk, item: ActionItem, verb: str, typed: Typed) -> tuple[Field, ...]:
    if verb == "edit":
        return _edit(desk, item, typed)
    if verb == "give":
        return (_owner(desk, typed.get("owner", "")), _reason(typed, optional=True))
    if verb == "date":
        new = Field(name="date", label="New date", hint=DUE_HINT, value=typed.get("date"))
        return (new, _reason(typed, optional=True))
    if verb == "links":
        return _links(desk, item, typed)
    if verb == "ladder":
        return (_ladder(desk, item, typed),)
    if verb == stopping.CLOSE:
        return (*_close(typed), _reason(typed, optional=True))
    return (_reason(typed),)


def _reason(typed: Typed, *, optional: bool = False) -> Field:
    return Field(
        name="reason",
        label="Why",
        kind=FieldKind.LINES,
        value=typed.get("reason"),
        optional=optional,
    )


def _edit(desk: Desk, item: ActionItem, typed: Typed) -> tuple[Field, ...]:
    held = histories.of_item(desk.session, item.id).terms[-1]
    names = ", ".join(desk.directory.people[n].name for n in held.supporters)
    return (
        Field(name="title", label="What is to be done", value=typed.get("title", item.title)),
        Field(
            name="supporters",
            label="Supporters",
            hint=NAMES_HINT,
            optional=True,
            value=typed.get("supporters", names) or None,
        ),
    )


def _links(desk: Desk, item: ActionItem, typed: Typed) -> tuple[Field, ...]:
    held = linking.names(desk.session, item)
    answers = reading.refs(held, linking.RECOMMENDATION, linking.COMMITMENT)
    waits_on = reading.refs(held, linking.WAITS_ON)
    return (
        Field(
            name="answers",
            label="Recommendations and promises it answers",
            hint="References, with commas between them: R-1, C-1",
            optional=True,
            value=typed.get("answers", answers) or None,
        ),
        Field(
            name="waits_on",
            label="Items it waits on",
            hint="References, with commas between them: A-04",
            optional=True,
            value=typed.get("waits_on", waits_on) or None,
        ),
    )


def _ladder(desk: Desk, item: ActionItem, typed: Typed) -> Field:
    choices = climbing.choices(desk, item)
    wanted = typed.get("ladder", climbing.chosen(desk, item)).strip().casefold()
    known = wanted in {name for name, _label in choices}
    return Field(
        name="ladder",
        label="Ladder",
        kind=FieldKind.CHOICE,
        choices=choices,
        value=wanted if known else climbing.OWN,
    )


def _close(typed: Typed) -> tuple[Field, ...]:
    return (
        Field(
            name="link",
            label="What shows it",
            hint="https://… It counts as complete once somebody else has looked at it.",
            optional=True,
            value=typed.get("link"),
        ),
        Field(
            name="completed_on",
            label="Completed on",
            kind=FieldKind.DAY,
            optional=True,
            value=typed.get("completed_on"),
        ),
    )


def record(desk: Desk, typed: Typed, *, supersedes: int | None = None, because: str = "") -> Form:
    """What somebody said elsewhere."""
    return Form(
        callback="keep.record",
        title="Record what was said",
        submit="Record",
        private={"group": desk.group.key, **({"update": supersedes} if supersedes else {})},
        intro=(say(because or "The item's owner is told, and can say that it is not right."),),
        fields=(
            Field(name="item", label="Action item", hint="A-12", value=typed.get("item")),
            *_said(typed),
            *_heard(typed, desk.today),
        ),
    )


def _said(typed: Typed) -> tuple[Field, ...]:
    return (
        Field(
            name="status",
            label="Status",
            kind=FieldKind.CHOICE,
            choices=tuple((s.value, STATUS_WORDS[s].capitalize()) for s in STATUSES),
            value=typed.get("status"),
        ),
        Field(
            name="words",
            label="In their words",
            kind=FieldKind.LINES,
            value=typed.get("words"),
        ),
    )


def _heard(typed: Typed, today: date) -> tuple[Field, ...]:
    """How it was said and when, and what shows it."""
    return (
        Field(
            name="how",
            label="How they said it",
            kind=FieldKind.CHOICE,
            choices=HOW,
            value=typed.get("how"),
        ),
        Field(
            name="said_on",
            label="The day they said it",
            kind=FieldKind.DAY,
            value=typed.get("said_on", today.isoformat()),
        ),
        Field(
            name="link",
            label="What shows it",
            hint="https://… where there is something to see",
            optional=True,
            value=typed.get("link"),
        ),
    )
