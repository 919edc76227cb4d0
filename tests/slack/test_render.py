"""What Slack is given: within its limits, and nothing that people wrote is parsed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import PermanentError
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Link,
    Message,
    Note,
    Quote,
    Text,
    message,
    say,
)
from bot.rehearsal import blocks
from bot.slack import render

words = st.text(max_size=200) | st.sampled_from(
    ["<!channel>", "<@U0001>", "&lt;!here&gt;", "<https://a|b>", "*bold* _it_ `c`", "", "\n"]
)
urls = words | st.sampled_from(["https://example.org/a?b=1&c=<2>", "javascript:x", "http://[x"])
spans = words | st.builds(Bold, words) | st.builds(Link, words, urls)
rows = st.lists(spans, max_size=4).map(tuple)
labels = st.builds(
    Button,
    label=words,
    action=st.sampled_from(["reply.done", "reply.at_risk"]),
    value=st.just("{}"),
    confirm=st.none() | words,
)
parts = st.one_of(
    st.builds(Heading, words),
    st.builds(Text, rows),
    st.builds(Bullets, st.lists(rows, max_size=4).map(tuple)),
    st.builds(Quote, words),
    st.builds(Buttons, st.lists(labels, min_size=1, max_size=8).map(tuple)),
    st.just(Divider()),
    st.builds(Note, words),
)
messages = st.lists(parts, max_size=12).map(lambda found: Message(parts=tuple(found)))


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in blocks, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


@given(messages)
def test_every_message_is_one_that_slack_takes(said: Message) -> None:
    drawn = render.draw(said)

    assert blocks.message(drawn.blocks) == []
    assert 0 < len(drawn.text) <= 4_000


@given(messages)
def test_nothing_that_people_wrote_is_parsed(said: Message) -> None:
    drawn = render.draw(said)

    # Slack parses the top-level text and mrkdwn objects; mentions have leaves of their own.
    assert "<" not in drawn.text
    assert ">" not in drawn.text
    kinds = {each.get("type") for each in objects(drawn.blocks)}
    assert kinds.isdisjoint({"mrkdwn", "user", "usergroup", "channel", "broadcast", "emoji"})


@given(messages)
def test_every_home_tab_is_one_that_slack_takes(said: Message) -> None:
    assert blocks.home(render.home(said)) == []


def test_the_top_level_text_says_everything() -> None:
    said = message(
        Heading("Digest"),
        say("Due ", Bold("today"), ": ", Link("the plan", "https://example.org/plan")),
        Bullets((("A-01 <late>",), ("A-02",))),
        Quote("On track & well"),
        Buttons((Button(label="Done", action="reply.done", value="{}"),)),
        Note("Checked at 09:00."),
    )

    assert render.draw(said).text == (
        "Digest\nDue today: the plan (https://example.org/plan)\n• A-01 &lt;late&gt;\n• A-02\n"
        "“On track &amp; well”\nButtons: Done.\nChecked at 09:00."
    )


def test_neighbouring_words_share_one_block() -> None:
    drawn = render.draw(message(*(say(f"line {n}") for n in range(80))))

    assert len(drawn.blocks) == 1


def test_more_buttons_than_a_row_holds_go_on_in_the_next() -> None:
    pressed = tuple(
        Button(label=f"Option {n}", action="question.answer", value=f'{{"option":{n}}}')
        for n in range(30)
    )

    drawn = render.draw(message(Buttons(pressed)))

    assert [len(block["elements"]) for block in drawn.blocks] == [25, 5]
    assert blocks.message(drawn.blocks) == []


def test_a_message_that_needs_over_fifty_blocks_is_refused() -> None:
    with pytest.raises(PermanentError, match="50"):
        render.draw(message(*(Divider() for _ in range(51))))


def test_a_home_tab_counts_what_does_not_fit() -> None:
    home = render.home(message(*(Heading(f"Item {n}") for n in range(130))))

    assert len(home["blocks"]) == 100
    assert "31 more" in json.dumps(home["blocks"][-1])


def test_long_words_are_cut_with_an_honest_count() -> None:
    drawn = render.draw(message(*(Quote("x" * 2_900) for _ in range(6))))

    assert "and 3 more" in json.dumps(drawn.blocks, ensure_ascii=False)
    assert sum(len(o["text"]) for o in objects(drawn.blocks) if "elements" not in o) < 13_200


def test_a_form_is_a_modal_that_slack_takes_and_gives_back() -> None:
    form = Form(
        callback="date.request",
        title="More time for the whole of the plan",
        submit="Ask",
        private={"item": 1, "v": 2},
        intro=(say("A-01"),),
        fields=(
            Field(name="date", label="New date", hint="For example: 30 September"),
            Field(name="reason", label="Why", kind=FieldKind.LINES, value="Late <!here>"),
            Field(name="day", label="Day", kind=FieldKind.DAY, value="2022-05-16"),
            Field(
                name="stands",
                label="Does it stand?",
                kind=FieldKind.CHOICE,
                value="b",
                choices=(("a", "Yes"), ("b", "No")),
                optional=True,
            ),
        ),
    )

    view = render.modal(form)

    assert blocks.modal(view) == []
    assert render.private(view) == {"item": 1, "v": 2}


def test_what_was_filled_in_comes_back_by_field() -> None:
    filled = {
        "date": {"entry": {"type": "plain_text_input", "value": "30 September"}},
        "day": {"entry": {"type": "datepicker", "selected_date": "2022-05-16"}},
        "stands": {"entry": {"type": "static_select", "selected_option": {"value": "b"}}},
        "reason": {"entry": {"type": "plain_text_input", "value": None}},
    }

    assert render.values({"state": {"values": filled}}) == {
        "date": "30 September",
        "day": "2022-05-16",
        "stands": "b",
        "reason": "",
    }


def test_a_tick_and_several_choices_come_back_as_they_were_left() -> None:
    people = tuple((str(n), f"Person {n}") for n in range(150))
    form = Form(
        callback="x",
        title="X",
        submit="Send",
        fields=(
            Field(name="add", label="Add", kind=FieldKind.TICK, choices=(("yes", "Add"),)),
            Field(name="who", label="Who", kind=FieldKind.CHOICES, choices=people, value="3,140"),
            Field(name="one", label="One", kind=FieldKind.CHOICE, choices=people, value="149"),
        ),
    )

    view = render.modal(form)

    assert blocks.modal(view) == []
    elements = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert [each["value"] for each in elements["who"]["initial_options"]] == ["3", "140"]
    assert [len(g["options"]) for g in elements["one"]["option_groups"]] == [100, 50]
    entered = {
        "add": {"entry": {"type": "checkboxes", "selected_options": []}},
        "who": {
            "entry": {
                "type": "multi_static_select",
                "selected_options": elements["who"]["initial_options"],
            }
        },
    }
    assert render.values({"state": {"values": entered}}) == {"add": "", "who": "3,140"}
