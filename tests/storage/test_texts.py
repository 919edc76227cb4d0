"""The list of columns in which words may stand is the schema's, whole."""

from __future__ import annotations

from storage import texts


def test_every_text_column_is_said_to_hold_words_or_not() -> None:
    listed = set(texts.classified())

    assert sorted(texts.of_schema() - listed) == [], "say in storage/texts.py what these hold"
    assert sorted(listed - texts.of_schema()) == [], "these are no columns any more"
