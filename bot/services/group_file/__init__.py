"""A group file: YAML or JSON, read into a frozen value in which everything fits together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.services.group_file import checking, complaints, reading
from bot.services.group_file.contents import Contents
from bot.services.group_file.parsing import parse
from bot.services.group_file.reading import Readings

MOST = 10
LARGEST = 5_000_000

__all__ = ["Contents", "GroupFile", "read", "read_path"]


@dataclass(frozen=True, kw_only=True)
class GroupFile:
    """What a file says, and what the dates in it mean."""

    contents: Contents
    readings: Readings


def read_path(path: Path, *, today: date) -> GroupFile:
    """The group file at a path, YAML or JSON.

    Raises UserError, one sentence a line and ten at most, for all that is wrong with it.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"{path.name} is over 5 MB, which no group file is: check its name.")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise UserError(
            f"The group file {path} cannot be read ({reason}): check its name and that you may "
            "read it."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name} is not text in UTF-8: save it as UTF-8.") from error
    return read(text, name=path.name, today=today)


def read(text: str, *, name: str = "The group file", today: date) -> GroupFile:
    """A group file from its text; `today` dates what no letter in it dates.

    Raises UserError, one sentence a line and ten at most, for all that is wrong with it.
    """
    tree = parse(text, name=name)
    try:
        contents = Contents.model_validate(tree)
    except ValidationError as error:
        raise _refusal(complaints.sentences(error, tree), name) from error
    if found := checking.problems(contents):
        raise _refusal(found, name)
    readings = reading.readings(contents, today=today)
    if found := reading.problems(contents, readings):
        raise _refusal(found, name)
    return GroupFile(contents=contents, readings=readings)


def _refusal(found: list[str], name: str) -> UserError:
    lines = [f"{name}: {sentence}" for sentence in found[:MOST]]
    if len(found) > MOST:
        more = len(found) - MOST
        lines.append(f"{name}: {more} more {'things do' if more > 1 else 'thing does'} not fit.")
    # A sentence repeats what stands in the file, and may be logged.
    return UserError(guard("\n".join(lines)).text)
