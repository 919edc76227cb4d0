"""A keeper at the desk: commands in words, and the forms they open, filled in and sent."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.forms import Form
from bot.domain.guard import guard
from bot.domain.messages import Message, Text, plain
from bot.services import commands
from bot.services.keeping import submitting
from storage import founding, items
from storage.database import Database
from storage.rows import RecommendationRow, RecommendationWordsRow
from tests.services.desks import NOW, FrontDesk


def a_desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, whose people have been introduced."""
    found = FrontDesk(database)
    with database.transaction() as session:
        for number in found.people.values():
            founding.introduced(session, number, now=NOW)
    return found


def says(desk: FrontDesk, words: str, *, by: str = "Sam") -> Message | Form:
    """A command in words, answered."""
    assert commands.is_command(words)
    answer = commands.run(desk.database, desk.arrives(by), guard(words), now=desk.now)
    desk.checks()
    return answer


def done(desk: FrontDesk, words: str, *, by: str = "Sam") -> str:
    """What a command in words answers."""
    answer = says(desk, words, by=by)
    assert isinstance(answer, Message), answer
    return "\n".join(plain(*p.spans) for p in answer.parts if isinstance(p, Text))


def form(desk: FrontDesk, words: str, *, by: str = "Sam") -> Form:
    """The form that a command in words opens."""
    answer = says(desk, words, by=by)
    assert isinstance(answer, Form), answer
    return answer


def because(shown: Form) -> str:
    """What a form says above its fields."""
    return "\n".join(plain(*p.spans) for p in shown.intro if isinstance(p, Text))


def values(shown: Form) -> dict[str, str]:
    """What a form is filled in with."""
    return {field.name: field.value or "" for field in shown.fields}


def sends(desk: FrontDesk, shown: Form, *, by: str = "Sam", **typed: str) -> None:
    """The form filled in with these values on top of its own, and sent in."""
    arrival = replace(desk.arrives(by), kind="view", channel_id=None)
    filled = {name: guard(text) for name, text in {**values(shown), **typed}.items()}
    verb = shown.callback.removeprefix("keep.")
    if verb == "add":
        submitting.add(desk.database, arrival, shown.private, filled, now=desk.now)
    elif verb == "record":
        submitting.record(desk.database, arrival, shown.private, filled, now=desk.now)
    else:
        submitting.change(desk.database, arrival, verb, shown.private, filled, now=desk.now)
    desk.checks()


def recommended(desk: FrontDesk) -> int:
    """R-1 is on the register."""
    with desk.database.transaction() as session:
        row = RecommendationRow(group_id=desk.group_id, ref="R-1")
        number = desk._number(session, row)
        desk._enter(
            session,
            RecommendationWordsRow,
            recommendation_id=number,
            words="Say who does what.",
            title="Roles",
            source="HC 393",
            bodies=[],
        )
    return number


def third(desk: FrontDesk) -> int:
    """The number of A-03."""
    with desk.database.snapshot() as session:
        item = items.by_ref(session, desk.group_id, "A-03")
    assert item is not None
    return item.id
