"""Watching the bot from outside: cron, systemd or Kubernetes alarm on the exit code."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.base import cli, plainly


@cli.command()
def heartbeat(
    max_age: Annotated[
        int, typer.Option("--max-age", metavar="MINUTES", min=1, help="How old may it be.")
    ] = 5,
) -> None:
    """Whether every sweep ran lately and nothing owed is overdue; exit code 1 where not."""
    with plainly():
        from bot import bootstrap, settings
        from bot.services import heartbeat as service

        found = settings.read()
        now = bootstrap.clock_of(found)()
        database = bootstrap.look_at_database(found)
        pulse = service.look(database, now=now, max_age=timedelta(minutes=max_age))
        typer.echo(pulse.line, err=not pulse.well)
        if not pulse.well:
            raise typer.Exit(1)
