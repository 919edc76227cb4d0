"""Start: what the secretariat sees before it, and what each owner gets after it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import UserError
from bot.domain.messages import Bold, Bullets, Button, Buttons, Heading, Message, Note, Quote, Text
from bot.domain.people import Account
from bot.services import intake, introductions, starting
from bot.services.intake import Arrival
from storage import audit, groups, items, nudges, outbox, people, waiting
from storage.database import Database
from storage.outbox import Owed
from storage.rows import PauseRow
from tests.groups import NOW, a_group_file, a_tree, load_group, the_sample

SAM = Account("T0HOME", "USAM")
PRIYA = Account("T0COLLEGE", "UPRIYA")
A_YEAR_ON = NOW + timedelta(days=365)


def an_arrival(account: Account = SAM, *, key: str = "press-1") -> Arrival:
    return Arrival(key=key, kind="action", account=account)


def press(
    database: Database,
    group_id: int,
    *,
    by: Account = SAM,
    key: str = "press-1",
    now: datetime = NOW,
) -> None:
    starting.start(database, an_arrival(by, key=key), group_id=group_id, now=now)


def seen(database: Database, *, by: Account = SAM, now: datetime = NOW) -> Message:
    with intake.reading(database, an_arrival(by), now=now) as desk:
        return starting.preview(desk)


def words(message: Message) -> str:
    lines: list[str] = []
    for part in message.parts:
        match part:
            case Text(spans):
                lines.append(_plain(spans))
            case Bullets(entries):
                lines += [_plain(spans) for spans in entries]
            case Heading(text) | Note(text) | Quote(text):
                lines.append(text)
            case _:
                continue
    return "\n".join(lines)


def _plain(spans: tuple[Any, ...]) -> str:
    return "".join(span.text if isinstance(span, Bold) else str(span) for span in spans)


def buttons(message: Message) -> list[Button]:
    return [b for part in message.parts if isinstance(part, Buttons) for b in part.buttons]


def owed(database: Database, *, now: datetime = A_YEAR_ON) -> dict[str, Owed]:
    with database.transaction() as session:
        return {one.key: one for one in outbox.lease(session, token="t", now=now, limit=500)}


def test_the_preview_says_who_when_and_why(database: Database) -> None:
    load_group(database)

    shown = seen(database)

    assert (
        "Priya Nair (RCR): introduced at once to A-01; first reminder Tuesday 2 August 2022 "
        "about A-01, 20 working days before Wednesday 31 August 2022."
    ) in words(shown)
    assert "no Slack account" not in words(shown)
    [start] = buttons(shown)
    assert (start.label, start.action) == ("Start", "group.start")


def test_the_preview_sends_and_changes_nothing(database: Database) -> None:
    made = load_group(database)

    seen(database)

    assert owed(database) == {}
    with database.snapshot() as session:
        assert groups.get(session, made.group_id).started_at is None


def test_out_of_hours_an_introduction_waits_for_the_owners_morning(database: Database) -> None:
    load_group(database)
    evening = datetime(2022, 5, 13, 18, 0, tzinfo=UTC)

    assert "introduced Monday 16 May 2022 at 9:00 to A-01" in words(seen(database, now=evening))


def test_the_preview_names_owners_who_cannot_be_reached(database: Database) -> None:
    item = {"ref": "A-02", "title": "Tell people", "owner": "Peter Lowe", "due": "30 June 2022"}
    load_group(database, a_group_file(items=[*a_tree()["items"], item]))

    shown = words(seen(database))

    assert "These owners have no Slack account in the register" in shown
    assert "Peter Lowe (RCR): A-02" in shown


def test_only_the_secretariat_sees_the_preview_or_starts(database: Database) -> None:
    made = load_group(database)

    with pytest.raises(UserError, match=r"Only the secretariat .* ask Sam Okafor"):
        seen(database, by=PRIYA)
    with pytest.raises(UserError, match="Only the secretariat"):
        press(database, made.group_id, by=PRIYA)

    assert owed(database) == {}


def test_each_owner_gets_one_introduction_by_e_mail_where_not_on_slack(
    database: Database,
) -> None:
    made = load_group(database, the_sample())

    press(database, made.group_id)

    found = owed(database)
    with database.snapshot() as session:
        directory = people.directory(session, made.group_id)
        owners = introductions.owners(session, directory)
    introduced = {f"intro:{who.id}" for who in owners}
    assert {key for key in found if key.startswith("intro:")} == introduced
    assert len([who for who in owners if who.accounts]) == 10
    assert len(introduced) == 11
    assert all(who.introduced_at == NOW for who in owners)


def test_an_introduction_says_who_runs_it_who_sees_it_and_what_is_theirs(
    database: Database,
) -> None:
    made = load_group(database)

    press(database, made.group_id)

    [intro] = [one for key, one in owed(database).items() if key.startswith("intro:")]
    said = words(intro.message)
    for part in (
        "Hello Priya Nair.",
        "its secretariat, Sam Okafor (NHS England), who run me",
        "They and the chair see your words",
        "may be published, or disclosed under the Freedom of Information Act",
        "nothing about patients",
        "A-01 Publish the guidance, due Wednesday 31 August 2022. Is this yours?",
    ):
        assert part in said
    with database.snapshot() as session:
        item = items.by_ref(session, made.group_id, "A-01")
    assert item is not None
    value = f'{{"item":{item.id},"v":{item.version}}}'
    assert [(b.action, b.value) for b in buttons(intro.message)] == [
        ("intro.mine", value),
        ("intro.not_mine", value),
    ]
    assert intro.subject == {"items": [item.id]}


def test_a_scottish_holiday_holds_an_introduction(database: Database) -> None:
    tree = a_tree()
    tree["people"][2]["nation"] = "scotland"
    made = load_group(database, a_group_file(**tree))
    holiday = datetime(2022, 8, 1, 9, 0, tzinfo=UTC)

    press(database, made.group_id, now=holiday)

    with database.snapshot() as session:
        [wait] = waiting.unsettled(session, made.group_id, kind="acceptance")
    assert not [k for k in owed(database, now=holiday) if k.startswith("intro:")]
    assert wait.since_at == datetime(2022, 8, 2, 8, 0, tzinfo=UTC)


def test_every_item_waits_to_be_accepted_after_its_introduction(database: Database) -> None:
    made = load_group(database)

    press(database, made.group_id)

    with database.snapshot() as session:
        [wait] = waiting.unsettled(session, made.group_id, kind="acceptance")
        item = items.by_ref(session, made.group_id, "A-01")
    assert item is not None
    assert (wait.subject_id, wait.person_id, wait.rung) == (item.id, item.owner_id, 0)
    assert wait.next_on == date(2022, 5, 16)


def test_start_plans_the_first_nudge_of_every_item(database: Database) -> None:
    made = load_group(database)

    press(database, made.group_id)

    with database.snapshot() as session:
        item = items.by_ref(session, made.group_id, "A-01")
        assert item is not None
        plan = nudges.of_item(session, item.id)
    assert plan.next_on == date(2022, 8, 2)


def test_the_second_press_says_when_and_by_whom_it_was_started(database: Database) -> None:
    made = load_group(database)
    press(database, made.group_id)
    owed(database)

    with pytest.raises(
        starting.AlreadyStartedError,
        match=r"was started by Sam Okafor \(NHS England\), Thursday 12 May 2022 at 10:00",
    ):
        press(database, made.group_id, key="press-2", now=NOW + timedelta(hours=1))

    assert owed(database, now=NOW + timedelta(minutes=1)) == {}


def test_a_press_that_is_delivered_twice_starts_once(database: Database) -> None:
    made = load_group(database)

    press(database, made.group_id)
    press(database, made.group_id)

    with database.snapshot() as session:
        actions = [link.action for link in audit.chain(session, made.group_id)]
    assert actions.count("group started") == 1


def test_who_comes_to_own_an_item_after_start_is_introduced_by_the_sweep(
    database: Database,
) -> None:
    made = load_group(database)
    press(database, made.group_id)
    owed(database)
    tree = a_tree()
    tree["people"][3]["accounts"] = [{"team": "T0COLLEGE", "user": "UPETER"}]
    tree["items"].append({"ref": "A-02", "title": "Tell people", "owner": "Peter Lowe"})
    load_group(database, a_group_file(**tree), apply=True)

    first = introductions.sweep(database, now=NOW)
    again = introductions.sweep(database, now=NOW)

    assert (first, again) == (1, 0)
    [intro] = owed(database, now=NOW + timedelta(minutes=1)).values()
    assert "Hello Peter Lowe." in words(intro.message)


def test_the_sweep_introduces_nobody_before_start(database: Database) -> None:
    load_group(database)

    assert introductions.sweep(database, now=NOW) == 0
    assert owed(database) == {}


def test_the_sweep_introduces_nobody_while_the_group_is_paused(database: Database) -> None:
    made = load_group(database)
    press(database, made.group_id)
    tree = a_tree()
    tree["people"][3]["accounts"] = [{"team": "T0COLLEGE", "user": "UPETER"}]
    tree["items"].append({"ref": "A-02", "title": "Tell people", "owner": "Peter Lowe"})
    load_group(database, a_group_file(**tree), apply=True)
    with database.transaction() as session:
        pause = PauseRow(group_id=made.group_id, reason="an election", at=NOW, recorded_at=NOW)
        session.add(pause)

    assert introductions.sweep(database, now=NOW) == 0
