"""A plan swept day by day, for tests of what becomes of its rungs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot.domain.calendars import Nation
from bot.domain.diaries import Diary
from bot.domain.ladders import DEFAULT_LADDER
from bot.domain.nudging import decide, next_on
from bot.domain.people import Cover, Directory, Group, Person
from bot.domain.plans import Decision, Entry, Plan, Reach, Result, Standing

OWNER, COVER, OTHER = 1, 2, 3
DUE = date(2022, 6, 30)
"""A Thursday; no bank holiday is near but those of 2 and 3 June."""


def a_diary(
    *covers: Cover, nation: Nation = Nation.ENGLAND, weekdays: Sequence[int] = range(5)
) -> Diary:
    group = Group(
        id=1,
        key="imaging",
        name="Imaging",
        sponsor="Board",
        ends_on=date(2023, 3, 31),
        sample=True,
        team_id=None,
        channel_id=None,
        clearance_channel_id=None,
        started_at=datetime(2022, 5, 1, tzinfo=UTC),
    )
    people = {
        number: Person(
            id=number,
            group_id=1,
            name=f"Person {number}",
            body_id=1,
            body="RCR",
            nation=nation,
            weekdays=frozenset(weekdays),
        )
        for number in (OWNER, COVER, OTHER)
    }
    return Diary(
        directory=Directory(
            group=group,
            people=people,
            roles=(),
            covers=covers,
            body_keys={},
            body_names=(),
        )
    )


def a_plan(due_on: date | None = DUE) -> Plan:
    return Plan(ladder=DEFAULT_LADDER, owner_id=OWNER, due_on=due_on, raised_on=date(2022, 5, 10))


class Run:
    """A ledger that grows as an item is swept, day by day."""

    def __init__(self, diary: Diary | None = None, plan: Plan | None = None) -> None:
        self.diary = diary or a_diary()
        self.plan = plan or a_plan()
        self.standing = Standing()
        self.ledger: list[Entry] = []
        self.next_on = next_on(self.plan, (), self.diary, today=date(2022, 5, 10))

    def sweep(self, today: date, *, delivered: bool = True, reach: Reach | None = None) -> Decision:
        if self.next_on is None or self.next_on > today:
            return Decision(outcomes=(), next_on=self.next_on)
        decision = decide(
            self.plan,
            self.ledger,
            self.standing,
            self.diary,
            today=today,
            reach=reach or Reach(),
        )
        self.next_on = decision.next_on
        asked = self.diary.asked(self.standing.asks_id or OWNER, today)
        for outcome in decision.outcomes:
            self.ledger = [e for e in self.ledger if e.rung != outcome.key]
            self.ledger.append(
                Entry(
                    rung=outcome.key,
                    due_on=outcome.due_on,
                    result=outcome.result,
                    reason=outcome.reason,
                    person_id=asked.id if asked else None,
                    asked_on=today,
                    delivered=delivered,
                    told=outcome.tells.key if outcome.tells else None,
                )
            )
        return decision

    def until(self, last: date, *, first: date = date(2022, 5, 10)) -> Run:
        for number in range((last - first).days + 1):
            self.sweep(first + timedelta(days=number))
        return self

    @property
    def sent(self) -> dict[str, date]:
        return {e.rung: e.asked_on for e in self.ledger if e.result is Result.SENT and e.asked_on}

    def result(self, rung: str) -> tuple[Result, str]:
        return next((e.result, e.reason) for e in self.ledger if e.rung == rung)
