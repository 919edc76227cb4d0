"""A group file taken in: what stands on the register after it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.audit import first_break
from bot.domain.calendars import Meeting, Nation
from bot.domain.deadlines import Kind
from bot.domain.errors import UserError
from bot.domain.people import Role
from bot.domain.register import Delivery
from bot.services import group_file
from bot.services.setup import Took
from storage import (
    audit,
    commitments,
    groups,
    items,
    outbox,
    people,
    posts,
)
from storage.database import Database
from tests.groups import (
    LATER,
    NOW,
    a_group_file,
    a_tree,
    an_item,
    item_of,
    links_of,
    load_group,
    the_sample,
)


def test_the_sample_makes_the_group_and_sends_nothing(database: Database) -> None:
    made = load_group(database, the_sample())

    assert made.took is Took.CREATED
    assert "8 commitments" in made.lines
    with database.transaction() as session:
        group = groups.get(session, made.group_id)
        owed = outbox.lease(session, token="t", now=NOW + timedelta(days=365))
    assert group.sample
    assert group.started_at is None
    assert owed == []


def test_the_promises_of_the_sample_stand_with_the_letters_own_date(database: Database) -> None:
    made = load_group(database, the_sample())

    with database.snapshot() as session:
        promised = {one.ref: one for one in commitments.of_group(session, made.group_id)}
        said = commitments.statements(session, made.group_id)
        [letter] = commitments.letters(session, made.group_id)
        keys = people.directory(session, made.group_id).body_keys
    assert [promised[f"C-{n}"].deadline.kind for n in (1, 3, 5, 7)] == [
        Kind.FIRM,
        Kind.SOFT,
        Kind.OPEN,
        Kind.NONE,
    ]
    assert promised["C-1"].deadline.latest == date(2022, 8, 31)
    assert promised["C-7"].standing
    assert promised["C-1"].to_bodies == (keys["pacac"], keys["hsc"])
    assert {one.promised_on for one in promised.values()} == {date(2022, 5, 10)}
    assert all(one.evidence_id is None for one in said)
    assert letter.dated_on == date(2022, 5, 10)
    assert letter.addressees == ("William Wragg MP", "Rt Hon Jeremy Hunt MP")
    assert letter.signatories == ("Margaret Finch", "David Osei")


def test_names_and_holders_change_on_their_day(database: Database) -> None:
    made = load_group(database, the_sample())

    with database.snapshot() as session:
        directory = people.directory(session, made.group_id)
        holders = posts.holders(session, made.group_id)
    nhse = directory.body_keys["nhs-england"]

    def chair(day: date) -> list[str]:
        return [h.salutation for h in holders if h.key == "hsc-chair" and h.true_on(day)]

    assert directory.body_name(nhse, date(2022, 6, 30)).short == "NHSEI"
    assert directory.body_name(nhse, date(2022, 7, 1)).short == "NHS England"
    assert chair(date(2022, 10, 14)) == ["Mr Hunt"]
    assert chair(date(2022, 10, 20)) == []
    assert chair(date(2022, 11, 2)) == ["Mr Brine"]


def test_people_roles_and_calendar_are_there(database: Database) -> None:
    made = load_group(database, the_sample())

    with database.snapshot() as session:
        directory = people.directory(session, made.group_id)
    today = date(2022, 5, 12)
    fiona, martin = directory.by_name("fiona mackay"), directory.by_name("Martin Cole")
    assert fiona is not None
    assert fiona.nation is Nation.SCOTLAND
    assert martin is not None
    assert martin.weekdays == frozenset(range(4))
    assert [p.name for p in directory.holders(Role.SIGNATORY, today)] == [
        "Margaret Finch",
        "David Osei",
    ]
    assert directory.meetings[0] == Meeting(on=date(2022, 5, 19))
    assert [r.name for r in directory.recesses] == ["summer", "conference"]


def test_an_item_keeps_its_original_date_and_what_it_answers(database: Database) -> None:
    made = load_group(database, the_sample())

    history = item_of(database, made.group_id)
    with database.snapshot() as session:
        first = items.by_ref(session, made.group_id, "A-01")
        promised = {c.ref: c.id for c in commitments.of_group(session, made.group_id)}
        asked = {r.ref: r.id for r in commitments.recommendations(session, made.group_id)}
        waiting = items.by_ref(session, made.group_id, "A-02")
    assert first is not None
    assert waiting is not None
    assert first.original_latest_on == date(2022, 8, 31)
    assert first.raised_on == date(2022, 5, 10)
    assert list(history.commitments) == [promised["C-1"]]
    assert list(history.recommendations) == [asked["R-3"]]
    assert list(item_of(database, made.group_id, "A-02").waits_on) == [first.id]


def test_the_register_as_at_the_day_of_the_letter_has_its_promises(database: Database) -> None:
    made = load_group(database, the_sample())
    on_the_day = datetime(2022, 5, 10, 12, tzinfo=UTC)

    with database.snapshot() as session:
        day = commitments.of_group(session, made.group_id, at=on_the_day)
        before = commitments.of_group(session, made.group_id, at=on_the_day - timedelta(days=1))
        unknown = commitments.letters(session, made.group_id, known_at=on_the_day)
        chairs = people.directory(session, made.group_id, at=on_the_day).holders(
            Role.CHAIR, on_the_day.date()
        )
        asked = commitments.recommendations(session, made.group_id, at=on_the_day)
    assert len(day) == 8
    assert before == []
    assert unknown == []
    assert [p.name for p in chairs] == ["Helen Marsh"]
    assert len(asked) == 7


def test_a_status_in_the_file_is_where_the_item_stands(database: Database) -> None:
    made = load_group(database, a_group_file(items=an_item(status="at_risk")))

    with database.snapshot() as session:
        item = items.by_ref(session, made.group_id, "A-01")
    assert item is not None
    assert item.delivery is Delivery.IN_PROGRESS
    assert item.status_at == NOW


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    made = load_group(database, the_sample())
    before = links_of(database, made.group_id)

    for apply in (False, True):
        again = load_group(database, the_sample(), apply=apply, now=LATER)
        assert again.took is Took.UNCHANGED

    assert links_of(database, made.group_id) == before
    assert before > 14


def test_a_date_and_its_iso_form_in_words_are_no_difference(database: Database) -> None:
    dated = json.dumps(a_tree()).replace('"due": "31 August 2022"', '"due": 2022-08-31')
    load_group(database, group_file.read(dated, today=NOW.date()))

    again = load_group(database, group_file.read(dated, today=NOW.date()), now=LATER)
    quoted = load_group(database, a_group_file(items=an_item(due="2022-08-31")), now=LATER)

    assert (again.took, quoted.took) == (Took.UNCHANGED, Took.UNCHANGED)


def test_the_chain_holds_what_was_loaded(database: Database) -> None:
    made = load_group(database)

    with database.snapshot() as session:
        links = list(audit.chain(session, made.group_id))
    assert [link.action for link in links] == ["letter entered", "added", "group loaded"]
    assert first_break(links) is None


def test_a_letter_from_the_future_is_refused(database: Database) -> None:
    with pytest.raises(UserError, match="still to come"):
        load_group(database, now=NOW - timedelta(days=5))


def test_two_groups_stand_side_by_side_with_the_same_references(database: Database) -> None:
    load_group(database)
    other = a_tree()
    other["group"]["key"] = "other"

    made = load_group(database, a_group_file(**other))

    with database.snapshot() as session:
        assert [group.key for group in groups.every(session)] == ["imaging", "other"]
    assert made.took is Took.CREATED
