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
_PER_MILLE_BOLD = {
    238: "'",
    278: " ,./I\\ijl‘’\u00a0",
    280: "|",
    333: "!()-:;[]`ft·",
    350: "•",
    389: "*r{}",
    474: '"',
    500: "z“”",
    556: "#$0123456789J_aceksvxy–£",
    584: "+<=>^~",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
"""The same of the bold face."""
_EM = {char: size / 1000 for size, chars in _PER_MILLE.items() for char in chars}
_EM_BOLD = {char: size / 1000 for size, chars in _PER_MILLE_BOLD.items() for char in chars}
_OTHER = 0.7
_MONOSPACED = 0.61


def width(text: str, *, size: float, bold: bool = False, code: bool = False) -> float:
    """Pixels that the text takes at this font size, rather over than under."""
    if code:
        return (
            sum(
                max(_MONOSPACED, _em(char, _EM)) if _is_wide(char) else _MONOSPACED for char in text
            )
            * size
        )
    table = _EM_BOLD if bold else _EM
    return sum(_em(char, table) for char in text) * size


def is_known(text: str) -> bool:
    """Whether the width of each of its letters is known, and none is guessed."""
    return all(_base(char) in _EM for char in text)


def _em(char: str, table: dict[str, float]) -> float:
    if unicodedata.combining(char):
        return 0
    if _is_wide(char):
        return 1.2
    return table.get(_base(char), _OTHER)


def _base(char: str) -> str:
    """The letter without its accents, which are as wide as they stand on it."""
    return unicodedata.normalize("NFD", char)[0]


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")
