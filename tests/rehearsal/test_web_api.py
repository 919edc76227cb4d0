"""The Web API as slack_sdk's client speaks it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.rehearsal import RehearsalServer, Workspace
from tests.rehearsal.conftest import button, section


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> Any:
    """Slack's name for what went wrong."""
    return error.value.response["error"]


def test_the_token_says_who_the_bot_is(client: WebClient) -> None:
    answer = client.auth_test()

    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (
        "U0FOLLOW01",
        "B0FOLLOW01",
        "T0HOME",
    )


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("xoxb-wrong", "invalid_auth"),
        ("", "not_authed"),
        ("xapp-rehearsal-app", "not_allowed_token_type"),
    ],
)
def test_a_wrong_token_is_refused(slack: RehearsalServer, token: str, error: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        WebClient(token, base_url=slack.url).auth_test()
    assert refusal(caught) == error


def test_wrong_blocks_are_refused_with_the_place(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="CHOME", text="a", blocks=[section("x" * 3001)])

    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_a_missing_scope_is_named(workspace: Workspace, client: WebClient) -> None:
    workspace.configure(scopes=workspace.app.scopes - {"channels:history", "chat:write"})

    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="CHOME", text="hi")
    assert refusal(caught) == "missing_scope"
    assert caught.value.response["needed"] == "chat:write"
    with pytest.raises(SlackApiError) as caught:
        client.conversations_history(channel="CHOME")
    assert caught.value.response["needed"] == "channels:history"


def test_people_from_outside_are_not_listed_but_can_be_looked_up(
    slack: RehearsalServer, client: WebClient
) -> None:
    listed = [user["id"] for user in client.users_list()["members"]]
    rex, stranger = (client.users_info(user=u)["user"] for u in ("UREX", "UMAX"))

    assert listed == ["U0FOLLOW01", "UDANA", "UPAT"]
    assert (rex["team_id"], rex["is_stranger"], stranger["is_stranger"]) == ("T2", False, True)
    assert "email" not in rex["profile"]
    assert "tz" not in stranger
    slack.workspace.join(slack.workspace.channel("CHOME"), slack.workspace.user("UMAX"))
    assert client.users_info(user="UMAX")["user"]["is_stranger"] is False


def test_a_colleague_is_found_by_their_address(client: WebClient) -> None:
    dana = client.users_lookupByEmail(email="Dana@example.org")["user"]

    assert (dana["id"], dana["profile"]["email"], dana["tz"]) == (
        "UDANA",
        "dana@example.org",
        "Europe/London",
    )


def test_a_shared_channel_says_so(workspace: Workspace, client: WebClient) -> None:
    workspace.add_channel(
        "CPEND", "soon", members=["U0FOLLOW01"], private=True, pending_ext_shared=True
    )
    shared = client.conversations_info(channel="CSHARED")["channel"]
    pending = client.conversations_info(channel="CPEND")["channel"]
    home = client.conversations_info(channel="CHOME", include_num_members=True)["channel"]

    assert (shared["is_ext_shared"], shared["connected_team_ids"]) == (True, ["T2"])
    assert (pending["is_ext_shared"], pending["is_pending_ext_shared"]) == (False, True)
    assert (home["is_ext_shared"], home["num_members"]) == (False, 3)
    assert client.conversations_members(channel="CSHARED")["members"] == [
        "UDANA",
        "UREX",
        "U0FOLLOW01",
    ]


def test_a_channel_can_be_joined_and_the_private_ones_stay_hidden(client: WebClient) -> None:
    client.conversations_join(channel="CELSE")
    listed = client.conversations_list(types="public_channel,private_channel")["channels"]

    assert {c["id"]: c["is_member"] for c in listed} == {
        "CHOME": True,
        "CSHARED": True,
        "CELSE": True,
    }


def test_opening_a_direct_conversation_twice_gives_the_same_one(client: WebClient) -> None:
    first = client.conversations_open(users="UDANA")
    again = client.conversations_open(users="UDANA")

    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    assert client.chat_postMessage(channel="UDANA", text="a")["channel"] == first["channel"]["id"]


def test_history_comes_in_pages_newest_first_with_metadata_on_demand(client: WebClient) -> None:
    metadata = {"event_type": "followthrough", "event_payload": {"outbox": "7"}}
    sent = [
        client.chat_postMessage(channel="CHOME", text=f"m{n}", metadata=metadata)["ts"]
        for n in range(5)
    ]
    client.chat_postMessage(channel="CHOME", text="below", thread_ts=sent[0])
    pages = client.conversations_history(channel="CHOME", limit=2, include_all_metadata=True)
    seen = [message for page in pages for message in page["messages"]]

    assert [m["ts"] for m in seen] == sent[::-1]
    assert all(m["metadata"] == metadata for m in seen)
    assert seen[-1]["reply_count"] == 1
    plain = client.conversations_history(channel="CHOME", oldest=sent[1], latest=sent[3])
    assert [m["ts"] for m in plain["messages"]] == [sent[2]]
    assert "metadata" not in plain["messages"][0]
    bounded = client.conversations_history(channel="CHOME", oldest=sent[3], inclusive=True)
    assert [m["ts"] for m in bounded["messages"]] == [sent[4], sent[3]]


def test_a_thread_is_read_from_its_head(client: WebClient) -> None:
    head = client.chat_postMessage(channel="CHOME", text="head")["ts"]
    below = [
        client.chat_postMessage(channel="CHOME", text=str(n), thread_ts=head)["ts"]
        for n in range(3)
    ]
    read = client.conversations_replies(channel="CHOME", ts=head)["messages"]

    assert [m["ts"] for m in read] == [head, *below]
    later = client.conversations_replies(channel="CHOME", ts=head, oldest=below[1])["messages"]
    assert [m["ts"] for m in later] == [head, below[2]]


def test_the_bot_changes_its_own_messages_and_no_others(
    slack: RehearsalServer, client: WebClient
) -> None:
    mine = client.chat_postMessage(
        channel="CHOME",
        text="one",
        blocks=[section("one")],
        metadata={"event_type": "a", "event_payload": {}},
    )["ts"]
    client.chat_update(channel="CHOME", ts=mine, text="two")
    theirs = slack.as_user("UDANA").say("CHOME", "three", wait=False)

    (_, changed) = client.conversations_history(channel="CHOME", include_all_metadata=True)[
        "messages"
    ]
    assert (changed["text"], changed["edited"]["user"]) == ("two", "U0FOLLOW01")
    assert changed["blocks"][0]["text"]["text"] == "one"
    assert changed["metadata"]["event_type"] == "a"
    for change in (client.chat_update, client.chat_delete):
        with pytest.raises(SlackApiError) as caught:
            change(channel="CHOME", ts=theirs.ts, text="mine now")
        assert refusal(caught) in ("cant_update_message", "cant_delete_message")
    client.chat_delete(channel="CHOME", ts=mine)
    assert len(client.conversations_history(channel="CHOME")["messages"]) == 1


def test_an_ephemeral_message_is_seen_by_one_and_kept_nowhere(
    slack: RehearsalServer, client: WebClient
) -> None:
    client.chat_postEphemeral(channel="CHOME", user="UDANA", text="only you")

    assert [m.text for m in slack.as_user("UDANA").sees("CHOME")] == ["only you"]
    assert slack.as_user("UPAT").sees("CHOME") == []
    assert client.conversations_history(channel="CHOME")["messages"] == []


def test_a_response_url_answers_five_times_in_half_an_hour(slack: RehearsalServer) -> None:
    dana = slack.as_user("UDANA")
    webhook = WebhookClient(slack.workspace.issue_response_url("UDANA", "CHOME"))
    statuses = [webhook.send(text=f"answer {n}").status_code for n in range(6)]
    late = WebhookClient(slack.workspace.issue_response_url("UDANA", "CHOME"))
    slack.advance(minutes=31)

    assert statuses == [200] * 5 + [404]
    assert late.send(text="too late").status_code == 404
    assert len(dana.ephemerals()) == 5


def test_a_response_url_replaces_the_message_it_came_from(
    slack: RehearsalServer, client: WebClient
) -> None:
    ts = client.chat_postMessage(channel="CHOME", text="Is this yours?")["ts"]
    url = slack.workspace.issue_response_url("UDANA", "CHOME", message_ts=ts)
    WebhookClient(url).send(text="It is Dana's.", replace_original=True)

    (message,) = slack.as_user("UDANA").sees("CHOME")
    assert message.text == "It is Dana's."


def test_a_reaction_counts_once(slack: RehearsalServer, client: WebClient) -> None:
    said = slack.as_user("UDANA").say("CHOME", "done", wait=False)
    client.reactions_add(channel="CHOME", timestamp=said.ts, name="eyes")

    with pytest.raises(SlackApiError) as caught:
        client.reactions_add(channel="CHOME", timestamp=said.ts, name="eyes")
    assert refusal(caught) == "already_reacted"


def test_two_messages_in_one_instant_have_times_of_their_own(client: WebClient) -> None:
    times = [client.chat_postMessage(channel="CHOME", text="a")["ts"] for _ in range(3)]

    assert len(set(times)) == 3
    assert times == sorted(times)


def test_a_permalink_names_the_message(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="CHOME", text="a")["ts"]
    link = client.chat_getPermalink(channel="CHOME", message_ts=ts)["permalink"]

    assert link.endswith(f"/archives/CHOME/p{ts.replace('.', '')}")


def test_action_ids_may_repeat_in_a_message_but_not_in_a_block(client: WebClient) -> None:
    row = {"type": "actions", "elements": [button("same")]}
    client.chat_postMessage(channel="CHOME", text="a", blocks=[row, row])

    with pytest.raises(SlackApiError):
        twice = {"type": "actions", "elements": [button("same"), button("same")]}
        client.chat_postMessage(channel="CHOME", text="a", blocks=[twice])
