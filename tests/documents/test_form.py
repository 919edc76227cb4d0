"""What assistive technology and a word processor find in the files."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

import pytest
from odfdo import Element

from bot.documents import Format, render, render_report
from bot.domain.letters import NumberedList
from tests.documents.letters import COMMITMENTS, RECOMMENDATIONS, a_letter, a_report, said
from tests.documents.reading import FILES, W, odt, part, parts, word, xml

HEADINGS = [
    (1, "Unlocking solutions in imaging: progress to 14 September 2022"),
    (2, "The recommendations"),
    (2, "Progress by recommendation"),
    (2, "What was promised, and what became of it"),
    (2, "What happens next"),
]


def _odt_style(file: bytes, name: str) -> Element:
    (style,) = odt(file).styles.get_elements(f'//style:style[@style:name="{name}"]')
    return style


def test_headings_are_headings_in_odt() -> None:
    headings = odt(render(a_letter(), format="odt")).body.get_headers()

    found = [(h.get_attribute("text:outline-level"), h.text_recursive) for h in headings]
    assert found == [(str(level), text) for level, text in HEADINGS]
    assert {h.get_attribute("text:style-name") for h in headings} == {
        "Heading_20_1",
        "Heading_20_2",
    }


def test_headings_are_headings_in_word() -> None:
    paragraphs = word(render(a_letter(), format="docx")).paragraphs
    headings = [p for p in paragraphs if p.style and p.style.name.startswith("Heading")]

    assert [(int(h.style.name[-1]), h.text) for h in headings if h.style] == HEADINGS


def test_lists_are_lists_in_odt() -> None:
    document = odt(render(a_letter(), format="odt"))
    numbered, bullets = document.body.get_elements("//text:list")
    entries = numbered.get_elements("text:list-item/text:p")

    assert [entry.text_recursive for entry in entries] == list(RECOMMENDATIONS)
    assert len(bullets.get_elements("text:list-item")) == 3
    for made, kind in ((numbered, "number"), (bullets, "bullet")):
        name = made.get_attribute("text:style-name")
        found = f'//text:list-style[@style:name="{name}"]/text:list-level-style-{kind}'
        assert len(document.styles.get_elements(found)) == 1


def test_lists_are_lists_in_word_and_each_numbered_one_starts_at_one() -> None:
    again = NumberedList(entries=(said("First."), said("Second.")))
    file = render(a_letter(opening=(again,)), format="docx")
    paragraphs = list(xml(file, "word/document.xml").iter(f"{W}pPr"))
    lists = [p.find(f"{W}numPr/{W}numId") for p in paragraphs]
    styles = [p.style.name for p in word(file).paragraphs if p.style]

    assert [n.get(f"{W}val") for n in lists if n is not None] == ["2"] * 2 + ["3"] * 7 + ["1"] * 3
    assert [s for s in styles if s and s.startswith("List")] == (
        ["List Number"] * 9 + ["List Bullet"] * 3
    )
    restarted = xml(file, "word/numbering.xml").findall(f"{W}num/{W}lvlOverride/{W}startOverride")
    assert [start.get(f"{W}val") for start in restarted] == ["1", "1"]


def test_the_table_in_odt_repeats_its_headings_and_keeps_its_rows_whole() -> None:
    file = render(a_letter(), format="odt")
    (table,) = odt(file).body.get_tables()
    (headings,) = table.get_elements("table:table-header-rows")
    (row,) = headings.get_elements("table:table-row")

    assert [p.text_recursive for p in row.get_elements("table:table-cell/text:p")] == list(
        COMMITMENTS.header
    )
    assert len(table.get_elements("table:table-row")) == len(COMMITMENTS.rows)
    kept = {r.get_attribute("table:style-name") for r in table.get_elements("//table:table-row")}
    assert kept == {"Row"}
    assert b'fo:keep-together="always"' in part(file, "content.xml")
    assert str(table.get_elements("table:title")[0].text) == COMMITMENTS.caption


def test_the_table_in_word_repeats_its_headings_and_keeps_its_rows_whole() -> None:
    (table,) = word(render(a_letter(), format="docx")).tables
    rows = [row._tr for row in table.rows]

    assert [cell.text for cell in table.rows[0].cells] == list(COMMITMENTS.header)
    assert [bool(row.findall(f".//{W}tblHeader")) for row in rows] == [True] + [False] * 8
    assert all(row.findall(f".//{W}cantSplit") for row in rows)


@pytest.mark.parametrize("landscape", [False, True])
def test_tables_are_as_wide_as_the_text_in_both_formats(landscape: bool) -> None:
    wide = 297 - 50 if landscape else 210 - 50
    files = {
        f: render_report(a_report(), format=f) if landscape else render(a_letter(), format=f)
        for f in FILES
    }
    content = part(files["odt"], "content.xml").decode()
    in_mm = [float(w) for w in re.findall(r'style:column-width="([\d.]+)mm"', content)]
    (table,) = word(files["docx"]).tables
    in_word = [column.width.mm for column in table.columns if column.width]

    assert sum(in_mm) == pytest.approx(wide, abs=0.4)
    assert in_word == pytest.approx(in_mm, abs=0.1)


def test_the_language_is_set_in_odt() -> None:
    document = odt(render(a_letter(), format="odt"))
    (default,) = document.styles.get_elements("//style:default-style/style:text-properties")

    assert default.get_attribute("fo:language") == "en"
    assert default.get_attribute("fo:country") == "GB"
    assert document.meta.language == "en-GB"


def test_the_language_is_set_in_word() -> None:
    file = render(a_letter(), format="docx")
    (language,) = xml(file, "word/styles.xml").findall(f"{W}docDefaults//{W}lang")

    assert language.get(f"{W}val") == "en-GB"
    assert word(file).core_properties.language == "en-GB"


def test_the_metadata_name_the_letter_and_its_date() -> None:
    letter = a_letter()
    meta = odt(render(letter, format="odt")).meta
    core = word(render(letter, format="docx")).core_properties

    assert meta.title == core.title == letter.heading
    assert meta.subject == core.subject == letter.reference
    assert meta.initial_creator == core.author == "NHS England"
    assert meta.creation_date == datetime(2022, 9, 14)  # noqa: DTZ001
    assert core.created is not None
    assert core.created.date() == letter.dated_on
    assert core.modified == core.created


@pytest.mark.parametrize("format", FILES)
def test_a_sample_says_so_in_its_title(format: Format) -> None:
    file = render(a_letter(sample=True), format=format)
    title = odt(file).meta.title if format == "odt" else word(file).core_properties.title

    assert title == "SAMPLE: Unlocking solutions in imaging: progress to 14 September 2022"


@pytest.mark.parametrize("format", FILES)
def test_nothing_is_told_by_colour(format: Format) -> None:
    everything = b"".join(
        content
        for name, content in parts(render(a_letter(sample=True), format=format)).items()
        if name.endswith(".xml") and name != "settings.xml"
    ).decode()

    assert not re.search(r"<w:color |<w:highlight |fo:color=", everything)
    shades = re.findall(r'w:fill="(\w+)"|fo:background-color="#(\w+)"', everything)
    assert {a or b for a, b in shades} == {"EDEDED"}


def test_what_is_shaded_is_bold_too() -> None:
    file = render(a_letter(), format="docx")
    cells = list(xml(file, "word/document.xml").iter(f"{W}tc"))
    shaded = [cell for cell in cells if cell.find(f".//{W}shd") is not None]
    styles = {s.get(f"{W}val") for cell in shaded for s in cell.iter(f"{W}pStyle")}
    assert len(shaded) == len(COMMITMENTS.header)
    assert styles == {"TableHeading"}
    assert b'w:styleId="TableHeading"' in part(file, "word/styles.xml")

    bold = _odt_style(render(a_letter(), format="odt"), "Table_20_Heading")
    (properties,) = bold.get_elements("style:text-properties")
    assert properties.get_attribute("fo:font-weight") == "bold"


def test_headings_and_captions_stay_with_what_follows() -> None:
    styles = word(render(a_letter(), format="docx")).styles
    file = render(a_letter(), format="odt")

    for name in ("Heading 1", "Heading 2", "Caption", "Valediction", "Signatory", "Body Text Last"):
        assert styles[name].paragraph_format.keep_with_next
        (properties,) = _odt_style(file, name.replace(" ", "_20_")).get_elements(
            "style:paragraph-properties"
        )
        assert properties.get_attribute("fo:keep-with-next") == "always"


def test_the_signatures_do_not_stand_on_a_page_alone() -> None:
    paragraphs = word(render(a_letter(), format="docx")).paragraphs
    styles = [p.style.name for p in paragraphs if p.style]

    signed = ["Signatory", "Signatory line", "Signatory line"] * 2
    assert styles[-9:] == ["Body Text Last", "Valediction", *signed, "Contact"]


def test_there_is_room_to_sign() -> None:
    styles = word(render(a_letter(), format="docx")).styles

    assert styles["Signatory"].paragraph_format.space_before.mm >= 15


@pytest.mark.parametrize("format", FILES)
def test_no_empty_paragraph_makes_room(format: Format) -> None:
    file = render(a_letter(), format=format)
    name, pattern = {
        "odt": ("content.xml", rb"<text:p[^>]*/>"),
        "docx": ("word/document.xml", rb"<w:p/>|<w:p>(<w:pPr>((?!</w:pPr>).)*</w:pPr>)?</w:p>"),
    }[format]

    assert not re.search(pattern, part(file, name))


@pytest.mark.parametrize("format", FILES)
def test_only_styles_that_exist_are_used(format: Format) -> None:
    files = {
        n: c.decode() for n, c in parts(render(a_letter(), format=format)).items() if "xml" in n
    }
    used, made = {
        "odt": (
            r' text:style-name="([^"]+)"',
            r'style:style style:name="([^"]+)"|list-style style:name="([^"]+)"',
        ),
        "docx": (r'<w:pStyle w:val="([^"]+)"', r'w:styleId="([^"]+)"'),
    }[format]
    everything = "".join(files.values())

    there = {a if isinstance(a, str) else a[0] or a[1] for a in re.findall(made, everything)}
    assert set(re.findall(used, everything)) <= there


def test_a_report_that_ends_with_a_table_opens_in_word() -> None:
    facts = a_report(sections=a_report().sections[:1])
    body = xml(render_report(facts, format="docx"), "word/document.xml")[0]

    tags = [child.tag.removeprefix(W) for child in body]
    assert tags[-3:] == ["tbl", "p", "sectPr"]
    assert ("tbl", "tbl") not in pairwise(tags)
