"""All topics, in the order of the page, and the routes that the code has."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from bot.services.commands import COMMANDS
from bot.slack import listeners
from tests.conversations.ways import (
    calendar,
    dates,
    evidence,
    exporting,
    group,
    handing,
    items,
    keeping,
    letters,
    pasting,
    pausing,
    promising,
    removing,
    seats,
    spreadsheets,
    talking,
    wishes,
)
from tests.conversations.ways.way import Topic, Way

TOPICS: tuple[Topic, ...] = (
    items.TOPIC,
    talking.TOPIC,
    wishes.AGAIN,
    dates.TOPIC,
    evidence.TOPIC,
    talking.ASKING,
    wishes.DAYS,
    keeping.TOPIC,
    keeping.ADDING_TOPIC,
    pasting.TOPIC,
    spreadsheets.TOPIC,
    group.TOPIC,
    seats.TOPIC,
    handing.TOPIC,
    calendar.TOPIC,
    calendar.DAYS_TOPIC,
    pausing.TOPIC,
    letters.TOPIC,
    exporting.TOPIC,
    promising.TOPIC,
    removing.TOPIC,
    removing.HOLDS_TOPIC,
)
WAYS: tuple[tuple[Topic, Way], ...] = tuple((t, way) for t in TOPICS for way in t.ways)


def routes() -> set[str]:
    """Every name in every table of the bot's, and every command in words."""
    table = listeners.table
    kinds = {field.name: getattr(table, field.name) for field in dataclasses.fields(table)}
    named = {f"{kind.removesuffix('s')} {name}" for kind, by in kinds.items() for name in by}
    return named | {f"words {_answering(command.handler)}" for command in COMMANDS}


def _answering(handler: Callable[..., object]) -> str:
    """A command by what answers it, since the ways to write it change."""
    module = handler.__module__.rpartition(".")[2]
    return f"{module}.{handler.__name__.lstrip('_')}"
