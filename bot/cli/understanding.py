"""What would be read in words, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.base import a_date, cli, plainly, today

understand_cli = typer.Typer(no_args_is_help=True, help="What would be read in words.")
cli.add_typer(understand_cli, name="understand")

STDIN = "-"


@understand_cli.command("date")
def understand_date(
    text: Annotated[str, typer.Argument(help="The words, or - for JSON lines.")],
    on: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    nation: Annotated[str | None, typer.Option()] = None,
) -> None:
    """The Deadline it reads, as JSON."""
    with plainly():
        from bot.services import understanding

        _understand(text, understanding.a_date, {"on": on, "nation": nation})


@understand_cli.command("reply")
def understand_reply(
    text: Annotated[str, typer.Argument(help="The words, or - for JSON lines.")],
    group: Annotated[Path, typer.Option(metavar="FILE", help="As for init.")],
    on: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    sender: Annotated[str | None, typer.Option("--from", metavar="NAME")] = None,
    asked: Annotated[str | None, typer.Option(metavar="A-01,A-02")] = None,
) -> None:
    """What it would record, ask, redact or refuse, as JSON; touches no database."""
    with plainly():
        from bot.services import group_file, understanding

        file = group_file.read_path(group, today=a_date(on) if on else today())
        refs = [ref.strip() for ref in asked.split(",")] if asked else None
        _understand(
            text,
            lambda line: understanding.a_reply(line, file),
            {"on": on, "from": sender, "asked": refs},
        )


def _understand(
    text: str, read: Callable[[dict[str, Any]], dict[str, Any]], options: dict[str, Any]
) -> None:
    from bot.services import understanding

    given = {name: value for name, value in options.items() if value is not None}
    if text != STDIN:
        typer.echo(json.dumps(read({"text": text, **given}), ensure_ascii=False))
        return
    for line in understanding.lines(sys.stdin, given):
        typer.echo(json.dumps(read(line), ensure_ascii=False))
