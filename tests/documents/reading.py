"""Files read back: the lines of text in each format, in the order of the page."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import odfdo
from docx.document import Document as WordDocument

from bot.documents import Format

FORMATS: tuple[Format, ...] = ("odt", "docx", "txt")
FILES: tuple[Format, ...] = ("odt", "docx")

_PARAGRAPHS = re.compile(r"\}(p|h)$")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word(file: bytes) -> WordDocument:
    """The Word file, opened."""
    return docx.Document(BytesIO(file))


def odt(file: bytes) -> odfdo.Document:
    """The ODT file, opened."""
    return odfdo.Document(BytesIO(file))


def xml(file: bytes, name: str) -> ElementTree.Element:
    """One part of a zipped file, parsed."""
    return ElementTree.fromstring(part(file, name))


def part(file: bytes, name: str) -> bytes:
    """One part of a zipped file."""
    with ZipFile(BytesIO(file)) as zipped:
        return zipped.read(name)


def parts(file: bytes) -> dict[str, bytes]:
    """Every part of a zipped file."""
    with ZipFile(BytesIO(file)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def body_lines(file: bytes, format: Format) -> list[str]:
    """The paragraphs, headings, entries and cells of the body, in order."""
    match format:
        case "odt":
            body = xml(file, "content.xml").find(f".//{_OFFICE}text")
        case "docx":
            body = xml(file, "word/document.xml").find(f"{W}body")
        case "txt":
            return [line for line in file.decode().splitlines() if line]
    assert body is not None
    return [_text(element) for element in body.iter() if _PARAGRAPHS.search(element.tag)]


def running_lines(file: bytes, format: Format) -> tuple[list[str], list[str]]:
    """What the header and the footer of every page say."""
    if format == "docx":
        (section,) = word(file).sections
        assert not section.different_first_page_header_footer
        assert b"evenAndOddHeaders" not in part(file, "word/settings.xml")
        header = [p.text for p in section.header.paragraphs if p.text]
        return header, [_text(p) for p in xml(file, "word/footer1.xml").iter(f"{W}p")]
    (page,) = xml(file, "styles.xml").iter(f"{_STYLE}master-page")
    assert {element.tag for element in page} <= {f"{_STYLE}header", f"{_STYLE}footer"}
    return (
        [_text(p) for p in page.findall(f"{_STYLE}header/{_TEXT}p")],
        [_text(p) for p in page.findall(f"{_STYLE}footer/{_TEXT}p")],
    )


def _text(element: ElementTree.Element) -> str:
    marks = {f"{W}tab": "\t", f"{_TEXT}tab": "\t", f"{_TEXT}s": " "}
    return "".join(
        marks.get(e.tag, e.text or "") + (e.tail or "" if e is not element else "")
        for e in element.iter()
        if f"{W}val" not in e.attrib  # A tab stop of the paragraph is no tab in its text.
    )
