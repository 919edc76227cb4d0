"""What would be read in words, as JSON."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, TextIO

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

        options = {"on": on, "nation": nation}
        _understand(text, understanding.a_date, understanding.no_date, options)


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
            understanding.no_reply,
            {"on": on, "from": sender, "asked": refs},
        )


def _understand(
    text: str,
    read: Callable[[Mapping[str, Any]], dict[str, Any]],
    unread: Callable[[str, str], dict[str, Any]],
    options: dict[str, Any],
) -> None:
    from bot.services import understanding

    given = {name: value for name, value in options.items() if value is not None}
    if text != STDIN:
        typer.echo(_line(read({"text": text, **given})))
        return
    wrong = False
    for answer, sentence in understanding.answers(_stdin(), given, read, unread):
        typer.echo(_line(answer))
        if sentence is not None:
            typer.echo(sentence, err=True)
            wrong = True
    if wrong:
        raise typer.Exit(1)


def _stdin() -> TextIO:
    """Lines in UTF-8; a byte that is none spoils its own line, not those that follow."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
    return sys.stdin


def _line(answer: dict[str, Any]) -> str:
    """One line of JSON, escaped where it holds half a character that UTF-8 cannot carry."""
    text = json.dumps(answer, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return text
