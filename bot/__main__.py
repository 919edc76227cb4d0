"""The command line: parses arguments, nothing else."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.domain.errors import PermanentError, TransientError, UserError

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
nudges_cli = typer.Typer(no_args_is_help=True, help="What will be sent.")
understand_cli = typer.Typer(no_args_is_help=True, help="What would be read in words.")
audit_cli = typer.Typer(no_args_is_help=True, help="The hash chain and the ledger.")
cli.add_typer(nudges_cli, name="nudges")
cli.add_typer(understand_cli, name="understand")
cli.add_typer(audit_cli, name="audit")

GroupKey = Annotated[str | None, typer.Option("--group", metavar="KEY", help="Which group.")]
Stdin = "-"


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """One sentence on what is wrong and how to mend it, and exit code 1."""
    try:
        yield
    except (UserError, TransientError, PermanentError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        typer.echo(f"{error.strerror or error} ({error.filename or 'a file'}).", err=True)
        raise typer.Exit(1) from error


@cli.command()
def serve(
    http: Annotated[str | None, typer.Option(metavar="HOST:PORT", help="Signed HTTP.")] = None,
) -> None:
    """Run the bot, over Socket Mode or HTTP."""
    with _plainly():
        from bot import bootstrap, settings

        bootstrap.start_logging()
        if http is None:
            bootstrap.serve(settings.read())
        else:
            bootstrap.serve_http(settings.read(), http)


@cli.command()
def init(
    file: Path, apply: Annotated[bool, typer.Option(help="Make the differences.")] = False
) -> None:
    """A group from a YAML or JSON file; sends nothing."""
    with _plainly():
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
def sweep(
    now: Annotated[str | None, typer.Option(metavar="ISO8601", help="In rehearsal only.")] = None,
) -> None:
    """Every sweep once, delivery too until nothing is due."""
    with _plainly():
        from bot import bootstrap, settings

        bootstrap.start_logging()
        bootstrap.sweep(settings.read(), now=_instant(now) if now else None)


@nudges_cli.command("preview")
def preview(days: Annotated[int, typer.Option(min=1)] = 14, group: GroupKey = None) -> None:
    """What will be sent, to whom, when, and why."""
    with _plainly():
        from bot import bootstrap, settings
        from bot.services import preview as service

        found = settings.read()
        now = bootstrap.clock_of(found)()
        database = bootstrap.open_database(found)
        for one in service.upcoming(database, days=days, now=now, group_key=group):
            typer.echo(f"{one.day}  {one.person}  {', '.join(one.items)}  {one.rung}: {one.why}")


@cli.command()
def draft(
    to: Annotated[str, typer.Option(metavar="AUDIENCE")],
    out: Annotated[Path, typer.Option(metavar="DIR")],
    as_at: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    group: GroupKey = None,
) -> None:
    """The letter, and apart from it the annex and the verification report."""
    with _plainly():
        from bot import bootstrap, settings
        from bot.services import draft_export

        found = settings.read()
        now = bootstrap.clock_of(found)()
        paths = draft_export.write(
            bootstrap.open_database(found),
            group,
            audience=to,
            as_at=_a_date(as_at) if as_at else None,
            now=now,
            out=out,
        )
        for path in paths:
            typer.echo(path)


@understand_cli.command("date")
def understand_date(
    text: Annotated[str, typer.Argument(help="The words, or - for JSON lines.")],
    on: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    nation: Annotated[str | None, typer.Option()] = None,
) -> None:
    """The Deadline it reads, as JSON."""
    with _plainly():
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
    with _plainly():
        from bot.services import group_file, understanding

        file = group_file.read_path(group, today=_a_date(on) if on else _today())
        refs = [ref.strip() for ref in asked.split(",")] if asked else None
        _understand(
            text,
            lambda line: understanding.a_reply(line, file),
            {"on": on, "from": sender, "asked": refs},
        )


@audit_cli.command("verify")
def verify(group: GroupKey = None) -> None:
    """Whether the hash chain is whole and the ledger complete; exit code 1 where not."""
    with _plainly():
        from bot import bootstrap, settings
        from bot.services import chains

        found = settings.read()
        now = bootstrap.clock_of(found)()
        reports = chains.verify(bootstrap.open_database(found), group, now=now)
        for report in reports:
            typer.echo(report.line)
        if not all(report.whole for report in reports):
            raise typer.Exit(1)


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
    with _plainly():
        if picture is not None and not story:
            raise UserError("--picture draws what the story says: add --story.")
        if story:
            from bot.rehearsal.story import play

            play(port, out, picture=picture)
        else:
            from bot.rehearsal import standing

            standing.run(port)


def _understand(
    text: str, read: Callable[[dict[str, Any]], dict[str, Any]], options: dict[str, Any]
) -> None:
    from bot.services import understanding

    given = {name: value for name, value in options.items() if value is not None}
    if text != Stdin:
        typer.echo(json.dumps(read({"text": text, **given}), ensure_ascii=False))
        return
    for line in understanding.lines(sys.stdin, given):
        typer.echo(json.dumps(read(line), ensure_ascii=False))


def _today() -> date:
    from bot import bootstrap

    return bootstrap.wall_clock().date()


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is no time: write 2022-05-16T09:00:00+01:00.") from error


def _a_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is no date: write 2022-05-16.") from error


if __name__ == "__main__":
    cli()
