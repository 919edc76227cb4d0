"""Zip files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_FIRST = ("mimetype", "[Content_Types].xml", "_rels/.rels")
_EARLIEST = date(1980, 1, 1)


def parts(packed: bytes, *, without: Collection[str] = ()) -> dict[str, bytes]:
    """The files in a zip, by name, but for those `without`."""
    with ZipFile(BytesIO(packed)) as zipped:
        names = [name for name in zipped.namelist() if name not in without]
        return {name: zipped.read(name) for name in names if not name.endswith("/")}


def pack(files: Mapping[str, bytes], *, dated_on: date) -> bytes:
    """A zip of these files, each dated `dated_on` (1980 at the earliest, as zip has it).

    The mimetype comes first and uncompressed, as ODF asks for.
    """
    day = max(dated_on, _EARLIEST)
    packed = BytesIO()
    with ZipFile(packed, "w") as zipped:
        for name in sorted(files, key=lambda name: (name not in _FIRST, name)):
            entry = ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            zipped.writestr(entry, files[name])
    return packed.getvalue()
