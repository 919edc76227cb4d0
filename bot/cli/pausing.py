"""The off switch from the command line; it works while Slack is down."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.base import GroupKey, cli, plainly


@cli.command()
def pause(
    reason: Annotated[str, typer.Argument(help="Why nothing is to be sent.")] = "",
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Resume by itself.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Turn it on again.")] = False,
    group: GroupKey = None,
) -> None:
    """The off switch: nothing goes out but to the secretariat; --resume ends it."""
    with plainly():
        from bot import bootstrap, settings
        from bot.domain.errors import UserError
        from bot.domain.guard import guard
        from bot.services import nudge_words, pausing

        found = settings.read()
        now = bootstrap.clock_of(found)()
        if resume and (reason or until):
            raise UserError("--resume takes neither a reason nor a date: give one or the other.")
        database = bootstrap.open_database(found)
        if resume:
            said = pausing.resume_by_operator(database, group, now=now)
        else:
            said = pausing.pause_by_operator(
                database,
                group,
                reason=guard(reason),
                until=guard(until) if until else None,
                now=now,
            )
        typer.echo(nudge_words.as_text(said))
