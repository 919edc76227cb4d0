"""The picture of a conversation: what it says, what it draws, and that it is sound XML."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Divider,
    Heading,
    Link,
    Note,
    Quote,
    bullets,
    say,
)
from bot.rehearsal.picture import (
    Panel,
    Shown,
    UnknownButtonError,
    draw,
    draw_panels,
)
from tests.rehearsal.picturing import (
    ANSWERS,
    CONVERSATION,
    NUDGE,
    REPLY,
    SVG,
    answers,
    boxes,
    by_bot,
    by_fiona,
    description,
    filled,
    height,
    picture,
    squeezed,
    texts,
)

# What it says


def test_every_word_of_the_messages_is_drawn_and_described() -> None:
    svg = picture(*CONVERSATION)
    drawn, described = " ".join(texts(svg)), description(svg)

    for words in (
        "How are these 2 going?",
        "A-11 Write up how unexpected findings reach the GP & the patient",
        "Nothing has been said about it yet.",
        "the secretariat will be asked to step in on Thursday 7 July 2022.",
        "Need more time",
        "who have promised their remarks by 24 June",
        "Next: remarks from Edinburgh, by 24 June.",
        "Fiona Grant",
        "Thursday 16 June 2022, 09:00",
    ):
        assert squeezed(words) in squeezed(drawn)
        assert words in described


def test_the_description_tells_who_spoke_and_what_was_pressed() -> None:
    said = description(picture(*CONVERSATION)).split("\n\n")

    assert said[0] == "A direct conversation in rehearsal"
    assert said[1].startswith("Followthrough (app), Thursday 16 June 2022, 09:00:\nGood morning")
    assert said[1].count("Pressed:") == 1
    assert "Not mine. Pressed: Need more time." in said[1]
    assert said[2].startswith("Fiona Grant, Thursday 16 June 2022, 11:00:\nA-05 is on track")
    assert said[3].endswith("Buttons: Undo.")


def test_the_picture_is_an_image_with_a_name() -> None:
    root = ElementTree.fromstring(picture(REPLY, title="June & July"))

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "June & July"
    assert root.get("width") == "760"
    labels = {child.get("id") for child in root if child.get("id")}
    assert set((root.get("aria-labelledby") or "").split()) == labels


def test_the_picture_needs_nothing_from_outside() -> None:
    svg = picture(*CONVERSATION, by_bot(say(Link("the list", "https://example.org/list"))))

    assert not re.search(r"<(script|image|use|a|foreignObject|style)\b", svg)
    assert not re.search(r"(href|src|onload)=", svg)


def test_mark_up_in_what_people_write_stays_words() -> None:
    svg = picture(by_fiona('</text><script>"&amp;" & \x00\ud800'), title="<b>")

    assert '</text><script>"&amp;" & \ufffd\ufffd' in texts(svg)
    assert "<script" not in svg


@given(text=st.text(min_size=1), name=st.text(min_size=1))
def test_whatever_is_said_makes_sound_xml(text: str, name: str) -> None:
    said = Shown(name=name, when=name, is_bot=False, blocks=[], text=text)
    in_blocks = by_bot(Heading(text), say(Bold(text)), Quote(text), Note(text))

    svg = draw([said, in_blocks], title=text, subtitle=name)

    assert height(svg) > 0


# What it draws


def test_the_same_conversation_gives_the_same_bytes() -> None:
    assert picture(*CONVERSATION) == picture(*CONVERSATION)


def test_more_words_make_a_taller_picture() -> None:
    heights = [height(picture(by_fiona("on track " * times))) for times in (1, 40, 80)]

    assert heights == sorted(set(heights))
    assert height(picture(NUDGE)) < height(picture(*CONVERSATION))


def test_nothing_is_drawn_outside_the_panel() -> None:
    svg = picture(*CONVERSATION, by_fiona("W" * 400))

    for box in boxes(svg):
        right = float(box.get("x", "")) + float(box.get("width", ""))
        bottom = float(box.get("y", "")) + float(box.get("height", ""))
        assert right <= 760
        assert bottom <= height(svg)
    assert max(len(line) for line in texts(svg) if set(line) == {"W"}) * 15 * 0.944 < 658


def test_lines_stand_below_each_other() -> None:
    words = by_fiona("one word and another " * 30)
    drawn = ElementTree.fromstring(picture(words)).iter(f"{SVG}text")
    baselines = [float(t.get("y", "")) for t in drawn if "word" in "".join(t.itertext())]

    gaps = [below - above for above, below in pairwise(baselines)]
    assert len(gaps) > 3
    assert min(gaps) >= 18


def test_lines_keep_their_length_in_whatever_font() -> None:
    svg = picture(by_fiona("ill"), by_fiona("MMM"), by_bot(say(Bold("ill"))))
    drawn = {
        ("".join(t.itertext()), t[0].get("font-weight") if len(t) else None): t.get("textLength")
        for t in ElementTree.fromstring(svg).iter(f"{SVG}text")
    }

    assert drawn["ill", None] == "10"
    assert drawn["ill", "700"] == "12.5"
    assert drawn["MMM", None] == "37.5"


def test_lines_of_unknown_letters_are_left_as_wide_as_they_are() -> None:
    svg = picture(by_fiona("画像"), by_fiona("naïve"))
    drawn = ElementTree.fromstring(svg).iter(f"{SVG}text")
    held = {"".join(t.itertext()): t.get("textLength") for t in drawn}

    assert held["画像"] is None
    assert held["naïve"] is not None


def test_conversations_stand_below_each_other_with_nothing_between() -> None:
    first = Panel(title="Fiona Grant", subtitle="June", conversation=[NUDGE, REPLY])
    second = Panel(title="Pat Lowe", subtitle="July", conversation=[REPLY])
    svg = draw_panels([first, second], title="Both")
    panels = [b for b in boxes(svg) if b.get("rx") == "12"]
    alone = [draw(p.conversation, title=p.title, subtitle=p.subtitle) for p in (first, second)]

    assert texts(svg) == [*texts(alone[0]), *texts(alone[1])]
    ends = [float(b.get("y", "")) + float(b.get("height", "")) for b in panels]
    assert float(panels[1].get("y", "")) - ends[0] > 10
    assert height(svg) > sum(height(one) for one in alone)
    described = description(svg).split("\n\n")
    assert described[0] == "Fiona Grant. June"
    assert described[3] == "Pat Lowe. July"


def test_bold_words_are_bold_in_the_line_they_stand_in() -> None:
    svg = picture(by_bot(say("Recorded for ", Bold("A-05"), ": on track.")))

    assert 'Recorded for <tspan font-weight="700">A-05</tspan>: on track.' in svg


def test_a_pressed_button_is_filled_and_ticked_and_no_other() -> None:
    row = answers("5")
    svg = picture(by_bot(row, pressed="Done"))

    assert [label for label, _ in ANSWERS if filled(svg, label=label)] == ["Done"]
    assert picture(by_bot(row, pressed="reply.done")) == svg
    assert picture(by_bot(row, pressed="row-0/reply.done")) == svg
    assert svg.count("<path") == picture(by_bot(row)).count("<path") + 1


def test_a_button_that_is_not_there_cannot_be_pressed() -> None:
    with pytest.raises(UnknownButtonError, match=r"no button 'Undo'.*row-0/reply\.on_track"):
        picture(by_bot(answers("5"), pressed="Undo"))


def test_buttons_go_on_in_a_new_row_where_one_is_full() -> None:
    labels = [f"Tell colleague number {n} about this" for n in range(6)]
    buttons = Buttons(tuple(Button(label=label, action="tell", value="1") for label in labels))
    outlined = [b for b in boxes(picture(by_bot(buttons))) if b.get("rx") == "6"]

    assert len(outlined) == 6
    assert len({b.get("y") for b in outlined}) > 1
    for row in {b.get("y") for b in outlined}:
        beside = [b for b in outlined if b.get("y") == row]
        ends = [float(b.get("x", "")) + float(b.get("width", "")) for b in beside]
        starts = [float(b.get("x", "")) for b in beside]
        assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


def test_what_asks_for_care_has_its_own_colour() -> None:
    styled = Buttons(
        (
            Button(label="Agree", action="a", value="1", style="primary"),
            Button(label="Refuse", action="b", value="1", style="danger"),
        )
    )
    outlined = [b for b in boxes(picture(by_bot(styled))) if b.get("rx") == "6"]

    assert len({b.get("stroke") for b in outlined}) == 2
    assert {b.get("fill") for b in outlined} == {"#ffffff"}


def test_quotes_have_a_bar_and_lists_their_bullets() -> None:
    svg = picture(by_bot(Quote("On track"), bullets("one", "two"), Divider(), Heading("Next")))

    assert [b for b in boxes(svg) if b.get("width") == "4"]
    assert texts(svg).count("•") == 2
    assert "“On track”\n• one\n• two\nNext" in description(svg)


def test_mark_up_of_sections_and_code_is_read() -> None:
    code = {"type": "text", "text": "if a:\n    b"}
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Late* &amp; _here_, a_b_c"}},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [code]}],
        },
    ]
    svg = picture(Shown(name="F", when="9:00", is_bot=True, blocks=blocks, text="Late"))

    assert {"Late & here, a_b_c", "if a:", "    b"} <= set(texts(svg))
