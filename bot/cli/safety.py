"""Keeping the register safe: backups, restoring one, and words that are to be removed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base import cli, plainly


@cli.command()
def backup(file: Path) -> None:
    """A consistent copy of the register in one new file, made while the bot runs."""
    with plainly():
        from bot import bootstrap, settings
        from storage import backup as copies

        found = settings.read()
        database = bootstrap.database_of(found)
        copies.make(database, file, now=bootstrap.clock_of(found)())
        typer.echo(f"{file}: {file.stat().st_size:,} bytes. Only its owner may read it.")
        typer.echo(f"Keep {database.removals} as safe, on another disk: restoring asks for it.")


@cli.command()
def restore(
    file: Path,
    removals: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The record of words removed since.")
    ] = None,
    nothing_removed: Annotated[
        bool, typer.Option("--nothing-removed", help="No words were removed since the backup.")
    ] = False,
) -> None:
    """A backup into the empty database in DATABASE_URL; what was removed since is removed again."""
    with plainly():
        from bot import bootstrap, locks, settings
        from bot.services import restored

        found = settings.read()
        now = bootstrap.clock_of(found)()
        with locks.alone(found.database_url):
            database = bootstrap.database_of(found)
            lines, whole = restored.restore(
                database, file, record=removals, nothing_removed=nothing_removed, now=now
            )
        for line in lines:
            typer.echo(line)
        if not whole:
            raise typer.Exit(1)


@cli.command()
def removals(
    run: Annotated[
        bool, typer.Option("--run", help="Erase what is agreed and still there.")
    ] = False,
) -> None:
    """Words that were removed or are asked to be; Slack is where people agree."""
    with plainly():
        from bot import bootstrap, settings
        from bot.services import removals as service

        found = settings.read()
        now = bootstrap.clock_of(found)()
        database = bootstrap.open_database(found)
        if run:
            service.sweep(database, now=now)
        for line in service.listed(database):
            typer.echo(line)
