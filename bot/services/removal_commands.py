"""Words that are to go, and holds that forbid it, asked for in words."""

from __future__ import annotations

from datetime import datetime

from bot.domain.forms import Form
from bot.services import holds, removal_requests
from bot.services.intake import Arrival
from bot.services.spoken import Command
from storage.database import Database


def _remove(database: Database, arrival: Arrival, rest: str, now: datetime) -> Form:
    return removal_requests.form(database, arrival, rest, now=now)


def _hold(database: Database, arrival: Arrival, rest: str, now: datetime) -> Form:
    return holds.form(database, arrival, rest, releases=False, now=now)


def _release(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Form:
    return holds.form(database, arrival, releases=True, now=now)


COMMANDS: tuple[Command, ...] = (
    Command(
        written=r"remove(?:\s+words)?(?:\s+from)?",
        handler=_remove,
        help="remove A-01 – words that must not be kept, if somebody else agrees",
        sentences=True,
    ),
    Command(
        written=r"(?:legal\s+)?hold(?!\s+(?:on|off|up|fire)\b)",
        handler=_hold,
        help="hold, release hold – while an inquiry forbids destruction",
        sentences=True,
    ),
    Command(written=r"release\s+(?:the\s+)?hold", handler=_release, alone=True),
)
