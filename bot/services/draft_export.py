"""A draft as files in a folder: the letter, and apart from it the annex and the findings."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from bot.domain.people import LONDON
from bot.services import draft_files, drafting
from storage.database import Database


def write(
    database: Database,
    group_key: str | None,
    *,
    audience: str,
    as_at: date | None,
    now: datetime,
    out: Path,
) -> list[Path]:
    """Build the draft as at the end of a day, or now, and write its files; where they lie.

    Raises UserError for an unknown group or audience, OSError where the folder takes no file.
    """
    at = datetime.combine(as_at, time.max, LONDON) if as_at else now
    draft = drafting.build(database, group_key, audience=audience, as_at=min(at, now), now=now)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for file in draft_files.render(draft, reference=draft.letter.reference):
        path = out / file.name
        path.write_bytes(file.content)
        written.append(path)
    return written
