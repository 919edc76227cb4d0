"""ODT, by odfdo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from html import escape
from io import BytesIO

from odfdo import Document, Element, Header, List, ListItem, Paragraph

from bot.documents import package
from bot.documents.look import LOOKS, Style, column_widths, text_width
from bot.documents.odt_styles import (
    BULLETS,
    CELL,
    HEADING_CELL,
    NUMBERS,
    ROW,
    style_name,
    styles_part,
    table_styles,
)
from bot.documents.sheets import Block, Grid, Line, Listing, Sheet

# What odfdo's empty document brings along and a letter has no use for.
_LEFT_OUT = (
    "manifest.rdf",
    "Thumbnails/thumbnail.png",
    "Configurations2/",
    "Configurations2/accelerator/current.xml",
)


def write(sheet: Sheet) -> bytes:
    """The sheet as an ODT file."""
    document = Document("text")
    for path in _LEFT_OUT:
        document.manifest.del_full_path(path)
    document.set_part("styles.xml", styles_part(sheet))
    _describe(document, sheet)
    (styles,) = document.content.get_elements("//office:automatic-styles")
    _append(styles, table_styles())
    body = document.body
    body.clear()
    width = text_width(landscape=sheet.landscape)
    number = 0
    for block in sheet.blocks:
        if isinstance(block, Grid):
            number += 1
            widths = column_widths(block.header, block.rows, total=width)
            _append(styles, _column_styles(number, widths))
        for element in _elements(block, number):
            body.append(element)
    saved = BytesIO()
    document.save(saved)
    files = package.parts(saved.getvalue(), without=_LEFT_OUT)
    return package.pack(files, dated_on=sheet.dated_on)


def _append(parent: Element, elements: Iterator[str]) -> None:
    for element in elements:
        parent.append(Element.from_tag(element))


def _describe(document: Document, sheet: Sheet) -> None:
    meta = document.meta
    for statistic in meta.get_elements("//meta:document-statistic"):
        statistic.delete()
    written_at = datetime.combine(sheet.dated_on, time())
    meta.title = sheet.title
    meta.subject = sheet.reference
    meta.language = sheet.language
    meta.initial_creator = sheet.author
    meta.creator = sheet.author
    meta.creation_date = written_at
    meta.date = written_at
    meta.generator = "Followthrough"


def _elements(block: Block, number: int) -> Iterator[Element]:
    """What stands for this block; `number` counts the tables so far."""
    match block:
        case Line(text=text, style=style) if level := LOOKS[style].level:
            heading = Header(level, text)
            # Set by hand: the constructor drops the style it is given.
            heading.set_attribute("text:style-name", style_name(style))
            yield heading
        case Line(text=text, style=style):
            yield Paragraph(text, style=style_name(style))
        case Listing():
            yield _list(block)
        case Grid():
            yield Paragraph(block.caption, style=style_name(Style.CAPTION))
            yield Element.from_tag("".join(_table(block, number)))


def _list(listing: Listing) -> List:
    style = style_name(Style.NUMBERED if listing.numbered else Style.BULLETED)
    made = List(style=NUMBERS if listing.numbered else BULLETS)
    for entry in listing.entries:
        made.append(ListItem(Paragraph(entry, style=style)))
    return made


def _column_styles(number: int, widths: list[float]) -> Iterator[str]:
    yield (
        f'<style:style style:name="Table{number}" style:family="table"><style:table-properties '
        f'style:width="{sum(widths):.1f}mm" table:align="left" table:border-model="collapsing"/>'
        "</style:style>"
    )
    for column, width in enumerate(widths, 1):
        yield (
            f'<style:style style:name="Table{number}.{column}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width}mm"/></style:style>'
        )


def _table(grid: Grid, number: int) -> Iterator[str]:
    name = f"Table{number}"
    yield f'<table:table table:name="{name}" table:style-name="{name}">'
    yield f"<table:title>{escape(grid.caption)}</table:title>"
    for column in range(1, len(grid.header) + 1):
        yield f'<table:table-column table:style-name="{name}.{column}"/>'
    headings = tuple((heading,) for heading in grid.header)
    yield "<table:table-header-rows>"
    yield from _row(headings, HEADING_CELL, Style.CELL_HEADING)
    yield "</table:table-header-rows>"
    for row in grid.rows:
        yield from _row(row, CELL, Style.CELL)
    yield "</table:table>"


def _row(cells: tuple[tuple[str, ...], ...], cell: str, style: Style) -> Iterator[str]:
    yield f'<table:table-row table:style-name="{ROW}">'
    for lines in cells:
        yield f'<table:table-cell table:style-name="{cell}" office:value-type="string">'
        for line in lines:
            yield f'<text:p text:style-name="{style_name(style)}">{escape(line)}</text:p>'
        yield "</table:table-cell>"
    yield "</table:table-row>"
