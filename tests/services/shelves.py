"""Files as they lie in Slack, for whoever reads them without it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.services.fetching import Fetched


@dataclass
class Shelf:
    """Files by their numbers; what is asked for is kept in `asked`."""

    files: dict[str, Fetched] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, team_id: str | None, file_id: str) -> Fetched:
        """The file, as it lies there now."""
        self.asked.append(f"{team_id}:{file_id}")
        return self.files[file_id]
