"""Log lines: events, ids, and nothing that anybody wrote."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot import logs
from bot.domain.errors import PermanentError, in_log
from bot.slack.http import Log

MARK = "zebracrossing"


class Lines:
    """A logger of a name, and what it wrote in one of our forms."""

    def __init__(self, name: str, form: logging.Formatter) -> None:
        self._stream = io.StringIO()
        self._handler = logging.StreamHandler(self._stream)
        self._handler.setFormatter(form)
        self.logger = logging.getLogger(name)
        self.logger.addHandler(self._handler)
        self.logger.setLevel(logging.DEBUG)

    def close(self) -> str:
        """What was written."""
        self.logger.removeHandler(self._handler)
        return self._stream.getvalue()


@pytest.fixture
def undisturbed() -> Iterator[None]:
    """The process's own logging as it was, afterwards."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level, logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook
    yield
    root.handlers[:], level, logging.raiseExceptions = kept
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


def test_a_line_for_reading_has_its_event_and_its_ids() -> None:
    lines = Lines("bot.services.delivery", logs.Plain())
    lines.logger.info(
        "put off %s: %s",
        "nudge:4:2022-05-12",
        "the group is paused",
        extra=logs.about(group="imaging", outbox=12, person=4, item=None),
    )
    (line,) = lines.close().splitlines()

    assert line.split(" ", 2)[1:] == [
        "INFO",
        "put off nudge:4:2022-05-12: the group is paused event=put_off group=imaging outbox=12 "
        "person=4 logger=bot.services.delivery",
    ]


def test_the_same_as_json_is_one_object_a_line() -> None:
    lines = Lines("bot.services.delivery", logs.Json())
    ids = logs.about(group="imaging", outbox=12, item=logs.items({"items": [1, 2]}))
    lines.logger.warning("sent %s", "two\nlines", extra=ids)
    (line,) = lines.close().splitlines()
    found = json.loads(line)
    found.pop("at")

    assert found == {
        "level": "WARNING",
        "event": "sent",
        "says": "sent two\nlines",
        "group": "imaging",
        "outbox": 12,
        "item": "1,2",
        "logger": "bot.services.delivery",
    }


def test_a_line_stays_one_line() -> None:
    lines = Lines("bot.x", logs.Plain())
    lines.logger.info("cannot read on yet: %s", "one\ntwo", extra=logs.about(why='a "b" c'))
    assert lines.close().count("\n") == 1


@pytest.mark.parametrize("form", [logs.Plain(), logs.Json()])
@pytest.mark.parametrize("name", ["slack_sdk.socket_mode", "sqlalchemy.pool", "gunicorn.error"])
def test_what_a_library_quotes_is_left_out_and_its_place_kept(
    name: str, form: logging.Formatter
) -> None:
    lines = Lines(name, form)
    try:
        raise ValueError(MARK)
    except ValueError as error:
        lines.logger.exception("Failed on %s: %s", MARK, error)
    written = lines.close()

    assert MARK not in written
    assert "ValueError" in written
    assert "test_logs.py:" in written


def test_what_nobody_catches_is_named_without_its_text(
    undisturbed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert undisturbed is None
    logs.start(as_json=True)

    def fails() -> None:
        raise ValueError(MARK)

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    try:
        fails()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    written = capsys.readouterr().err.splitlines()

    assert [json.loads(line)["failure"] for line in written] == ["ValueError"] * 2
    assert not any(MARK in line for line in written)


def test_the_web_server_s_own_lines_take_our_form(undisturbed: None) -> None:
    assert undisturbed is None
    logs.start()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    error_log = logging.getLogger("gunicorn.error")
    error_log.addHandler(handler)
    logs.dress(error_log)
    error_log.error("Error handling request %s", MARK)
    error_log.removeHandler(handler)

    assert issubclass(Log, object)
    assert MARK not in stream.getvalue()
    assert "event=library" in stream.getvalue()


def test_a_failure_s_sentence_is_logged_without_what_it_quotes() -> None:
    said = PermanentError(f'The database did not answer (near "{MARK}": syntax error).')
    assert in_log(said, "x.py:1") == ("The database did not answer (near “…”: syntax error).")
    assert in_log(ValueError(MARK), "x.py:1") == "ValueError at x.py:1"
