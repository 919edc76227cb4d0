from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import cast
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Format, render, render_report
from bot.domain.letters import (
    BulletList,
    Letter,
    LetterPart,
    NumberedList,
    Paragraph,
    Section,
    Sentence,
    Table,
    TableRow,
)
from tests.documents.letters import COMMITMENTS, a_letter, a_report, paragraph, said
from tests.documents.reading import FILES, FORMATS, body_lines, parts, running_lines


def _words(part: LetterPart) -> list[str]:
    match part:
        case Paragraph():
            return [sentence.text for sentence in part.sentences]
        case NumberedList() | BulletList():
            return [entry.text for entry in part.entries]
        case Table():
            return [part.caption, *(cell for row in part.rows for cell in row.cells)]


def _everything_said(letter: Letter) -> list[str]:
    said_so = [*letter.sender.split("\n"), "14 September 2022", letter.reference]
    for addressee in letter.addressees:
        said_so += [addressee.name, *addressee.lines]
    said_so += [letter.salutation, letter.heading]
    said_so += [text for part in letter.opening for text in _words(part)]
    for section in letter.sections:
        said_so += [section.heading, *(text for part in section.parts for text in _words(part))]
    said_so.append(letter.valediction)
    for signatory in letter.signatories:
        said_so += [signatory.name, *signatory.lines]
    return [*said_so, letter.contact]


def _without_facts(letter: Letter) -> Letter:
    def bare(part: LetterPart) -> LetterPart:
        match part:
            case Paragraph():
                return Paragraph(sentences=tuple(replace(s, facts=()) for s in part.sentences))
            case Table():
                return replace(part, rows=tuple(replace(row, facts=()) for row in part.rows))
            case _:
                return replace(part, entries=tuple(replace(e, facts=()) for e in part.entries))

    return replace(
        letter,
        opening=tuple(map(bare, letter.opening)),
        sections=tuple(replace(s, parts=tuple(map(bare, s.parts))) for s in letter.sections),
    )


@pytest.mark.parametrize("format", FORMATS)
def test_all_that_the_letter_says_stands_in_it_in_order(format: Format) -> None:
    text = "\n".join(body_lines(render(a_letter(), format=format), format))

    place = 0
    for words in _everything_said(a_letter()):
        assert words in text[place:]
        place = text.index(words, place) + len(words)


@pytest.mark.parametrize("format", FORMATS)
def test_no_sentence_stands_twice(format: Format) -> None:
    text = "\n".join(body_lines(render(a_letter(), format=format), format))
    sentences = [w for w in _everything_said(a_letter()) if w.endswith(".") and len(w) > 20]

    assert len(sentences) > 20
    assert {text.count(sentence) for sentence in sentences} == {1}


@pytest.mark.parametrize("format", FORMATS)
def test_the_numbers_of_facts_leave_no_trace(format: Format) -> None:
    letter = a_letter()

    assert render(letter, format=format) == render(_without_facts(letter), format=format)


@pytest.mark.parametrize("format", FORMATS)
def test_special_characters_come_through(format: Format) -> None:
    words = "R&D < 5 > 3, “so-called” – ‘it’s’ \"quoted\" 'single' <b>&amp;</b> £5 ½ naïve Śmierć."
    letter = a_letter(opening=(paragraph(words),))

    assert words in body_lines(render(letter, format=format), format)


@settings(max_examples=60)
@given(
    words=st.text(
        st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
    ),
    format=st.sampled_from(FILES),
)
def test_any_printable_text_comes_through_with_blanks_as_one(words: str, format: Format) -> None:
    letter = a_letter(opening=(paragraph(f"[{words}]"),), sections=())

    assert re.sub(" +", " ", f"[{words}]") in body_lines(render(letter, format=format), format)


@pytest.mark.parametrize("format", FILES)
def test_what_a_file_cannot_hold_shows_rather_than_vanishes(format: Format) -> None:
    letter = a_letter(opening=(paragraph("Bell\x07 and half\ud800."),))

    assert "Bell� and half�." in body_lines(render(letter, format=format), format)


@pytest.mark.parametrize("format", FILES)
def test_the_marking_stands_on_every_page(format: Format) -> None:
    header, footer = running_lines(render(a_letter(), format=format), format)

    assert header == ["OFFICIAL-SENSITIVE"]
    assert footer == ["IMG/2022/02, second report\tPage 1 of 1", "OFFICIAL-SENSITIVE"]


@pytest.mark.parametrize("format", FILES)
def test_a_letter_that_is_sent_bears_no_marking(format: Format) -> None:
    file = render(a_letter(marking=None), format=format)

    assert running_lines(file, format) == ([], ["IMG/2022/02, second report\tPage 1 of 1"])
    assert not any(b"OFFICIAL" in content for content in parts(file).values())


@pytest.mark.parametrize("format", FILES)
def test_a_sample_says_so_at_the_top_and_foot_of_every_page(format: Format) -> None:
    header, footer = running_lines(render(a_letter(sample=True), format=format), format)

    assert header == ["SAMPLE", "OFFICIAL-SENSITIVE"]
    assert footer[1:] == ["OFFICIAL-SENSITIVE", "SAMPLE"]


def test_a_sample_in_plain_text_says_so_first_and_last() -> None:
    lines = body_lines(render(a_letter(sample=True), format="txt"), "txt")

    assert lines[:2] == ["SAMPLE", "OFFICIAL-SENSITIVE"]
    assert lines[-2:] == ["OFFICIAL-SENSITIVE", "SAMPLE"]


@pytest.mark.parametrize("format", FORMATS)
def test_only_a_sample_says_sample(format: Format) -> None:
    file = render(a_letter(), format=format)

    contents = [file] if format == "txt" else list(parts(file).values())
    assert not any(b"SAMPLE" in content for content in contents)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_letter_makes_the_same_bytes(format: Format) -> None:
    assert render(a_letter(), format=format) == render(a_letter(), format=format)
    assert render_report(a_report(), format=format) == render_report(a_report(), format=format)


def test_another_process_makes_the_same_bytes_and_loads_a_library_only_when_asked() -> None:
    script = (
        "import hashlib, sys; from bot.documents import render\n"
        "from tests.documents.letters import a_letter\n"
        "assert not {'odfdo', 'docx', 'lxml'} & set(sys.modules), 'loaded too early'\n"
        "for f in ('odt', 'docx'):\n"
        "    print(hashlib.sha256(render(a_letter(), format=f)).hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland"}
    theirs = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )

    ours = [hashlib.sha256(render(a_letter(), format=f)).hexdigest() for f in FILES]
    assert theirs.stdout.split() == ours


@pytest.mark.parametrize("format", FILES)
def test_everything_in_the_file_is_dated_as_the_letter_is(format: Format) -> None:
    with ZipFile(BytesIO(render(a_letter(), format=format))) as zipped:
        dates = {entry.date_time for entry in zipped.infolist()}

    assert dates == {(2022, 9, 14, 0, 0, 0)}


def test_the_kind_of_an_odt_stands_first_and_uncompressed() -> None:
    with ZipFile(BytesIO(render(a_letter(), format="odt"))) as zipped:
        first = zipped.infolist()[0]

        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert zipped.read("mimetype") == b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_has_the_look_of_a_letter_and_its_own_words(format: Format) -> None:
    text = "\n".join(body_lines(render_report(a_report(), format=format), format))

    assert "Annex: the facts behind letter IMG/2022/02" in text
    assert "Internal: this annex is not part of the letter." in text
    assert text.index("A-30") < text.index("Findings")
    assert "Yours" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_row_that_does_not_fit_its_table_is_refused(format: Format) -> None:
    ragged = replace(COMMITMENTS, rows=(TableRow(cells=("One", "Two")),))

    with pytest.raises(ValueError, match="a row of 2 cells under 5 headings; give each row"):
        render(a_letter(sections=(Section(heading="Table", parts=(ragged,)),)), format=format)


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no format 'pdf'; ask for one of odt, docx, txt"):
        render(a_letter(), format=cast("Format", "pdf"))


@pytest.mark.parametrize("format", FORMATS)
def test_the_barest_letter_is_still_a_letter(format: Format) -> None:
    bare = a_letter(
        sender="", reference="", addressees=(), opening=(), sections=(), signatories=(), contact="",
        dated_on=date(1979, 12, 31),
    )  # fmt: skip

    lines = body_lines(render(bare, format=format), format)
    assert [line for line in lines if not line.startswith(("=", "OFFICIAL", "Ref"))] == [
        "31 December 1979", "Dear Mr Wragg and Mr Hunt", bare.heading, "Yours sincerely"
    ]  # fmt: skip


def test_a_table_in_plain_text_names_each_cell_by_its_heading() -> None:
    lines = body_lines(render(a_letter(), format="txt"), "txt")

    assert (
        "1. Commitment: National guidance on job roles and responsibilities will be released."
        in lines
    )
    assert "   New date: 30 November 2022" in lines


def test_a_sentence_of_several_lines_becomes_one() -> None:
    letter = a_letter(opening=(Paragraph(sentences=(Sentence(text="One\n  two.\t"), said("3."))),))

    assert "One two. 3." in body_lines(render(letter, format="txt"), "txt")
