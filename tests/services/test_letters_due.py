"""Standing promises and the letters they make due: asked for, planned back, and kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.domain.audit import first_break
from bot.domain.errors import UserError
from bot.domain.forms import FieldError, Form
from bot.domain.guard import guard
from bot.domain.messages import Message
from bot.domain.people import Directory
from bot.services import cadence_setting, letters_due, nudge_words, nudges, planning, preview
from storage import audit, cadences, founding, items, people, waiting
from storage import letters_due as stored
from storage import nudges as stored_nudges
from storage.database import Database
from storage.rows import OutboxRow, WaitingRow
from tests.services import letter_builders as sample
from tests.services.letter_builders import FOUNDED, moment
from tests.services.letter_desk import LATER, Desk
from tests.services.registers import read

SET = moment(1, 9)
"""1 September 2022: thirteen working days, and a bank holiday, before the 21st."""
SENDING = date(2022, 9, 21)


class Promised(Desk):
    """The sample group, started, whose chair is asked about two standing promises."""

    def sets(self, words: str, *, by: str = "UHELEN", now: datetime = SET) -> Message | Form:
        """A cadence in words."""
        return cadence_setting.in_words(self.database, self._arrival(by), words, now)

    def sweeps(self, now: datetime) -> int:
        """The sweep, and what it owes delivered."""
        taken = letters_due.sweep(self.database, now=now)
        with self.database.transaction() as session:
            for row in session.exec(select(OutboxRow).where(col(OutboxRow.state) == "owed")):
                row.state, row.settled_at, row.ts = "sent", now, f"{row.id}.0"
                row.channel_id = row.channel_id or f"D{row.person_id}"
                session.add(row)
            assert first_break(audit.chain(session, self.group)) is None
        return taken

    def said(self, prefix: str) -> list[str]:
        """What was said under keys that start so."""
        with self.database.snapshot() as session:
            rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
            return [read(r) for r in rows if r.key.startswith(prefix) and r.kind == "message"]

    def waits(self, *kinds: str) -> list[tuple[str, str | None]]:
        """What waits, and on which role."""
        with self.database.snapshot() as session:
            found = waiting.unsettled(session, self.group)
            return [(w.kind, w.role) for w in found if w.kind in kinds]

    def dues(self) -> list[stored.LetterDue]:
        """The letters due."""
        with self.database.snapshot() as session:
            return stored.unsettled(session, self.group)

    def days(self) -> list[date]:
        """The days on which standing promises are due and not kept."""
        with self.database.snapshot() as session:
            every = cadences.to_come(session, self.group).values()
            return sorted(day for days in every for day in days)

    def directory(self) -> Directory:
        """Who is who."""
        with self.database.snapshot() as session:
            return people.directory(session, self.group)


@pytest.fixture
def desk(database: Database) -> Promised:
    """The sample group, started on 12 May 2022."""
    return Promised(database, sample.found(database))


def test_the_chair_is_asked_once_how_often_a_standing_promise_is_kept(desk: Promised) -> None:
    monday = FOUNDED + timedelta(days=4)
    for quiet in (FOUNDED + timedelta(days=2), monday - timedelta(hours=2)):
        assert desk.sweeps(quiet) == 0
    assert desk.sweeps(monday) == 2
    assert desk.sweeps(monday + timedelta(hours=1)) == 0

    assert desk.waits("cadence") == [("cadence", "chair"), ("cadence", "chair")]
    first = desk.said("wait:")[0]
    assert "C-7 is a standing promise, made on 10 May 2022" in first
    assert "How often? From then on I plan each letter back from its day." in first


def test_only_the_chair_sets_it_and_only_of_a_standing_promise(desk: Promised) -> None:
    for who in ("USAM", "UPRIYA"):
        with pytest.raises(UserError, match="Only the chair or the deputy"):
            desk.sets("C-7 quarterly", by=who)
    with pytest.raises(UserError, match="C-1 is no standing promise"):
        desk.sets("C-1 quarterly")
    with pytest.raises(FieldError, match="as how often, nor as a day"):
        desk.sets("C-7 now and then")
    with pytest.raises(UserError, match="no day before the group ends on 31 March 2023"):
        desk.sets("C-7 yearly from 1 May 2023")
    assert isinstance(desk.sets("C-7"), Form)
    assert desk.days() == []


def test_a_cadence_gives_dated_occurrences_and_another_takes_their_place(desk: Promised) -> None:
    desk.sweeps(SET)

    answer = desk.sets("C-7 quarterly")

    assert isinstance(answer, Message)
    assert "C-7 is to be kept every quarter: next by Thursday 10 November 2022" in (
        nudge_words.as_text(answer)
    )
    assert desk.days() == [date(2022, 11, 10), date(2023, 2, 10)]
    assert len(desk.waits("cadence")) == 1
    desk.sets("C-7 21 September 2022 and 14 December 2022")
    assert desk.days() == [SENDING, date(2022, 12, 14)]
    assert [due.plan.send_on for due in desk.dues()] == [SENDING]


def test_a_press_sets_it_once(desk: Promised) -> None:
    desk.sweeps(SET)
    with desk.database.snapshot() as session:
        row = session.exec(select(WaitingRow).where(col(WaitingRow.kind) == "cadence")).first()
        assert row is not None
        value = {"commitment": row.subject_id, "months": 6}

    cadence_setting.choose(desk.database, desk._arrival("UOWEN"), value, now=SET)

    assert desk.days() == [date(2022, 11, 10)]
    with pytest.raises(UserError, match="has a cadence already"):
        cadence_setting.choose(desk.database, desk._arrival("UHELEN"), value, now=SET)


def test_the_form_takes_days_and_says_which_it_cannot_read(desk: Promised) -> None:
    with desk.database.snapshot() as session:
        number = cadences.without(session, desk.group)[0]
    private = {"commitment": number}

    def sends(**typed: str) -> None:
        filled = {"often": "3", "first_on": "", "days": "", **typed}
        guarded = {name: guard(text) for name, text in filled.items()}
        arrival = desk._arrival("UHELEN")
        cadence_setting.submit(desk.database, arrival, private, guarded, now=SET)

    with pytest.raises(FieldError, match="Name the days"):
        sends(often="days")
    with pytest.raises(FieldError, match="still to come"):
        sends(often="days", days="1 July 2022")
    sends(often="days", days="21 September 2022, 14 December 2022")
    assert desk.days() == [SENDING, date(2022, 12, 14)]
    sends(often="2", first_on="2022-10-31")
    assert desk.days() == [date(2022, 10, 31), date(2022, 12, 31), date(2023, 2, 28)]


def test_a_letter_due_is_planned_back_and_the_secretariat_reads_the_plan(desk: Promised) -> None:
    desk.sets("C-7 quarterly from 21 September 2022")

    [due] = desk.dues()
    assert (due.audience, due.plan.breaks) == ("phso", None)
    [said] = set(desk.said(f"letter-due:{due.id}:planned:"))
    assert said == (
        "The next letter to phso is planned so:\n\n"
        "- Thursday 1 September 2022: owners are asked for their last updates\n\n"
        "- Thursday 8 September 2022: you draft it and agree the draft\n\n"
        "- Tuesday 13 September 2022: it goes to its clearers\n\n"
        "- Wednesday 21 September 2022: it goes"
    )


def test_an_impossible_plan_says_which_step_breaks_to_the_secretariat_and_the_chair(
    desk: Promised,
) -> None:
    desk.sets("C-7 quarterly from 21 September 2022", now=moment(14, 9))

    [due] = desk.dues()
    chair = [p.id for p in desk.directory().people.values() if p.name == "Helen Marsh"]
    [said] = desk.said(f"letter-due:{due.id}:planned:{chair[0]}")
    assert "cannot be planned as it should be" in said
    assert "from today 4 working days are left: too few for clearance" in said
    assert due.plan.updates_on == due.plan.clear_on == date(2022, 9, 14)


def test_a_letter_to_committees_goes_before_the_recess(desk: Promised) -> None:
    desk.sets("C-8 quarterly from 30 September 2022")

    assert [(d.audience, d.plan.send_on) for d in desk.dues()] == [
        ("committees", date(2022, 9, 22))
    ]


def test_owners_are_asked_for_their_last_update_in_the_message_of_their_day(
    desk: Promised,
) -> None:
    with desk.database.transaction() as session:
        directory = people.directory(session, desk.group)
        for number in directory.people:
            founding.introduced(session, number, now=FOUNDED)
        for ref in ("A-01", "A-02"):
            item = items.by_ref(session, desk.group, ref)
            assert item is not None
            planning.replan(session, directory, item, now=SET, fresh=True)
    nudges.sweep(desk.database, now=SET)
    desk.sets("C-7 quarterly from 22 September 2022")
    coming = preview.upcoming(desk.database, days=2, now=SET)
    assert {c.rung for c in coming if c.day == date(2022, 9, 2)} >= {"last update for the letter"}
    turns = preview.upcoming(desk.database, days=30, now=SET)
    assert [(c.day, c.person, c.why) for c in turns if c.rung == "letter to phso"] == [
        (date(2022, 9, 9), "the secretariat", "it is to be drafted"),
        (date(2022, 9, 14), "its clearers", "it is to be cleared"),
        (date(2022, 9, 22), "the secretariat", "it is to go"),
    ]

    nudges.sweep(desk.database, now=moment(2, 9))

    said = [text for text in desk.said("nudge:") if "about to be drafted" in text]
    assert said
    assert all("A letter that reports on it is about to be drafted" in text for text in said)
    desk.sweeps(moment(2, 9, 10))
    with desk.database.transaction() as session:
        directory = people.directory(session, desk.group)
        item = items.by_ref(session, desk.group, "A-02")
        assert item is not None
        assert stored_nudges.of_item(session, item.id).letters
        planning.replan(session, directory, item, now=moment(2, 9, 11), fresh=True)
        assert stored_nudges.of_item(session, item.id).letters == ()


def test_whoever_is_late_is_put_to_those_who_stand_above_until_it_has_gone(
    desk: Promised,
) -> None:
    desk.sets("C-7 quarterly from 21 September 2022")
    assert desk.sweeps(moment(7, 9)) == 1  # C-8 is asked about, and nothing else is due
    assert desk.sweeps(moment(8, 9)) == 1
    assert desk.sweeps(moment(9, 9)) == 0
    assert desk.waits("letter_draft") == [("letter_draft", "secretariat")]
    [due] = desk.dues()
    draft = next(text for text in desk.said("wait:") if "Please draft the letter" in text)
    assert "Asked for a last update, and silent since" in draft
    assert "by Tuesday 13 September 2022" in desk.said(f"letter-due:{due.id}:clearance:")[0]

    version = desk.cleared("phso")
    desk.sweeps(moment(15, 9))
    assert desk.waits("letter_draft", "letter_send") == []
    desk.sweeps(moment(21, 9))
    assert desk.waits("letter_send") == [("letter_send", "secretariat")]

    desk.sent(version)
    assert desk.waits("letter_send") == []
    assert "Next by 21 December 2022" in str(version.letter)
    desk.sweeps(LATER)
    assert desk.days() == [date(2022, 12, 21), date(2023, 3, 21)]
    assert [(d.audience, d.plan.send_on) for d in desk.dues()] == [("phso", date(2022, 12, 21))]
    assert desk.sheet("phso").dated_on
