"""Leave to open a modal, and the stack of modals."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.rehearsal import RehearsalServer, Workspace
from tests.rehearsal.conftest import a_modal, section


def refused(client: WebClient, method: str, **params: Any) -> Any:
    """Slack's name for the refusal of this call."""
    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=params)
    return caught.value.response["error"]


def test_a_trigger_opens_one_modal(workspace: Workspace, client: WebClient) -> None:
    trigger = workspace.issue_trigger("UDANA").id
    view = client.views_open(trigger_id=trigger, view=a_modal())["view"]

    assert view["root_view_id"] == view["id"]
    assert refused(client, "views.open", trigger_id=trigger, view=a_modal()) == (
        "exchanged_trigger_id"
    )


def test_a_trigger_lives_three_seconds_of_the_workspace_clock(
    slack: RehearsalServer, client: WebClient
) -> None:
    in_time, late = (slack.workspace.issue_trigger("UDANA").id for _ in range(2))
    slack.advance(seconds=3)
    client.views_open(trigger_id=in_time, view=a_modal())
    slack.advance(seconds=0.1)

    assert refused(client, "views.open", trigger_id=late, view=a_modal()) == "expired_trigger_id"


@pytest.mark.parametrize(
    ("trigger", "error"), [("nonsense", "invalid_trigger_id"), ("1.2.ff", "expired_trigger_id")]
)
def test_an_unknown_trigger_is_refused(client: WebClient, trigger: str, error: str) -> None:
    assert refused(client, "views.open", trigger_id=trigger, view=a_modal()) == error


def test_a_wrong_view_does_not_use_the_trigger_up(workspace: Workspace, client: WebClient) -> None:
    trigger = workspace.issue_trigger("UDANA").id
    wrong = a_modal(title={"type": "plain_text", "text": "x" * 25})
    with pytest.raises(SlackApiError) as caught:
        client.views_open(trigger_id=trigger, view=wrong)

    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    client.views_open(trigger_id=trigger, view=a_modal())


def test_modals_stack_three_high(workspace: Workspace, client: WebClient) -> None:
    client.views_open(trigger_id=workspace.issue_trigger("UDANA").id, view=a_modal())
    for _ in range(2):
        trigger = workspace.issue_trigger("UDANA", view_id="V1").id
        client.views_push(trigger_id=trigger, view=a_modal())
    trigger = workspace.issue_trigger("UDANA", view_id="V1").id

    assert refused(client, "views.push", trigger_id=trigger, view=a_modal()) == (
        "push_limit_reached"
    )


def test_an_update_needs_the_hash_it_read(workspace: Workspace, client: WebClient) -> None:
    trigger = workspace.issue_trigger("UDANA").id
    view = client.views_open(trigger_id=trigger, view=a_modal(external_id="more-time"))["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=a_modal(external_id="b"))

    params = {"view_id": view["id"], "hash": view["hash"], "view": a_modal()}
    assert refused(client, "views.update", **params) == "hash_conflict"
    client.views_update(external_id="b", view=a_modal())
    assert refused(client, "views.update", view_id="V0", view=a_modal()) == "not_found"


def test_an_external_id_names_one_view(workspace: Workspace, client: WebClient) -> None:
    view = a_modal(external_id="one")
    client.views_open(trigger_id=workspace.issue_trigger("UDANA").id, view=view)
    trigger = workspace.issue_trigger("UPAT").id

    assert refused(client, "views.open", trigger_id=trigger, view=view) == "duplicate_external_id"


def test_a_view_over_250_kb_is_too_large(workspace: Workspace, client: WebClient) -> None:
    blocks = [section("x" * 3000) for _ in range(90)]
    trigger = workspace.issue_trigger("UDANA").id

    assert refused(client, "views.open", trigger_id=trigger, view=a_modal(blocks=blocks)) == (
        "view_too_large"
    )


def test_home_is_published_again_over_its_hash(slack: RehearsalServer, client: WebClient) -> None:
    home = {"type": "home", "blocks": [section("one")]}
    old = client.views_publish(user_id="UDANA", view=home)["view"]["hash"]
    client.views_publish(user_id="UDANA", view=home, hash=old)

    assert refused(client, "views.publish", user_id="UDANA", view=home, hash=old) == (
        "hash_conflict"
    )
    assert slack.as_user("UPAT").home() is None
