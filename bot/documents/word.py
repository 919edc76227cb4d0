"""Word, by python-docx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from html import escape
from io import BytesIO
from itertools import count

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.section import _Footer, _Header
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml import etree

from bot.documents import package
from bot.documents.look import SHADE, Style, column_widths, text_width
from bot.documents.sheets import Grid, Line, Listing, Sheet
from bot.documents.word_parts import (
    BULLET_LIST,
    FIRST_NUMBERED_LIST,
    TABLE_STYLE,
    empty_file,
    style_id,
    twips,
)

# Other libraries name it too, once they are loaded: the same letter must have the same bytes.
etree.register_namespace("r", nsmap["r"])


def write(sheet: Sheet) -> bytes:
    """The sheet as a Word file (docx)."""
    lists = sum(isinstance(block, Listing) and block.numbered for block in sheet.blocks)
    empty = package.pack(empty_file(sheet, numbered_lists=lists), dated_on=sheet.dated_on)
    document = Document(BytesIO(empty))
    _describe(document, sheet)
    _add_header(document, sheet)
    _add_footer(document, sheet)
    _add_body(document, sheet)
    saved = BytesIO()
    document.save(saved)
    return package.pack(package.parts(saved.getvalue()), dated_on=sheet.dated_on)


def _describe(document: WordDocument, sheet: Sheet) -> None:
    about = document.core_properties
    about.title = sheet.title
    about.subject = sheet.reference
    about.author = sheet.author
    about.last_modified_by = sheet.author
    about.language = sheet.language
    about.revision = 1
    about.created = about.modified = datetime.combine(sheet.dated_on, time())


def _add_header(document: WordDocument, sheet: Sheet) -> None:
    if marks := _marks(sheet):
        _fill(document.sections[0].header, marks)


def _add_footer(document: WordDocument, sheet: Sheet) -> None:
    footer = document.sections[0].footer
    _fill(footer, [(sheet.reference, Style.FOOTER), *reversed(_marks(sheet))])
    line = footer.paragraphs[0]
    right = Mm(text_width(landscape=sheet.landscape))
    line.paragraph_format.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run("\tPage ")
    _add_field(line, "PAGE")
    line.add_run(" of ")
    _add_field(line, "NUMPAGES")


def _fill(place: _Header | _Footer, lines: list[tuple[str, Style]]) -> None:
    place.is_linked_to_previous = False
    for number, (text, style) in enumerate(lines):
        paragraph = place.add_paragraph(text) if number else place.paragraphs[0]
        if not number:
            paragraph.add_run(text)
        _set_style(paragraph, style)


def _marks(sheet: Sheet) -> list[tuple[str, Style]]:
    sample = [("SAMPLE", Style.SAMPLE)] if sheet.sample else []
    return sample + ([(sheet.marking, Style.MARKING)] if sheet.marking else [])


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in on each page; 1 stands there until it does."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add_body(document: WordDocument, sheet: Sheet) -> None:
    width = text_width(landscape=sheet.landscape)
    numbers = count(FIRST_NUMBERED_LIST)
    for block in sheet.blocks:
        match block:
            case Line(text=text, style=style):
                _set_style(document.add_paragraph(text), style)
            case Listing():
                number = next(numbers) if block.numbered else BULLET_LIST
                style = Style.NUMBERED if block.numbered else Style.BULLETED
                for entry in block.entries:
                    paragraph = document.add_paragraph(entry)
                    _set_style(paragraph, style)
                    _put_in_list(paragraph, number)
            case Grid():
                caption = document.add_paragraph(block.caption)
                _set_style(caption, Style.CAPTION)
                caption._p.addnext(parse_xml("".join(_table(block, width))))
    if sheet.blocks and isinstance(sheet.blocks[-1], Grid):
        document.add_paragraph()  # Word takes a file that ends with a table for damaged.


def _set_style(paragraph: Paragraph, style: Style) -> None:
    # By identifier: looking a style up by name for every paragraph is most of the time.
    paragraph._p.style = style_id(style)


def _put_in_list(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _table(grid: Grid, width: float) -> Iterator[str]:
    widths = [twips(mm) for mm in column_widths(grid.header, grid.rows, total=width)]
    caption = escape(grid.caption)
    yield f"<w:tbl {nsdecls('w')}><w:tblPr>"
    yield f'<w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
    yield '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" '
    yield 'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    yield f'<w:tblCaption w:val="{caption}"/></w:tblPr><w:tblGrid>'
    yield from (f'<w:gridCol w:w="{column}"/>' for column in widths)
    yield "</w:tblGrid>"
    yield from _row(tuple((heading,) for heading in grid.header), widths, heading=True)
    for row in grid.rows:
        yield from _row(row, widths, heading=False)
    yield "</w:tbl>"


def _row(cells: tuple[tuple[str, ...], ...], widths: list[int], *, heading: bool) -> Iterator[str]:
    style = style_id(Style.CELL_HEADING if heading else Style.CELL)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if heading else ""
    yield f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heading else ''}</w:trPr>"
    for lines, width in zip(cells, widths, strict=True):
        yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        for line in lines:
            yield f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
            yield f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        yield "</w:tc>"
    yield "</w:tr>"
