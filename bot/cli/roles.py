"""Who may do what, mended where nobody could do it in Slack."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.base import GroupKey, a_date, cli, plainly


@cli.command()
def role(
    person: Annotated[str, typer.Argument(help="Their name, as the register has it.")],
    role: Annotated[str, typer.Argument(help="secretariat, chair, deputy_chair, signatory, …")],
    from_on: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    until_on: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
    end: Annotated[bool, typer.Option("--end", help="They hold it no more.")] = False,
    account: Annotated[
        str | None, typer.Option(metavar="TEAM:USER", help="A Slack account of theirs, too.")
    ] = None,
    group: GroupKey = None,
) -> None:
    """Give somebody a role, or end it: the way back where nobody is left to do it in Slack."""
    with plainly():
        from bot import bootstrap, settings
        from bot.services import role_changes

        found = settings.read()
        change = role_changes.Change(
            person=person,
            role=role,
            from_on=a_date(from_on) if from_on else None,
            until_on=a_date(until_on) if until_on else None,
            ends=end,
            account=account,
        )
        now = bootstrap.clock_of(found)()
        database = bootstrap.open_database(found)
        for line in role_changes.make(database, group, change, now=now):
            typer.echo(line)
