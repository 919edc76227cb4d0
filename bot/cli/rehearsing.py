"""The rehearsal workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base import cli, plainly
from bot.domain.errors import UserError


@cli.command()
def rehearse(
    story: Annotated[bool, typer.Option(help="Play a quarter and end.")] = False,
    port: Annotated[int, typer.Option()] = 3999,
    out: Annotated[Path, typer.Option(metavar="DIR")] = Path("rehearsal"),
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --story: draw it, as SVG.")
    ] = None,
    first_week: Annotated[
        bool, typer.Option("--first-week", help="With --story: a small group's first week.")
    ] = False,
    pictures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="With --first-week: draw it, as SVG.")
    ] = None,
) -> None:
    """The rehearsal workspace, to point a bot at, or as a story that ends by itself."""
    with plainly():
        if picture is not None and not story:
            raise UserError("--picture draws what the story says: add --story.")
        if (first_week and (not story or picture is not None)) or (pictures and not first_week):
            raise UserError("Say --story --first-week, and --pictures DIR to have it drawn.")
        if first_week:
            from bot.rehearsal.story import play_first_week

            play_first_week(port, out, pictures=pictures)
        elif story:
            from bot.rehearsal.story import play

            play(port, out, picture=picture)
        else:
            from bot.rehearsal import standing

            standing.run(port)
