"""The same app, reached by signed HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.rehearsal import RehearsalServer
from tests.rehearsal.conftest import SmallBot, a_modal, button


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def bot(slack: RehearsalServer, client: WebClient) -> Iterator[SmallBot]:
    """The small bot behind a WSGI server on the loopback."""
    bot = SmallBot(client, slack.workspace.app.signing_secret)
    with make_server("127.0.0.1", 0, SlackRequestHandler(bot.app), handler_class=Quiet) as web:
        thread = threading.Thread(target=lambda: web.serve_forever(poll_interval=0.01))
        thread.start()
        slack.workspace.configure(request_url=f"http://127.0.0.1:{web.server_port}/slack/events")
        yield bot
        slack.stop()
        web.shutdown()
        thread.join()


@pytest.mark.usefixtures("bot")
def test_the_address_is_verified(slack: RehearsalServer) -> None:
    assert slack.verify_url()


def test_an_event_is_signed_and_taken(slack: RehearsalServer, bot: SmallBot) -> None:
    slack.as_user("UDANA").tell("hello")

    assert [e["text"] for e in bot.events()] == ["hello"]
    assert slack.workspace.deliveries.all[0].acked


def test_a_wrong_signature_is_no_delivery(slack: RehearsalServer, bot: SmallBot) -> None:
    slack.workspace.configure(signing_secret="another")
    slack.as_user("UDANA").tell("hello")

    assert bot.heard == []
    assert slack.workspace.deliveries.all[0].reason == "http_error"


def test_a_failed_event_is_retried_twice(slack: RehearsalServer, bot: SmallBot) -> None:
    bot.failing = 9
    slack.as_user("UDANA").tell("hello")
    slack.advance(days=1)

    assert len(bot.heard) == 3
    assert slack.workspace.deliveries.all[0].state == "dropped"


@pytest.mark.usefixtures("bot")
def test_a_command_answers(slack: RehearsalServer) -> None:
    dana = slack.as_user("UDANA")

    assert dana.command("/status", "A-12").text == "Status of A-12"
    assert dana.command("/status", "fail").error == "dispatch_failed"


def test_a_press_and_a_modal_go_through(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    dana = slack.as_user("UDANA")
    blocks = [{"type": "actions", "elements": [button("ask", label="Ask")]}]
    client.chat_postMessage(channel=dana.dm, text="A-12", blocks=blocks)
    assert dana.press(dana.inbox()[-1], "ask", label="Ask") == ""
    modal = dana.modal()
    assert modal is not None
    bot.submission_answer = {"response_action": "update", "view": a_modal(callback_id="done")}
    shown = dana.submit(modal, {"reason": "late"}).view

    assert shown is not None
    assert shown.body["callback_id"] == "done"
