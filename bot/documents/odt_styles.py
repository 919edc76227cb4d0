"""The styles part of an ODT: paper, named styles, lists, and what every page repeats."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.documents.look import (
    BODY_MM,
    CELL_HEADROOM_MM,
    CELL_PADDING_MM,
    EDGE_MM,
    FALLBACKS,
    FONT,
    LINE_PERCENT,
    LIST_INDENT_MM,
    LOOKS,
    SHADE,
    SIDE_MM,
    Look,
    Style,
    paper,
    text_width,
)
from bot.documents.sheets import Sheet

NUMBERS = "Numbers"
BULLETS = "Bullets"
ROW = "Row"
CELL = "Cell"
HEADING_CELL = "HeadingCell"

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)


def style_name(style: Style) -> str:
    """The name that the file uses for a style: a space is written _20_."""
    return style.value.replace(" ", "_20_")


def styles_part(sheet: Sheet) -> bytes:
    """styles.xml for this sheet."""
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<office:document-styles {_NAMESPACES} office:version="1.4">',
            _FONTS,
            "<office:styles>",
            _defaults(sheet.language),
            *(_paragraph_style(style, look) for style, look in LOOKS.items()),
            _list_style(NUMBERS, 'text:list-level-style-number style:num-format="1"', "."),
            _list_style(BULLETS, 'text:list-level-style-bullet text:bullet-char="•"', ""),
            "</office:styles><office:automatic-styles>",
            _page_layout(sheet),
            _footer_tab(sheet),
            "</office:automatic-styles><office:master-styles>",
            '<style:master-page style:name="Standard" style:page-layout-name="Page">',
            *_header(sheet),
            *_footer(sheet),
            "</style:master-page></office:master-styles></office:document-styles>",
        )
    ).encode()


def table_styles() -> Iterator[str]:
    """The automatic styles that every table in the content shares, an element each."""
    yield (
        f'<style:style style:name="{ROW}" style:family="table-row">'
        '<style:table-row-properties fo:keep-together="always"/></style:style>'
    )
    for name, shade in ((CELL, ""), (HEADING_CELL, f' fo:background-color="#{SHADE}"')):
        yield (
            f'<style:style style:name="{name}" style:family="table-cell">'
            f'<style:table-cell-properties fo:padding-left="{CELL_PADDING_MM}mm" '
            f'fo:padding-right="{CELL_PADDING_MM}mm" fo:padding-top="{CELL_HEADROOM_MM}mm" '
            f'fo:padding-bottom="{CELL_HEADROOM_MM}mm" fo:border="0.5pt solid #000000" '
            f'style:vertical-align="top"{shade}/></style:style>'
        )


_FONTS = (
    f'<office:font-face-decls><style:font-face style:name="{FONT}" '
    f'svg:font-family="{FALLBACKS}" style:font-family-generic="swiss" '
    'style:font-pitch="variable"/></office:font-face-decls>'
)


def _defaults(language: str) -> str:
    name, _, country = language.partition("-")
    return (
        '<style:default-style style:family="paragraph">'
        '<style:paragraph-properties fo:orphans="2" fo:widows="2" fo:text-align="start" '
        f'fo:line-height="{LINE_PERCENT}%" style:tab-stop-distance="12.5mm"/>'
        f'<style:text-properties style:font-name="{FONT}" fo:font-size="12pt" '
        f'fo:language="{name}" fo:country="{country or "none"}" fo:hyphenate="false" '
        'style:use-window-font-color="true"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
    )


def _paragraph_style(style: Style, look: Look) -> str:
    level = f' style:default-outline-level="{look.level}"' if look.level else ""
    listed = {Style.NUMBERED: NUMBERS, Style.BULLETED: BULLETS}.get(style)
    in_list = f' style:list-style-name="{listed}"' if listed else ""
    keeps = ' fo:keep-with-next="always"' if look.keeps_with_next else ""
    keeps += ' fo:keep-together="always"' if look.keeps_together else ""
    weight = ' fo:font-weight="bold"' if look.bold else ""
    return (
        f'<style:style style:name="{style_name(style)}" style:display-name="{style.value}" '
        f'style:family="paragraph" style:parent-style-name="Standard"{level}{in_list}>'
        f'<style:paragraph-properties fo:margin-top="{look.before}pt" '
        f'fo:margin-bottom="{look.after}pt" '
        f'fo:text-align="{"center" if look.centred else "start"}"{keeps}/>'
        f'<style:text-properties fo:font-size="{look.size}pt"{weight}/></style:style>'
    )


def _list_style(name: str, level: str, suffix: str) -> str:
    tag = level.split()[0]
    after = f' style:num-suffix="{suffix}"' if suffix else ""
    return (
        f'<text:list-style style:name="{name}"><{level} text:level="1"{after}>'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'text:list-tab-stop-position="{LIST_INDENT_MM}mm" fo:text-indent="-{LIST_INDENT_MM}mm" '
        f'fo:margin-left="{LIST_INDENT_MM}mm"/></style:list-level-properties>'
        f"</{tag}></text:list-style>"
    )


def _page_layout(sheet: Sheet) -> str:
    width, height = paper(landscape=sheet.landscape)
    way = "landscape" if sheet.landscape else "portrait"
    gap = "3mm"
    room = f'fo:min-height="{BODY_MM - EDGE_MM}mm"'
    header = (
        f'<style:header-style><style:header-footer-properties {room} fo:margin-bottom="{gap}"/>'
        "</style:header-style>"
    )
    top = EDGE_MM if _marks(sheet) else BODY_MM
    return (
        '<style:page-layout style:name="Page"><style:page-layout-properties '
        f'fo:page-width="{width}mm" fo:page-height="{height}mm" '
        f'style:print-orientation="{way}" fo:margin-left="{SIDE_MM}mm" '
        f'fo:margin-right="{SIDE_MM}mm" fo:margin-top="{top}mm" fo:margin-bottom="{EDGE_MM}mm"/>'
        f"{header if _marks(sheet) else ''}<style:footer-style><style:header-footer-properties "
        f'{room} fo:margin-top="{gap}"/></style:footer-style></style:page-layout>'
    )


def _footer_tab(sheet: Sheet) -> str:
    right = text_width(landscape=sheet.landscape)
    return (
        '<style:style style:name="FooterLine" style:family="paragraph" '
        f'style:parent-style-name="{style_name(Style.FOOTER)}"><style:paragraph-properties>'
        f'<style:tab-stops><style:tab-stop style:position="{right}mm" style:type="right"/>'
        "</style:tab-stops></style:paragraph-properties></style:style>"
    )


def _marks(sheet: Sheet) -> list[str]:
    marks = [(Style.SAMPLE, "SAMPLE" if sheet.sample else None), (Style.MARKING, sheet.marking)]
    return [
        f'<text:p text:style-name="{style_name(style)}">{escape(text)}</text:p>'
        for style, text in marks
        if text
    ]


def _header(sheet: Sheet) -> Iterator[str]:
    if marks := _marks(sheet):
        yield f"<style:header>{''.join(marks)}</style:header>"


def _footer(sheet: Sheet) -> Iterator[str]:
    yield '<style:footer><text:p text:style-name="FooterLine">'
    yield f"{escape(sheet.reference)}<text:tab/>Page "
    yield '<text:page-number text:select-page="current">1</text:page-number> of '
    yield "<text:page-count>1</text:page-count></text:p>"
    yield from reversed(_marks(sheet))
    yield "</style:footer>"
