"""A lost register back from its backup, and what whoever restores it is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.domain.deadlines import long_date
from bot.domain.errors import UserError
from bot.domain.people import LONDON
from bot.services import chains, say
from storage import restoring
from storage.database import Database


def restore(
    database: Database,
    file: Path,
    *,
    record: Path | None,
    nothing_removed: bool,
    now: datetime,
) -> tuple[list[str], bool]:
    """Fill the empty database; what was done in lines, and whether every chain is whole.

    Raises UserError where nobody says what was removed since the backup was made.
    """
    made_at = restoring.check(file)
    noted = _record(database, record, nothing_removed=nothing_removed, made_at=made_at)
    done = restoring.restore(file, database, noted=noted, now=now)
    # Reminders that came due since the backup are not in the ledger before the bot has run.
    reports = chains.verify(database, None, now=now, ledger=False)
    lines = [
        f"Restored as of {_when(done.made_at)}.",
        f"Removed again: {say.counted(done.again, 'removal')}.",
        *(report.line for report in reports),
        "Start the bot: it reads on from there, and looks in Slack before it says anything again.",
        "What was pressed or filled in since then is lost: ask the secretariat to go through it.",
    ]
    return lines, all(report.whole for report in reports)


def _record(
    database: Database, record: Path | None, *, nothing_removed: bool, made_at: datetime
) -> list[Path]:
    if record is not None:
        return [record]
    if database.removals.exists():
        return [database.removals]
    if nothing_removed:
        return []
    raise UserError(
        f"Words may have been removed since this backup was made on {_when(made_at)}, and "
        f"{database.removals}, where that would be noted, is not there: name its copy with "
        "--removals FILE, or, if the secretariat knows that nothing was removed since, say "
        "--nothing-removed."
    )


def _when(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{long_date(local.date())} at {say.clock_time(local, LONDON)}"
