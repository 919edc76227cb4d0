"""The parts of a Word file that python-docx starts from: styles, lists, settings, paper.

Written here rather than taken from its own template, which carries another typeface,
blue headings and American English.
"""

from __future__ import annotations

from html import escape

from bot.documents.look import (
    BODY_MM,
    CELL_HEADROOM_MM,
    CELL_PADDING_MM,
    EDGE_MM,
    FONT,
    LINE_PERCENT,
    LIST_INDENT_MM,
    LOOKS,
    SAMPLE_MM,
    SIDE_MM,
    Look,
    Style,
    paper,
)
from bot.documents.sheets import Sheet

TABLE_STYLE = "TableGrid"
BULLET_LIST = 1
"""The number of the list that every list with bullets belongs to."""
FIRST_NUMBERED_LIST = 2
"""Each numbered list is one of its own from here on, so that each starts at one."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARTS = ("styles", "numbering", "settings")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def twips(mm: float) -> int:
    """Twentieths of a point, the unit of most lengths in a Word file."""
    return round(mm / 25.4 * 1440)


def style_id(style: Style) -> str:
    """The identifier that the file uses for a style."""
    return style.value.title().replace(" ", "")


def empty_file(sheet: Sheet, *, numbered_lists: int) -> dict[str, bytes]:
    """The files of a document without content, with as many numbered lists to use."""
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_RELATIONSHIPS}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(sheet.language),
        "word/_rels/document.xml.rels": _relationships(
            *((f"{_RELATIONSHIPS}/{part}", f"{part}.xml") for part in _PARTS)
        ),
        "word/document.xml": _document(sheet),
        "word/styles.xml": _styles(sheet.language),
        "word/numbering.xml": _numbering(numbered_lists),
        "word/settings.xml": _settings(sheet.language),
    }
    return {name: f"{_XML}{content}".encode() for name, content in files.items()}


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{part}+xml"/>'
        for part in _PARTS
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE_TYPE}"/>'
        f"{overrides}</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _core(language: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )


def _document(sheet: Sheet) -> str:
    width, height = map(twips, paper(landscape=sheet.landscape))
    edge = twips(BODY_MM + (SAMPLE_MM if sheet.sample else 0))
    way = ' w:orient="landscape"' if sheet.landscape else ""
    return (
        f'<w:document {_W}><w:body><w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{way}/>'
        f'<w:pgMar w:top="{edge}" w:right="{twips(SIDE_MM)}" '
        f'w:bottom="{edge}" w:left="{twips(SIDE_MM)}" w:header="{twips(EDGE_MM)}" '
        f'w:footer="{twips(EDGE_MM)}" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _styles(language: str) -> str:
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"'
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="{escape(language)}" '
        f'w:eastAsia="{escape(language)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" '
        f'w:line="{round(240 * LINE_PERCENT / 100)}" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/></w:style><w:style w:type="character" w:default="1" '
        'w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        f"{''.join(_paragraph_style(style, look) for style, look in LOOKS.items())}"
        f"{_TABLE_GRID}</w:styles>"
    )


def _paragraph_style(style: Style, look: Look) -> str:
    following = Style.BODY if look.level else style
    listed = f'<w:numPr><w:numId w:val="{BULLET_LIST}"/></w:numPr>'
    paragraph = (
        "<w:keepNext/>" if look.keeps_with_next else "",
        "<w:keepLines/>" if look.keeps_together or look.level else "",
        listed if style is Style.BULLETED else "",
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}"/>',
        '<w:jc w:val="center"/>' if look.centred else "",
        f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else "",
    )
    half_points = round(look.size * 2)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id(style)}">'
        f'<w:name w:val="{_built_in_name(style)}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{style_id(following)}"/><w:qFormat/>'
        f"<w:pPr>{''.join(paragraph)}</w:pPr><w:rPr>{'<w:b/><w:bCs/>' if look.bold else ''}"
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _built_in_name(style: Style) -> str:
    """Word knows its own headings, caption and footer by these names in lower case."""
    own = {Style.HEADING_1, Style.HEADING_2, Style.CAPTION, Style.FOOTER}
    return style.value.lower() if style in own else style.value


_TABLE_GRID = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/></w:style>'
    f'<w:style w:type="table" w:styleId="{TABLE_STYLE}"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders><w:tblCellMar>"
    + "".join(
        f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>'
        for side, width in (
            ("top", CELL_HEADROOM_MM),
            ("left", CELL_PADDING_MM),
            ("bottom", CELL_HEADROOM_MM),
            ("right", CELL_PADDING_MM),
        )
    )
    + "</w:tblCellMar></w:tblPr></w:style>"
)


def _numbering(numbered_lists: int) -> str:
    indent = twips(LIST_INDENT_MM)
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
        for kind, (form, mark) in enumerate((("bullet", "•"), ("decimal", "%1.")))
    )
    bullets = f'<w:num w:numId="{BULLET_LIST}"><w:abstractNumId w:val="0"/></w:num>'
    numbers = "".join(
        f'<w:num w:numId="{FIRST_NUMBERED_LIST + n}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for n in range(numbered_lists)
    )
    return f"<w:numbering {_W}>{kinds}{bullets}{numbers}</w:numbering>"


def _settings(language: str) -> str:
    # 15 is the current way of laying out; without it Word opens in compatibility mode.
    return (
        f'<w:settings {_W}><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{escape(language)}"/></w:settings>'
    )
