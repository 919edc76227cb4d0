"""What a sweep is given to fetch files that people shared, and what it may hear instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.errors import UserError


class FileError(UserError):
    """A file that cannot be had; says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A file's name, as whoever shared it wrote it, and its bytes."""

    name: str
    content: bytes


class Files(Protocol):
    """Where shared files lie; TransientError where they cannot be had now, FileError never."""

    def fetch(self, team_id: str | None, file_id: str) -> Fetched:
        """The file, if it is small enough and may be a spreadsheet."""
