"""A changed group file: what it changes, and what it never does."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.calendars import Meeting, Nation
from bot.domain.people import Account, Role
from bot.services import starting
from bot.services.intake import Arrival
from bot.services.setup import STAYS, Took
from storage import (
    commitments,
    groups,
    items,
    nudges,
    people,
    terms,
    waiting,
)
from storage.database import Database
from tests.groups import LATER, NOW, a_group_file, a_tree, an_item, item_of, links_of, load_group


def test_a_changed_file_prints_its_differences_and_makes_none(database: Database) -> None:
    made = load_group(database)
    before = links_of(database, made.group_id)

    found = load_group(
        database, a_group_file(items=an_item(title="Publish it", owner="Peter Lowe")), now=LATER
    )

    assert found.took is Took.DIFFERENCES
    assert found.lines == (
        "items (A-01): `title` becomes “Publish it”, was “Publish the guidance”; `owner` becomes "
        "“Peter Lowe”, was “Priya Nair”",
    )
    assert links_of(database, made.group_id) == before
    assert item_of(database, made.group_id).terms[-1].title == "Publish the guidance"


def test_applying_changes_only_what_changed(database: Database) -> None:
    made = load_group(database)

    done = load_group(
        database, a_group_file(items=an_item(title="Publish it")), apply=True, now=LATER
    )

    history = item_of(database, made.group_id)
    assert done.took is Took.APPLIED
    assert done.left == ()
    assert [(t.at, t.title) for t in history.terms] == [
        (NOW, "Publish the guidance"),
        (LATER, "Publish it"),
    ]
    assert history.version == 2
    assert len(history.deadlines) == 1
    assert (
        load_group(database, a_group_file(items=an_item(title="Publish it")), now=LATER).took
        is Took.UNCHANGED
    )


def test_what_was_known_before_a_change_stays_known(database: Database) -> None:
    made = load_group(database)
    bodies = a_tree()["bodies"]
    bodies[1]["names"] = [{"name": "The Royal College of Radiologists", "short": "RCR"}]

    load_group(database, a_group_file(bodies=bodies), apply=True, now=LATER)

    with database.snapshot() as session:
        now_known = people.directory(session, made.group_id)
        then_known = people.directory(session, made.group_id, known_at=NOW)
    rcr, day = now_known.body_keys["rcr"], NOW.date()
    assert now_known.body_name(rcr, day).name == "The Royal College of Radiologists"
    assert then_known.body_name(rcr, day).name == "Royal College of Radiologists"


def test_an_original_date_is_never_moved_by_a_file(database: Database) -> None:
    made = load_group(database)

    done = load_group(
        database, a_group_file(items=an_item(due="30 September 2022")), apply=True, now=LATER
    )

    assert done.lines == ()
    assert "the original date is frozen" in done.left[0]
    assert item_of(database, made.group_id).original.latest == date(2022, 8, 31)


def test_the_words_of_a_promise_are_never_edited(database: Database) -> None:
    made = load_group(database)
    letters = a_tree()["letters"]
    letters[0]["commitments"][0]["words"] = "guidance may be published"

    done = load_group(database, a_group_file(letters=letters), apply=True, now=LATER)

    with database.snapshot() as session:
        [promise] = commitments.of_group(session, made.group_id)
    assert (
        "the promise C-1 reads otherwise: a letter that was sent is never edited" in (done.left[0])
    )
    assert promise.words == "guidance will be published by 31 August 2022"


def test_a_promise_found_later_is_known_only_from_then(database: Database) -> None:
    made = load_group(database)
    letters = a_tree()["letters"]
    letters[0]["commitments"].append({"ref": "C-2", "words": "we will write again"})
    letters[0]["statements"].append({"ref": "S-2", "words": "Work is underway"})

    done = load_group(database, a_group_file(letters=letters), apply=True, now=LATER)

    with database.snapshot() as session:
        now_known = commitments.of_group(session, made.group_id, at=NOW)
        then_known = commitments.of_group(session, made.group_id, known_at=NOW)
        said = commitments.statements(session, made.group_id)
        said_then = commitments.statements(session, made.group_id, known_at=NOW)
    assert done.left == ()
    assert [one.ref for one in now_known] == ["C-1", "C-2"]
    assert [one.ref for one in then_known] == ["C-1"]
    assert [one.ref for one in said] == ["S-1", "S-2"]
    assert [one.ref for one in said_then] == ["S-1"]


def test_what_was_changed_in_slack_stays_as_it_is_there(database: Database) -> None:
    made = load_group(database)
    with database.transaction() as session:
        item = items.by_ref(session, made.group_id, "A-01")
        assert item is not None
        owner = item.owner_id
        terms.change(
            session,
            item.id,
            title="Publish the guidance, in Welsh too",
            owner_id=owner,
            supporters=[],
            by_id=owner,
            now=NOW + timedelta(days=1),
        )
        items.refresh(session, item.id)

    done = load_group(
        database, a_group_file(items=an_item(title="Publish it")), apply=True, now=LATER
    )

    assert done.lines == ()
    assert done.left[0].endswith("it was changed in Slack since, and stays as it is there.")
    assert item_of(database, made.group_id).terms[-1].title == "Publish the guidance, in Welsh too"


def test_accepting_an_item_does_not_keep_the_file_from_renaming_it(database: Database) -> None:
    made = load_group(database)
    with database.transaction() as session:
        item = items.by_ref(session, made.group_id, "A-01")
        assert item is not None
        items.accept(session, item, by_id=item.owner_id, now=NOW)

    load_group(database, a_group_file(items=an_item(title="Publish it")), apply=True, now=LATER)

    last = item_of(database, made.group_id).terms[-1]
    assert last.title == "Publish it"
    assert last.accepted_at == NOW


def test_a_new_owner_after_start_is_planned_for_and_the_old_one_no_longer_asked(
    database: Database,
) -> None:
    made = load_group(database)
    sam = Account("T0HOME", "USAM")
    arrival = Arrival(key="press", kind="action", account=sam)
    starting.start(database, arrival, group_id=made.group_id, now=NOW)

    done = load_group(
        database, a_group_file(items=an_item(owner="Sam Okafor")), apply=True, now=LATER
    )

    history = item_of(database, made.group_id)
    with database.snapshot() as session:
        waits = waiting.unsettled(session, made.group_id, kind="acceptance")
        plan = nudges.of_item(session, history.item_id)
    assert done.left == ()
    assert waits == []
    assert plan.plan == 2
    assert history.terms[-1].accepted_at is None


def test_what_is_gone_from_the_file_stays_on_the_register(database: Database) -> None:
    made = load_group(database)

    done = load_group(database, a_group_file(items=[]), apply=True, now=LATER)

    assert done.left == (f"items (A-01): gone from the file: {STAYS}.",)
    assert item_of(database, made.group_id).ref == "A-01"


def test_roles_links_meetings_and_people_come_and_go(database: Database) -> None:
    made = load_group(database, a_group_file(calendar={"meetings": ["2022-05-19"]}))
    tree = a_tree()
    newcomer = {
        "name": "Tom Ashby",
        "body": "rcr",
        "accounts": [{"team": "T0COLLEGE", "user": "UTOM"}],
    }
    tree["bodies"][1]["lead"] = "Tom Ashby"
    file = a_group_file(
        bodies=tree["bodies"],
        people=[*tree["people"], newcomer],
        roles=[*tree["roles"][:2], {"person": "Tom Ashby", "role": "member", "from": "2022-05-19"}],
        items=[
            *an_item(answers=["C-1"], supporters=["Tom Ashby"]),
            {"ref": "A-02", "title": "Tell people", "owner": "Tom Ashby", "waits_on": ["A-01"]},
        ],
        calendar={"meetings": ["2022-05-26"]},
    )

    done = load_group(database, file, apply=True, now=LATER)

    assert done.left == ()
    with database.snapshot() as session:
        directory = people.directory(session, made.group_id)
    tom = directory.by_name("Tom Ashby")
    assert tom is not None
    assert directory.leads == {directory.body_keys["rcr"]: tom.id}
    assert directory.holders(Role.SIGNATORY, LATER.date()) == ()
    assert directory.has_role(tom.id, Role.MEMBER, on=LATER.date())
    assert directory.meetings == (Meeting(on=date(2022, 5, 26)),)
    assert item_of(database, made.group_id).recommendations == []
    assert item_of(database, made.group_id).terms[-1].supporters == (tom.id,)
    assert len(item_of(database, made.group_id, "A-02").waits_on) == 1


def test_the_group_its_policy_and_its_people_take_new_values(database: Database) -> None:
    made = load_group(database)
    tree = a_tree()
    tree["group"] |= {
        "name": "The imaging group",
        "channel": "C0IMAGING",
        "policy": {
            "contact": "the secretariat",
            "clearers": ["Priya Nair"],
            "weekly_cap": 2,
            "digest": {"weekday": "Thursday", "hour": 14},
        },
    }
    tree["people"][2] |= {"nation": "scotland", "email": "priya@example.org"}
    tree["recommendations"][0] |= {"confirmed_by": "Sam Okafor", "confirmed_on": "2022-05-18"}

    file = a_group_file(**tree)
    done = load_group(database, file, apply=True, now=LATER)

    assert done.left == ()
    with database.snapshot() as session:
        group = groups.get(session, made.group_id)
        policy = groups.policy(session, made.group_id)
        priya = people.directory(session, made.group_id).by_name("Priya Nair")
        [asked] = commitments.recommendations(session, made.group_id)
        [then] = commitments.recommendations(session, made.group_id, at=NOW)
    assert (group.name, group.channel_id) == ("The imaging group", "C0IMAGING")
    assert policy == {
        "contact": "the secretariat",
        "clearers": ["Priya Nair"],
        "weekly_cap": 2,
        "digest": {"weekday": "Thursday", "hour": 14},
    }
    assert priya is not None
    assert (priya.nation, priya.email) == (Nation.SCOTLAND, "priya@example.org")
    assert asked.confirmed_by == "Sam Okafor"
    assert then.confirmed_by is None
