"""What Slack refuses, by its own names."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.rehearsal import Workspace
from tests.rehearsal.conftest import section

REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("chat.fly", {}, "unknown_method"),
    ("chat.postMessage", {"text": "hi"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "CNONE", "text": "hi"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "CSECRET", "text": "hi"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "CELSE", "text": "hi"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "COLD", "text": "hi"}, "is_archived"),
    ("chat.postMessage", {"channel": "UMAX", "text": "hi"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "CHOME"}, "no_text"),
    ("chat.postMessage", {"channel": "CHOME", "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "CHOME", "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "CHOME", "blocks": [{}]}, "invalid_blocks"),
    (
        "chat.postMessage",
        {"channel": "CHOME", "blocks": [section("x" * 2900)] * 5},
        "msg_blocks_too_long",
    ),
    (
        "chat.postMessage",
        {"channel": "CHOME", "text": "hi", "metadata": {"event_type": "a"}},
        "invalid_metadata_format",
    ),
    (
        "chat.postMessage",
        {
            "channel": "CHOME",
            "text": "hi",
            "metadata": {"event_type": "a", "event_payload": {"a": "x" * 17_000}},
        },
        "metadata_too_large",
    ),
    (
        "chat.postEphemeral",
        {"channel": "CHOME", "user": "UREX", "text": "a"},
        "user_not_in_channel",
    ),
    ("chat.update", {"channel": "CHOME", "ts": "1.0", "text": "a"}, "message_not_found"),
    ("chat.delete", {"channel": "CHOME", "ts": "1.0"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "CHOME", "message_ts": "1.0"}, "message_not_found"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "UGONE"}, "user_disabled"),
    ("conversations.open", {"users": "UNONE"}, "user_not_found"),
    ("conversations.open", {"users": "UMAX"}, "user_not_visible"),
    ("conversations.history", {"channel": "CELSE"}, "not_in_channel"),
    ("conversations.history", {"channel": "CHOME", "oldest": "soon"}, "invalid_ts_oldest"),
    ("conversations.history", {"channel": "CHOME", "cursor": "%"}, "invalid_cursor"),
    ("conversations.replies", {"channel": "CHOME", "ts": "1.0"}, "thread_not_found"),
    ("conversations.list", {"types": "rooms"}, "invalid_types"),
    ("users.info", {"user": "UNONE"}, "user_not_found"),
    ("users.lookupByEmail", {"email": "rex@example.com"}, "users_not_found"),
    ("bots.info", {"bot": "BNONE"}, "bot_not_found"),
    ("team.info", {"team": "TNONE"}, "team_not_found"),
    ("files.info", {"file": "FNONE"}, "file_not_found"),
    ("views.publish", {"user_id": "UDANA", "view": {"type": "home"}}, "invalid_arguments"),
]


@pytest.mark.parametrize(("method", "params", "error"), REFUSALS)
def test_what_slack_refuses_is_refused_by_its_name(
    workspace: Workspace, client: WebClient, method: str, params: dict[str, Any], error: str
) -> None:
    workspace.add_user("UGONE", "Gone Away", deleted=True)
    workspace.add_channel("COLD", "old", members=["U0FOLLOW01"], archived=True)

    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=params)
    assert caught.value.response["error"] == error
