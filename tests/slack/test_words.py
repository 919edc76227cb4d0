"""Slack's escapes out of what people typed."""

from __future__ import annotations

import pytest

from bot.slack.words import mentions, typed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("done &amp; dusted &lt;ok&gt;", "done & dusted <ok>"),
        ("see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"),
        ("see <https://example.org/plan|the plan>", "see the plan (https://example.org/plan)"),
        ("see <http://rcr.ac.uk|rcr.ac.uk>", "see http://rcr.ac.uk"),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("<@UBOT> status", "status"),
        ("ask <@U2|sam>", "ask @sam"),
        ("in <#C1|imaging>, <!here>", "in #imaging, @here"),
        ("&lt;!channel&gt;", "<!channel>"),
    ],
)
def test_words_are_as_a_reader_sees_them(text: str, shown: str) -> None:
    assert typed(text, without="UBOT") == shown


def test_a_mention_is_seen_with_or_without_its_label() -> None:
    assert mentions({"text": "hi <@UBOT>"}, "UBOT")
    assert mentions({"text": "hi <@UBOT|bot>"}, "UBOT")
    assert not mentions({"text": "hi &lt;@UBOT&gt;"}, "UBOT")
