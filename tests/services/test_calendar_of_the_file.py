"""The group file's calendar beside what has been changed in Slack since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.calendars import Meeting
from bot.domain.guard import guard
from bot.domain.people import Account
from bot.services import calendars, commands, starting
from bot.services.intake import Arrival
from storage import items, nudges, people
from storage.database import Database
from tests.groups import LATER, NOW, a_group_file, a_tree, an_item, load_group

ARRIVAL = Arrival(key="in:1", kind="command", account=Account("T0HOME", "USAM"))


def due_again(database: Database, group_id: int) -> date | None:
    with database.snapshot() as session:
        item = items.by_ref(session, group_id, "A-01")
        assert item is not None
        return nudges.of_item(session, item.id).next_on


def test_a_holiday_of_a_changed_file_moves_the_reminders_too(database: Database) -> None:
    item = an_item(due="10 June 2022", answers=[])
    made = load_group(database, a_group_file(items=item))
    starting.start(database, ARRIVAL, group_id=made.group_id, now=NOW)
    # Ten working days before, the two holidays of June left out.
    assert due_again(database, made.group_id) == date(2022, 5, 25)
    holiday = {"on": "2022-06-06", "name": "A third", "nation": "england"}
    file = a_group_file(items=item, calendar={"holidays": {"added": [holiday]}})

    load_group(database, file, apply=True, now=LATER)

    assert calendars.sweep(database, now=LATER) == 1
    assert due_again(database, made.group_id) == date(2022, 5, 24)


def test_what_was_changed_in_slack_since_is_not_the_file_s_any_more(database: Database) -> None:
    tree = a_tree()
    made = load_group(database, a_group_file(calendar={"meetings": ["2022-05-19"]}))
    says(database, 1, "calendar move meeting 19 May to 20 May")
    says(database, 2, "person Priya Nair zone Lisbon")
    tree["people"][2]["nation"] = "scotland"

    file = a_group_file(people=tree["people"], calendar={"meetings": []})
    done = load_group(database, file, apply=True, now=LATER)

    assert len(done.left) == 2
    with database.snapshot() as session:
        directory = people.directory(session, made.group_id)
    priya = directory.by_name("Priya Nair")
    assert priya is not None
    assert (directory.meetings, priya.zone) == (
        (Meeting(on=date(2022, 5, 20)),),
        ZoneInfo("Europe/Lisbon"),
    )


def says(database: Database, number: int, words: str) -> None:
    arrival = replace(ARRIVAL, key=f"says:{number}")
    commands.run(database, arrival, guard(words), now=NOW)
