"""The parts of a workbook: inflated under a limit, and parsed without entities or network."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.domain.sheets.cells import SheetError

MOST_PARTS = 2_000
MOST_BYTES = 256 * 2**20
LARGEST_PART = 128 * 2**20
TOO_MUCH = (
    "The workbook unpacks to far more than a register holds: copy the register's sheet to a new "
    "workbook and send that."
)
DAMAGED = "The workbook is damaged: open it in Excel or LibreOffice and save it as .xlsx again."


@dataclass(frozen=True)
class Parts:
    """The parts of a workbook by name."""

    archive: zipfile.ZipFile

    def check(self) -> None:
        """SheetError for what would unpack to too much, before anything is unpacked."""
        infos = self.archive.infolist()
        sizes = [info.file_size for info in infos]
        if len(infos) > MOST_PARTS or sum(sizes) > MOST_BYTES or max(sizes) > LARGEST_PART:
            raise SheetError(TOO_MUCH)
        if any(info.flag_bits & 1 for info in infos):
            raise SheetError("The workbook has a password: save a copy without one.")

    def names(self) -> set[str]:
        """What there is."""
        return set(self.archive.namelist())

    def tree(self, name: str) -> Any | None:
        """A small part as a tree; nothing where it is not there."""
        if name not in self.names():
            return None
        return _parsed(self.bytes_of(name))

    def bytes_of(self, name: str) -> bytes:
        """A part's bytes; no more than its place in the directory promises."""
        try:
            with self.archive.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
            raise SheetError(DAMAGED) from error
        if len(content) > LARGEST_PART:
            raise SheetError(TOO_MUCH)
        return content

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements with these names, whatever their namespace, each let go after its use."""
        import io

        from lxml import etree

        content = self.bytes_of(name)
        _refuse_doctype(content)
        found = etree.iterparse(
            io.BytesIO(content),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        try:
            for _event, element in found:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise SheetError(DAMAGED) from error


def _parsed(content: bytes) -> Any:
    from lxml import etree

    _refuse_doctype(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SheetError(DAMAGED) from error


def _refuse_doctype(content: bytes) -> None:
    """No spreadsheet has one; whoever wrote it meant harm."""
    start = content[:4096].replace(b"\x00", b"").lower()
    if b"<!doctype" in start or b"<!entity" in start:
        raise SheetError(DAMAGED)


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Any | None, name: str) -> list[Any]:
    """The children with this name."""
    return [] if element is None else [one for one in element if local(one) == name]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
