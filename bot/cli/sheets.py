"""The register from and to a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base import GroupKey, cli, plainly

By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who of the secretariat imports it.")
]
SheetName = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="Which sheet.")]


@cli.command("import")
def import_(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print the report.")] = False,
    group: GroupKey = None,
    by: By = None,
    sheet: SheetName = None,
) -> None:
    """The register from an .xlsx or .csv file; where a row is refused nothing is written."""
    with plainly():
        from bot import bootstrap, settings
        from bot.documents import sheets_in
        from bot.domain.sheets import tables
        from bot.services import importing

        content = file.read_bytes()
        table = tables.find(sheets_in.read(content, file.name), named=sheet)
        found = settings.read()
        now = bootstrap.clock_of(found)()
        database = bootstrap.open_database(found)
        report = importing.preview(database, group, table, by=by, now=now)
        for line in report.lines:
            typer.echo(line)
        typer.echo(report.summary)
        if report.refused:
            typer.echo("Nothing was written: mend the refused rows and import again.", err=True)
            raise typer.Exit(1)
        if dry_run:
            typer.echo("Nothing was written: this was a dry run.")
            return
        taken = importing.take(
            database, group, table, content=content, reported=report.fingerprint, by=by, now=now
        )
        typer.echo(f"Imported: {taken.changes} added or changed.")


@cli.command()
def export(file: Path, group: GroupKey = None) -> None:
    """The whole register as .xlsx, .csv (the items only) or .json."""
    with plainly():
        from bot import bootstrap, settings
        from bot.services import exporting

        found = settings.read()
        now = bootstrap.clock_of(found)()
        content = exporting.write(bootstrap.open_database(found), group, file.name, now=now)
        file.write_bytes(content)
        typer.echo(f"{file}: {len(content)} bytes.")
