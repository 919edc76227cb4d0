"""One bot on one SQLite file: a lock that the system lets go of when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from bot.domain.errors import UserError


class AlreadyRunningError(UserError):
    """Another process holds the database file."""


@contextlib.contextmanager
def alone(database_url: str) -> Iterator[bool]:
    """Hold the database alone: true on a file; false on a server, where nobody needs to.

    Raises AlreadyRunningError where another process holds the file.
    """
    path = _path(database_url)
    if path is None:
        yield False
        return
    with _opened(path) as file:
        if not _take(file):
            raise AlreadyRunningError(
                f"Another bot is running on {path}: stop that one first, or give this one another "
                "DATABASE_URL."
            )
        yield True


@contextlib.contextmanager
def if_alone(database_url: str) -> Iterator[bool]:
    """The same for a visitor, who works beside a running bot where there is one."""
    path = _path(database_url)
    if path is None:
        yield False
        return
    with _opened(path) as file:
        yield _take(file)


def _path(database_url: str) -> Path | None:
    url = sa.make_url(database_url)
    on_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if on_file else None


def _opened(path: Path) -> IO[bytes]:
    try:
        return open(f"{path}.lock", "ab")
    except OSError as error:
        raise UserError(
            f"{path}.lock cannot be written ({os.strerror(error.errno or 0)}): check that the "
            "folder in DATABASE_URL exists, may be written and has room."
        ) from error


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
