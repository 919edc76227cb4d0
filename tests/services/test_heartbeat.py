"""Whether the bot is at work, for whoever watches it from outside."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from bot.domain.errors import TransientError
from bot.domain.messages import message, say
from bot.domain.outgoing import Outgoing
from bot.pulse import Pulse
from bot.services import heartbeat
from bot.services.catching_up import Gap
from bot.services.duties import SWEEPS, Duties
from storage import conversations, outbox
from storage.conversations import Conversation
from storage.database import Database
from tests.clock import FakeClock
from tests.services.posting import Post
from tests.services.shelves import Shelf


class Reader:
    """A Slack that can be read, or not."""

    def __init__(self) -> None:
        self.works = True

    def since(self, conversation: Conversation, ts: str) -> list[Mapping[str, Any]]:
        assert conversation.seen_ts >= ts
        if not self.works:
            raise TransientError("Slack could not be reached.")
        return []


def duties(database: Database, clock: FakeClock, reader: Reader | None = None) -> Duties:
    return Duties(
        database=database,
        sender=Post(),
        reader=reader or Reader(),
        files=Shelf(),
        hear=lambda _event: None,
        gap=Gap(),
        clock=clock,
    )


def line(database: Database, clock: FakeClock) -> tuple[bool, str]:
    found = heartbeat.look(database, now=clock())
    return found.well, found.line


def test_it_is_well_while_every_sweep_and_delivery_run(
    database: Database, clock: FakeClock
) -> None:
    assert line(database, clock) == (
        False,
        "No sweep has ever run: start `python -m bot serve`.",
    )
    duties(database, clock).run_all()
    clock.advance(minutes=4)
    assert line(database, clock) == (
        True,
        "Well: every sweep and delivery ran within 4 minutes, and nothing owed is overdue.",
    )


def test_a_sweep_or_delivery_that_stands_still_is_named(
    database: Database, clock: FakeClock
) -> None:
    work = duties(database, clock)
    work.run_all()
    clock.advance(minutes=6)
    for name in SWEEPS:
        if name != "nudges":
            work.run(name)

    well, said = line(database, clock)
    assert not well
    assert "nudges and delivery last ran 6 minutes ago or more" in said
    work.run("nudges")
    work.deliver()
    assert line(database, clock)[0]


def test_a_message_that_nobody_sends_is_noticed(database: Database, clock: FakeClock) -> None:
    duties(database, clock).run_all()
    owed = Outgoing(key="one", group_id=None, channel_id="C1", message=message(say("x")))
    with database.transaction() as session:
        outbox.enqueue(session, owed, due_at=clock() - timedelta(minutes=7), now=clock())

    assert "the oldest message owed has been due for 7 minutes" in line(database, clock)[1]


def test_a_gap_that_cannot_be_read_is_said(database: Database, clock: FakeClock) -> None:
    reader = Reader()
    work = duties(database, clock, reader)
    work.run_all()
    with database.transaction() as session:
        conversations.know(
            session, team_id="T", channel_id="D1", kind="im", user_id="U1", ts="1652346000.0"
        )
    reader.works = False
    work.gap.open()
    work.run_all()

    assert "what was said since a gap cannot be read yet" in line(database, clock)[1]
    reader.works = True
    clock.advance(minutes=2)
    work.run_all()
    assert line(database, clock)[0]


@pytest.fixture
def watcher() -> Iterator[tuple[str, list[str]]]:
    """An address outside, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/secret", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_dead_man_s_switch_is_only_told_while_all_is_well(
    database: Database,
    clock: FakeClock,
    watcher: tuple[str, list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    url, asked = watcher
    pulse = Pulse(url, database, clock, ssl.create_default_context(), None)
    assert not pulse.beat()
    duties(database, clock).run_all()
    assert pulse.beat()
    clock.advance(minutes=6)
    assert not pulse.beat()
    pulse.close()

    assert asked == ["/secret"]
    assert "secret" not in caplog.text


def test_an_address_that_does_not_answer_is_not_printed(
    database: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    duties(database, clock).run_all()
    pulse = Pulse("http://127.0.0.1:9/secret", database, clock, ssl.create_default_context(), None)
    assert not pulse.beat()
    pulse.close()

    assert "heartbeat not told (ConnectError)" in caplog.text
    assert "secret" not in caplog.text
