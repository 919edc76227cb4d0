"""Dropped spreadsheets, as the sweep deals with them: once, whatever happens meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.domain.errors import TransientError, UserError
from bot.domain.guard import guard
from bot.domain.messages import Bullets, Button
from bot.domain.sheets.dropped import Dropped
from bot.domain.sheets.proposals import Proposal, Report
from bot.services.fetching import Fetched
from bot.services.spreadsheets import confirming, dropping, reading, words
from storage import items, sheet_wishes
from storage.database import Database
from storage.rows import AccountRow, GroupRow, OutboxRow, PersonRow, RoleRow, SheetWishRow
from storage.sheet_wishes import State, Wish
from tests.documents.workbooks import HEAD, csv_of
from tests.services.desks import FrontDesk, pressable, words_of
from tests.services.founded import KICK_OFF, TEAM
from tests.services.shelves import Shelf

ROW = ["A-91", "Train the readers", "Priya Nair", "30 September 2022"]


@dataclass
class Busy(Shelf):
    """A shelf at which something else happens while a file is being fetched."""

    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    away: bool = False

    def fetch(self, team_id: str | None, file_id: str) -> Fetched:
        if self.away:
            raise TransientError("Slack could not be reached.")
        found = super().fetch(team_id, file_id)
        while self.meanwhile:
            self.meanwhile.pop()()
        return found


class SheetDesk(FrontDesk):
    """The front desk, at which files are dropped."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.shelf = Busy()
        self.button: Button | None = None

    def drops(self, *rows: list[str], name: str = "log.csv", beside: str = "") -> str:
        """Sam drops a file; its number."""
        arrival = self.arrives("Sam")
        number = f"F{len(self.shelf.files)}"
        content = csv_of(HEAD, *rows).encode()
        self.shelf.files[number] = Fetched(name=name, content=content)
        file = Dropped(file_id=number, name=guard(name), size=len(content))
        dropping.dropped(self.database, arrival, [file], guard(beside), now=self.now)
        return number

    def sweeps(self, **later: float) -> int:
        """A round of the sweep, so much later."""
        self.now += timedelta(**later)
        return reading.sweep(self.database, self.shelf, now=self.now)

    def presses(self) -> None:
        """Sam presses the button of the first report, as it was first shown."""
        shown = self.place("sheet:1:report:1")
        self.button = self.button or pressable(shown)[0]
        value = json.loads(self.button.value)
        arrival = self.arrives("Sam", on=shown)
        confirming.confirm(
            self.database, arrival, wish_id=value["sheet"], report=value["report"], now=self.now
        )

    def told(self) -> list[str]:
        """The keys of all that was owed to Sam about spreadsheets."""
        with self.database.snapshot() as session:
            keys = session.exec(select(OutboxRow.key).order_by(col(OutboxRow.id))).all()
        return [key for key in keys if key.startswith("sheet:")]

    def states(self) -> list[str]:
        """How far each file has come."""
        with self.database.snapshot() as session:
            return list(
                session.exec(select(SheetWishRow.state).order_by(col(SheetWishRow.id))).all()
            )

    def holds(self, ref: str) -> bool:
        """Whether the register has it."""
        with self.database.snapshot() as session:
            return items.by_ref(session, self.group_id, ref) is not None


@pytest.fixture
def desk(database: Database) -> SheetDesk:
    """A started group."""
    return SheetDesk(database)


def test_two_at_once_report_once_and_import_once(desk: SheetDesk) -> None:
    desk.drops(ROW)
    desk.shelf.meanwhile = [desk.sweeps]
    assert desk.sweeps() == 1
    assert desk.shelf.asked == [f"{TEAM}:F0"]
    desk.presses()
    # Whoever began is taken for dead, and comes back when all has been done.
    desk.shelf.meanwhile = [lambda: desk.sweeps(minutes=6)]
    desk.sweeps()

    assert desk.told() == ["sheet:1:report:1", "sheet:1:taken"]
    assert desk.holds("A-91")
    assert desk.actions().count("spreadsheet imported") == 1
    assert desk.sweeps(minutes=6) == 0
    with pytest.raises(UserError, match="has been dealt with"):
        desk.presses()


def test_a_slack_that_does_not_answer_is_asked_again_and_given_up_after_a_day(
    desk: SheetDesk,
) -> None:
    desk.drops(ROW)
    desk.shelf.away = True
    for _ in range(30):
        assert desk.sweeps(minutes=1) == 0
    desk.shelf.away = False
    assert desk.sweeps(minutes=1) == 1
    assert desk.told() == ["sheet:1:report:1"]

    desk.shelf.away = True
    desk.drops(ROW)
    desk.sweeps(hours=23)
    assert desk.states() == ["reported", "wished"]
    desk.sweeps(hours=2)
    assert desk.states() == ["reported", "settled"]
    assert "for a whole day: drop it here again" in words_of(desk.place("sheet:2:unread"))


def test_a_file_that_brings_the_reader_down_is_given_up_and_holds_nobody_up(
    desk: SheetDesk,
) -> None:
    bad = desk.drops(ROW)
    del desk.shelf.files[bad]
    desk.shelf.files["F9"] = Fetched(name="x.csv", content=b"")
    desk.drops(ROW)
    for _ in range(3):
        with pytest.raises(KeyError):
            desk.sweeps(minutes=6)
        desk.sweeps(seconds=30)
    desk.sweeps(minutes=6)

    assert desk.states() == ["settled", "reported"]
    assert "sheet:1:unread" in desk.told()
    assert "I have tried to read it several times" in words_of(desk.place("sheet:1:unread"))


def test_who_is_not_of_the_secretariat_any_more_imports_nothing(desk: SheetDesk) -> None:
    desk.drops(ROW)
    desk.sweeps()
    desk.presses()
    with desk.database.transaction() as session:
        held = session.exec(select(RoleRow).where(col(RoleRow.person_id) == desk.people["Sam"]))
        for role in held:
            role.until_on = date(2022, 8, 1)
            session.add(role)
    desk.sweeps()

    assert not desk.holds("A-91")
    assert desk.states() == ["settled"]
    assert "you are not of it any more" in words_of(desk.place("sheet:1:unread"))


def test_whoever_is_in_two_groups_says_beside_the_file_for_which(desk: SheetDesk) -> None:
    with desk.database.transaction() as session:
        group = GroupRow(
            key="rota",
            name="Rota",
            sponsor="Board",
            ends_on=date(2023, 3, 31),
            sample=True,
            team_id=TEAM,
            created_at=KICK_OFF,
        )
        session.add(group)
        session.flush()
        person = PersonRow(group_id=group.id or 0, name="Sam Okafor", body_id=desk.bodies["NHSE"])
        session.add(person)
        session.flush()
        session.add(
            AccountRow(
                group_id=group.id or 0, person_id=person.id or 0, team_id=TEAM, user_id="USAM"
            )
        )

    with pytest.raises(UserError, match=r"several groups \(imaging, rota\).*`imaging: the log`"):
        desk.drops(ROW)
    assert desk.states() == []
    desk.drops(ROW, beside="imaging: the log of May")
    assert desk.states() == ["wished"]


def test_a_report_that_is_not_the_last_one_is_not_confirmed(desk: SheetDesk) -> None:
    desk.drops(ROW)
    desk.sweeps()
    arrival = desk.arrives("Sam")

    with pytest.raises(UserError, match="a newer report"):
        confirming.confirm(desk.database, arrival, wish_id=1, report="0" * 64, now=desk.now)
    with pytest.raises(UserError, match="not one of this group's"):
        confirming.confirm(desk.database, arrival, wish_id=2, report="0" * 64, now=desk.now)
    with desk.database.transaction() as session:
        wish = sheet_wishes.locked(session, 1)
    assert wish is not None
    assert wish.state is State.REPORTED


def test_a_long_report_shows_what_would_change_and_the_whole_in_a_file() -> None:
    wish = Wish(
        id=1,
        group_id=1,
        person_id=1,
        team_id=None,
        file_id="F1",
        file_name="log.csv",
        at=KICK_OFF,
        state=State.WISHED,
        tries=1,
        reports=0,
        sha256="",
        fingerprint="",
        confirmed_by=None,
    )
    same = [Proposal(number=n, ref=f"A-{n}", item_id=n, title=f"Work {n}") for n in range(2, 40)]
    new = Proposal(number=40, ref="A-40", title="Pay")
    told = words.told(wish, Report(rows=[*same, new], notes=["Columns not read: “x” (F)."]))

    shown = next(part for part in told.message.parts if isinstance(part, Bullets))
    assert shown.entries == (
        ("Columns not read: “x” (F).",),
        ("row 40: added: A-40 “Pay”.",),
    )
    assert told.attached is not None
    assert told.attached.decode().count("\nrow ") == 39
