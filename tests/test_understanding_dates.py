"""`python -m bot understand date`: what goes in on a line, and what comes out on one."""

from __future__ import annotations

import json
from typing import Any

from typer.testing import CliRunner

from bot.cli import cli

KEYS = [
    "words",
    "kind",
    "earliest",
    "latest",
    "at",
    "precision",
    "candidates",
    "question",
    "moved_from",
    "explanation",
]


def understood(*lines: str | dict[str, Any], options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The answers to these lines, in order."""
    typed = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    outcome = CliRunner().invoke(cli, ["understand", "date", "-", *options], input=typed)
    return [json.loads(line) for line in outcome.stdout.splitlines()]


def test_a_text_is_answered_with_its_deadline() -> None:
    typed = ["understand", "date", "5pm on 31 March", "--on", "2023-01-16"]
    outcome = CliRunner().invoke(cli, typed)

    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout) == {
        "words": "5pm on 31 March",
        "kind": "firm",
        "earliest": "2023-03-31",
        "latest": "2023-03-31",
        "at": "2023-03-31T16:00:00Z",
        "precision": "minute",
        "candidates": [],
        "question": None,
        "moved_from": None,
        "explanation": "17:00 in London (16:00 UTC) on Friday 31 March 2023: the day stated.",
    }


def test_each_line_is_answered_in_order_by_what_it_says_and_the_options_say() -> None:
    answers = understood(
        {"text": "in 1 working day", "on": "2023-04-06", "nation": "scotland"},
        {"text": "in 1 working day", "on": "2023-04-06"},
        {"text": "moved right by a month", "current": "2023-02-28"},
        {
            "text": "before the House rises",
            "recesses": [{"name": "summer", "rises": "2023-07-20", "returns": "2023-09-04"}],
        },
        {"text": "by the next meeting", "next_meeting": "2023-03-08"},
        {"text": "within 28 days of publication", "published_on": "2023-01-10"},
        {"text": "within 28 days of receipt", "received_on": "2023-01-12"},
        options=("--on", "2023-01-16", "--nation", "wales"),
    )

    assert [answer["latest"] for answer in answers] == [
        "2023-04-10",
        "2023-04-11",
        "2023-03-28",
        "2023-07-20",
        "2023-03-08",
        "2023-02-07",
        "2023-02-09",
    ]
    assert answers[2]["moved_from"] == "2023-02-28"


def test_a_line_that_cannot_be_used_is_answered_by_what_is_wrong_with_it() -> None:
    day = {"on": "2023-01-16"}
    answers = understood(
        {"text": "by Friday", **day},
        "by Friday",
        "[" * 5000,
        '["by Friday"]',
        {"text": 31, **day},
        {"text": "by Friday"},
        {"text": "by Friday", "on": "2023-02-30"},
        {"text": "by Friday", "on": "9999-12-31"},
        {"text": "by Friday", "nation": "Ruritania", **day},
        {"text": "by Friday", "recesses": "summer", **day},
        {"text": "by recess", "recesses": [{"name": "summer"}], **day},
        {"text": "by Friday", "deadline": "2023-01-20", **day},
        {"text": "by Friday", **day},
    )

    assert [answer["latest"] for answer in answers] == ["2023-01-20", *[None] * 11, "2023-01-20"]
    assert all(list(answer) == KEYS for answer in answers)
    assert all(answer["kind"] == "open" and answer["question"] for answer in answers[1:-1])


def test_a_line_with_half_a_character_is_answered_like_any_other() -> None:
    answers = understood('{"text": "\\ud83d by Friday", "on": "2023-01-16"}')

    assert [answer["latest"] for answer in answers] == ["2023-01-20"]


def test_an_unusable_line_is_told_to_whoever_runs_it() -> None:
    outcome = CliRunner().invoke(cli, ["understand", "date", "-"], input="by Friday\n")

    assert outcome.exit_code == 1
    assert outcome.stderr == "Line 1 is not JSON: give one object a line.\n"
