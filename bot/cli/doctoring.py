"""Whether all is as it should be, and which version this is."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot import VERSION
from bot.cli.base import GroupKey, cli, plainly


@cli.command()
def doctor(
    group: GroupKey = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """What is well, what to look at and what is wrong, with how to mend it; 1 where wrong."""
    with plainly():
        from bot import bootstrap, settings
        from bot import doctor as examination

        bootstrap.quieten()
        found = settings.read()
        findings = examination.examine(found, group, now=bootstrap.clock_of(found)())
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            typer.echo(finding.line)
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"Followthrough {VERSION}")
        raise typer.Exit


@cli.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Which this is.")
    ] = False,
) -> None:
    """Followthrough: a task and finish group's promises, kept from being forgotten."""
    del version
