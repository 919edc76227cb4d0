"""How wide text will be, near enough: no font is at hand where the picture is drawn."""

from __future__ import annotations

import unicodedata

_PER_MILLE = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft\u00a0",
    333: "()-`r{}“”",
    355: '"•·',
    389: "*",
    469: "^",
    500: "Jckvsxyz",
    556: "#$0123456789?L_abdeghnopqu£–",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
"""Thousandths of the font size, as Helvetica and its metric twins have them."""
_EM = {char: size / 1000 for size, chars in _PER_MILLE.items() for char in chars}
_OTHER = 0.7
_BOLD = 1.1
_MONOSPACED = 0.61


def width(text: str, *, size: float, bold: bool = False, code: bool = False) -> float:
    """Pixels that the text takes at this font size, rather over than under."""
    if code:
        return (
            sum(max(_MONOSPACED, _em(char)) if _is_wide(char) else _MONOSPACED for char in text)
            * size
        )
    return sum(_em(char) for char in text) * size * (_BOLD if bold else 1)


def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if _is_wide(char):
        return 1.2
    base = unicodedata.normalize("NFD", char)[0]
    return _EM.get(char) or _EM.get(base, _OTHER)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")
