"""Running the bot, and looking at what it will do."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.base import GroupKey, an_instant, cli, plainly

nudges_cli = typer.Typer(no_args_is_help=True, help="What will be sent.")
audit_cli = typer.Typer(no_args_is_help=True, help="The hash chain and the ledger.")
cli.add_typer(nudges_cli, name="nudges")
cli.add_typer(audit_cli, name="audit")


@cli.command()
def serve(
    http: Annotated[str | None, typer.Option(metavar="HOST:PORT", help="Signed HTTP.")] = None,
) -> None:
    """Run the bot, over Socket Mode or HTTP."""
    with plainly():
        from bot import bootstrap, settings

        found = settings.read()
        bootstrap.start_logging(found)
        if http is None:
            bootstrap.serve(found)
        else:
            bootstrap.serve_http(found, http)


@cli.command()
def sweep(
    now: Annotated[str | None, typer.Option(metavar="ISO8601", help="In rehearsal only.")] = None,
) -> None:
    """Every sweep once, delivery too until nothing is due."""
    with plainly():
        from bot import bootstrap, settings

        found = settings.read()
        bootstrap.start_logging(found)
        bootstrap.sweep(found, now=an_instant(now) if now else None)


@nudges_cli.command("preview")
def preview(days: Annotated[int, typer.Option(min=1)] = 14, group: GroupKey = None) -> None:
    """What will be sent, to whom, when, and why."""
    with plainly():
        from bot import bootstrap, settings
        from bot.services import preview as service

        found = settings.read()
        now = bootstrap.clock_of(found)()
        database = bootstrap.open_database(found)
        for one in service.upcoming(database, days=days, now=now, group_key=group):
            about = f"  {', '.join(one.items)}" if one.items else ""
            why = one.why if one.why.startswith(one.rung) else f"{one.rung}: {one.why}"
            typer.echo(f"{one.day} {one.at:%H:%M}  {one.person}{about}  {why}")


@audit_cli.command("verify")
def verify(group: GroupKey = None) -> None:
    """Whether the hash chain is whole and the ledger complete; exit code 1 where not."""
    with plainly():
        from bot import bootstrap, settings
        from bot.services import chains

        found = settings.read()
        now = bootstrap.clock_of(found)()
        reports = chains.verify(bootstrap.open_database(found), group, now=now)
        for report in reports:
            typer.echo(report.line)
        if not all(report.whole for report in reports):
            raise typer.Exit(1)
