"""What every command shares: the table of them, its errors, and its arguments."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from bot.domain.errors import PermanentError, TransientError, UserError

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

GroupKey = Annotated[str | None, typer.Option("--group", metavar="KEY", help="Which group.")]


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """One sentence on what is wrong and how to mend it, and exit code 1."""
    try:
        yield
    except (UserError, TransientError, PermanentError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        typer.echo(f"{error.strerror or error} ({error.filename or 'a file'}).", err=True)
        raise typer.Exit(1) from error


def today() -> date:
    """The day it is."""
    from bot import bootstrap

    return bootstrap.wall_clock().date()


def an_instant(text: str) -> datetime:
    """A time as ISO 8601 writes it; UserError for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is no time: write 2022-05-16T09:00:00+01:00.") from error


def a_date(text: str) -> date:
    """A date as ISO 8601 writes it; UserError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is no date: write 2022-05-16.") from error
