"""Faults on demand, the pace, and the record of calls."""

from __future__ import annotations

import http.client
import threading
import urllib.error

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.rehearsal import RehearsalClock, RehearsalServer, Workspace
from bot.rehearsal.workspace import START

CUT = (urllib.error.URLError, http.client.RemoteDisconnected, ConnectionError)


def texts(client: WebClient) -> list[str]:
    """What stands in the channel, oldest first."""
    return [m["text"] for m in client.conversations_history(channel="CHOME")["messages"][::-1]]


def test_a_connection_dropped_after_acceptance_leaves_the_message(
    slack: RehearsalServer, client: WebClient
) -> None:
    slack.faults.add(method="chat.postMessage", kind="drop_after_acceptance")
    with pytest.raises(CUT):
        client.chat_postMessage(channel="CHOME", text="once")

    assert texts(client) == ["once"]


def test_a_connection_dropped_before_leaves_nothing(
    slack: RehearsalServer, client: WebClient
) -> None:
    slack.faults.add(method="chat.postMessage", kind="drop_before")
    with pytest.raises(CUT):
        client.chat_postMessage(channel="CHOME", text="never")

    assert texts(client) == []


@pytest.mark.parametrize(("kind", "stands"), [("500", []), ("500_after_acceptance", ["a"])])
def test_a_server_error_may_come_before_or_after(
    slack: RehearsalServer, client: WebClient, kind: str, stands: list[str]
) -> None:
    slack.faults.add(method="chat.postMessage", kind=kind)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="CHOME", text="a")

    assert caught.value.response.status_code == 500
    assert texts(client) == stands


def test_a_fault_meets_only_the_calls_it_is_for(slack: RehearsalServer, client: WebClient) -> None:
    slack.faults.add(
        method="chat.postMessage",
        kind="error",
        error="fatal_error",
        times=1,
        skip=1,
        matching=lambda args: args["text"] != "spared",
    )
    client.chat_postMessage(channel="CHOME", text="spared")
    client.chat_postMessage(channel="CHOME", text="skipped")
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel="CHOME", text="met")
    client.chat_postMessage(channel="CHOME", text="over")

    assert texts(client) == ["spared", "skipped", "over"]


def test_too_fast_is_429_with_the_time_to_wait(slack: RehearsalServer, client: WebClient) -> None:
    slack.faults.add(kind="429", retry_after=17)
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "17"


def test_the_strict_pace_is_one_message_a_second_by_the_workspace_clock() -> None:
    workspace = Workspace(RehearsalClock(START), strict_rate=True)
    workspace.add_user("UDANA")
    workspace.add_channel("CHOME", "imaging", members=["U0FOLLOW01"])
    with RehearsalServer(workspace) as slack:
        client = WebClient(workspace.app.bot_token, base_url=slack.url, retry_handlers=[])
        for _ in range(3):
            client.chat_postMessage(channel="CHOME", text="burst")
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel="CHOME", text="too fast")
        client.chat_postMessage(channel="UDANA", text="elsewhere")
        slack.advance(seconds=1)
        client.chat_postMessage(channel="CHOME", text="in time")

    assert caught.value.response.headers["Retry-After"] == "1"


def test_a_call_can_be_held_before_it_counts(slack: RehearsalServer, client: WebClient) -> None:
    held = slack.faults.add(method="chat.postMessage", kind="hold_before")
    caller = threading.Thread(
        target=lambda: client.chat_postMessage(channel="CHOME", text="waited")
    )
    caller.start()
    held.wait_until_reached()
    assert texts(client) == []
    held.release()
    caller.join(5)

    assert texts(client) == ["waited"]


def test_down_refuses_every_connection_until_up(slack: RehearsalServer, client: WebClient) -> None:
    slack.down()
    with pytest.raises(CUT):
        client.auth_test()
    slack.up()

    assert client.auth_test()["ok"]


def test_every_call_is_recorded_without_its_token(
    slack: RehearsalServer, client: WebClient
) -> None:
    slack.faults.add(method="chat.postMessage", kind="drop_before")
    with pytest.raises(CUT):
        client.chat_postMessage(channel="CHOME", text="a")
    client.auth_test(token=client.token)

    first, second = slack.calls
    assert (first.method, first.args["text"], first.status, first.ok) == (
        "chat.postMessage",
        "a",
        0,
        False,
    )
    assert (second.method, second.args, second.ok) == ("auth.test", {}, True)
    assert second.at == START


def test_a_stopped_server_comes_back_at_its_address(
    slack: RehearsalServer, client: WebClient
) -> None:
    address = slack.url
    slack.stop()
    with pytest.raises(CUT):
        client.auth_test()
    slack.start()

    assert slack.url == address
    assert client.auth_test()["ok"]
