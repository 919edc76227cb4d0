"""Files that people share in Slack, as far as Slack describes them before they are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from bot.domain.text import GuardedText

LARGEST = 5 * 2**20
READ = (".xlsx", ".xlsm", ".csv", ".tsv", ".tab")
SAVED_OTHERWISE = (".xls", ".xlsb", ".ods", ".numbers")
TOO_LARGE = "is larger than 5 MB: keep the register's sheet and save it as a file of its own"


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A file of a message: Slack's number for it, its name and size.

    Of a file that somebody of another organisation shares, Slack says neither at first.
    """

    file_id: str
    name: GuardedText
    size: int | None = None

    @property
    def called(self) -> str:
        """How it is spoken of."""
        return f"“{self.name.text}”" if self.name else "your file"

    @property
    def is_sheet(self) -> bool:
        """Whether it is a spreadsheet, or may be one for all that is known."""
        return not self.name or ending(self.name.text) in (*READ, *SAVED_OTHERWISE)

    @property
    def refusal(self) -> str | None:
        """Why this spreadsheet is not read, in a sentence; nothing where it is."""
        if self.name and ending(self.name.text) in SAVED_OTHERWISE:
            return (
                f"I cannot read {self.called}, as it was saved: open it in Excel or LibreOffice, "
                "save it as .xlsx, and drop that here."
            )
        if self.size is not None and self.size > LARGEST:
            return f"{self.called} {TOO_LARGE}."
        return None


def ending(name: str) -> str:
    """The end of a name that says what kind of file it is."""
    return PurePath(name).suffix.lower()
