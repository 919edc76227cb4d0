"""What people wish of their reminders, and which messages have buttons that still stand."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel

from storage.rows.base import Entry


class SnoozeRow(Entry, table=True):
    """Somebody wishes to be asked about an item again on a day; it holds for one plan of it."""

    __tablename__ = "snooze"
    item_id: int = Field(foreign_key="action_item.id", index=True)
    plan: int
    until_on: date


class AskDayRow(Entry, table=True):
    """The weekday on which a person wishes to be asked (0 is Monday); null for any."""

    __tablename__ = "ask_day"
    person_id: int = Field(foreign_key="person.id", index=True)
    weekday: int | None = None


class StandingButtonsRow(SQLModel, table=True):
    """A message in which an item can be answered, or what is `said` in its buttons' place."""

    __tablename__ = "standing_buttons"
    item_id: int = Field(primary_key=True, foreign_key="action_item.id")
    outbox_id: int = Field(primary_key=True)
    said: str | None = None
