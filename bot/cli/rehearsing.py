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
) -> None:
    """The rehearsal workspace, to point a bot at, or as a story that ends by itself."""
    with plainly():
        if picture is not None and not story:
            raise UserError("--picture draws what the story says: add --story.")
        if story:
            from bot.rehearsal.story import play

            play(port, out, picture=picture)
        else:
            from bot.rehearsal import standing

            standing.run(port)
