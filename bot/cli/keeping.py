"""What goes into the register, and the letters that come out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base import GroupKey, a_date, cli, plainly


@cli.command()
def init(
    file: Path, apply: Annotated[bool, typer.Option(help="Make the differences.")] = False
) -> None:
    """A group from a YAML or JSON file; sends nothing."""
    with plainly():
        from bot import bootstrap, settings
        from bot.domain.people import LONDON
        from bot.services import group_file, setup

        found = settings.read()
        now = bootstrap.clock_of(found)()
        read = group_file.read_path(file, today=now.astimezone(LONDON).date())
        outcome = setup.load(bootstrap.open_database(found), read, apply=apply, now=now)
        typer.echo(f"{outcome.group_key}: {outcome.took}")
        for line in outcome.lines:
            typer.echo(f"  {line}")
        for line in outcome.left:
            typer.echo(f"  left as it is: {line}")


@cli.command()
def draft(
    to: Annotated[str, typer.Option(metavar="AUDIENCE")],
    out: Annotated[Path, typer.Option(metavar="DIR")],
    as_at: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    group: GroupKey = None,
) -> None:
    """The letter, and apart from it the annex and the verification report."""
    with plainly():
        from bot import bootstrap, settings
        from bot.services import draft_export

        found = settings.read()
        now = bootstrap.clock_of(found)()
        paths = draft_export.write(
            bootstrap.open_database(found),
            group,
            audience=to,
            as_at=a_date(as_at) if as_at else None,
            now=now,
            out=out,
        )
        for path in paths:
            typer.echo(path)
