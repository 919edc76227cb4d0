"""What the server answers and delivers has the shape of Slack's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.rehearsal import Person, View, Workspace
from bot.rehearsal.arguments import Args
from bot.rehearsal.methods import METHODS, call
from bot.rehearsal.scopes import METHOD_SCOPES
from tests.rehearsal.conftest import BOT, a_modal, button, section
from tests.rehearsal.test_refusals import REFUSALS

Json = dict[str, Any]
# Errors that any method may give, by Slack's general documentation.
COMMON = {"invalid_arguments", "unknown_method", "missing_scope", "user_not_found"}
# Slack gives this one too when a text runs past 40,000 characters, unlisted.
UNLISTED = {("chat.postMessage", "msg_too_long"), ("bots.info", "bot_not_found")}
# Grid installations, icons and the like, which a plain workspace does not have.
ELSEWHERE = {
    "enterprise_id",
    "enterprise_name",
    "authed_users",
    "source_team",
    "user_team",
    "user_profile",
    "response_urls",
    "optional",
}

# What Slack makes of a picture that was shared.
PICTURES = ("thumb_", "original_")

# What the app itself put there.
FREE = {"blocks", "values"}


@pytest.fixture
def workspace() -> Workspace:
    """A small workspace without a server: what is owed stays undelivered."""
    workspace = Workspace()
    workspace.configure(events=workspace.app.events | {"member_joined_channel"})
    workspace.add_user("UDANA", "Dana Reed")
    workspace.add_team("T2", "College of Imaging")
    workspace.add_user("UREX", "Rex Moor", team="T2")
    workspace.add_channel("CHOME", "imaging", members=["UDANA", "UREX", BOT])
    return workspace


def ask(workspace: Workspace, method: str, **params: Any) -> Json:
    """The whole answer to a call with the bot's token."""
    token = "xapp-rehearsal-app" if method.startswith("apps.") else "xoxb-rehearsal-bot"
    return {"ok": True} | call(workspace, method, Args(params), token)


def unknown(ours: Any, shape: Any, path: str = "") -> Iterator[str]:
    """Where ours has a key that the shape does not know."""
    if isinstance(ours, dict) and isinstance(shape, dict) and shape:
        for key, value in ours.items():
            if key in shape:
                yield from unknown(value, shape[key], f"{path}/{key}")
            else:
                yield f"{path}/{key}"
    elif isinstance(ours, list) and isinstance(shape, list) and shape:
        for value in ours:
            yield from unknown(value, shape[0], f"{path}[]")


def lacking(ours: Any, sample: Any, path: str = "") -> Iterator[str]:
    """Where the sample has a key that ours lacks."""
    if isinstance(sample, dict) and isinstance(ours, dict):
        for key, value in sample.items():
            if key in ELSEWHERE or key.startswith(PICTURES):
                continue
            if key not in ours:
                yield f"{path}/{key}"
            elif key not in FREE:
                yield from lacking(ours[key], value, f"{path}/{key}")
    elif isinstance(sample, list) and isinstance(ours, list) and sample and ours:
        yield from lacking(ours[0], sample[0], f"{path}[]")


def answers(workspace: Workspace) -> dict[str, Json]:
    """One good answer of each method that has a shape."""
    posted = ask(workspace, "chat.postMessage", channel="CHOME", text="a", blocks=[section("a")])
    ts = posted["ts"]
    view = ask(
        workspace, "views.open", trigger_id=workspace.issue_trigger("UDANA").id, view=a_modal()
    )
    pushing = workspace.issue_trigger("UDANA", view_id=view["view"]["id"]).id
    home = {"type": "home", "blocks": [section("a")]}
    return {
        "chat.postMessage": posted,
        "views.open": view,
        "views.push": ask(workspace, "views.push", trigger_id=pushing, view=a_modal()),
        "views.update": ask(workspace, "views.update", view_id=view["view"]["id"], view=a_modal()),
        "views.publish": ask(workspace, "views.publish", user_id="UDANA", view=home),
        "auth.test": ask(workspace, "auth.test"),
        "apps.connections.open": ask(workspace, "apps.connections.open"),
        "bots.info": ask(workspace, "bots.info"),
        "team.info": ask(workspace, "team.info"),
        "users.info": ask(workspace, "users.info", user="UDANA"),
        "users.list": ask(workspace, "users.list"),
        "users.lookupByEmail": ask(workspace, "users.lookupByEmail", email="dana.reed@example.org"),
        "conversations.open": ask(workspace, "conversations.open", users="UDANA"),
        "conversations.info": ask(workspace, "conversations.info", channel="CHOME"),
        "conversations.list": ask(workspace, "conversations.list"),
        "conversations.members": ask(workspace, "conversations.members", channel="CHOME"),
        "conversations.history": ask(workspace, "conversations.history", channel="CHOME"),
        "conversations.replies": ask(workspace, "conversations.replies", channel="CHOME", ts=ts),
        "chat.postEphemeral": ask(
            workspace, "chat.postEphemeral", channel="CHOME", user="UDANA", text="a"
        ),
        "chat.getPermalink": ask(workspace, "chat.getPermalink", channel="CHOME", message_ts=ts),
        "chat.update": ask(workspace, "chat.update", channel="CHOME", ts=ts, text="b"),
        "reactions.add": ask(
            workspace, "reactions.add", channel="CHOME", timestamp=ts, name="eyes"
        ),
        "files.getUploadURLExternal": ask(
            workspace, "files.getUploadURLExternal", filename="a.txt", length=1
        ),
        "chat.delete": ask(workspace, "chat.delete", channel="CHOME", ts=ts),
    }


def test_no_answer_has_a_field_that_slack_does_not_give(shared: Path, workspace: Workspace) -> None:
    strange = {}
    for method, answer in answers(workspace).items():
        folder = shared / "slack" / "shapes" / "api"
        (path,) = [p for p in folder.iterdir() if p.name in _names(method)]
        strange[method] = list(unknown(answer, json.loads(path.read_text())))

    assert {method: paths for method, paths in strange.items() if paths} == {}


def _names(method: str) -> tuple[str, str]:
    return f"{method}.json", f"{method}.pruned.json"


@pytest.mark.parametrize(("method", "params", "error"), REFUSALS)
def test_every_refusal_is_documented(shared: Path, method: str, params: Json, error: str) -> None:
    path = shared / "slack" / "method-specs" / f"{method}.json"
    documented = set(json.loads(path.read_text())["errors"]) if path.exists() else set()

    assert error in documented | COMMON or (method, error) in UNLISTED, params


def test_every_method_asks_for_the_scope_that_slack_asks_for(shared: Path) -> None:
    for method, scope in METHOD_SCOPES.items():
        path = shared / "slack" / "method-specs" / f"{method}.json"
        if path.exists():
            assert scope in json.loads(path.read_text())["scope"]["bot"], method
    assert set(METHOD_SCOPES) <= set(METHODS)


def _pressed(dana: Person, workspace: Workspace) -> None:
    ask(
        workspace,
        "chat.postMessage",
        channel=dana.dm,
        text="a",
        blocks=[{"type": "actions", "elements": [button("a", value="1")]}],
    )
    dana.press(dana.inbox()[-1], "a")


def _modal(dana: Person, workspace: Workspace) -> View:
    trigger = workspace.issue_trigger(dana.id).id
    view = a_modal(private_metadata="a", close={"type": "plain_text", "text": "No"})
    ask(workspace, "views.open", trigger_id=trigger, view=view | {"notify_on_close": True})
    modal = dana.modal()
    assert modal is not None
    return modal


def _edited(dana: Person, _workspace: Workspace) -> None:
    dana.edit(dana.tell("a"), "b")


def _deleted(dana: Person, _workspace: Workspace) -> None:
    dana.delete(dana.tell("a"))


DEEDS: dict[str, Callable[[Person, Workspace], Any]] = {
    "event.message.user": lambda dana, _: dana.say("CHOME", "a"),
    "event.message.im_thread_reply": lambda dana, _: dana.reply(dana.tell("a"), "b"),
    "event.app_mention": lambda dana, _: dana.mention("CHOME", "a"),
    "event.message.im_file_share": lambda dana, _: dana.drop(("test.png", b"x"), text="a"),
    "event.message_changed": _edited,
    "event.message_deleted": _deleted,
    "event.message.bot": lambda _, w: ask(w, "chat.postMessage", channel="CHOME", text="a"),
    "event.app_home_opened.org_install": lambda dana, _: dana.open_home(),
    "block_actions.message_button": _pressed,
    "view_submission": lambda dana, w: dana.submit(_modal(dana, w), {"reason": "a"}),
    "view_closed": lambda dana, w: dana.close(_modal(dana, w)),
    "shortcut.global": lambda dana, _: dana.shortcut("a"),
    "message_action.message_shortcut": lambda dana, _: dana.shortcut("a", dana.tell("a")),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_delivery_has_every_field_of_slacks(
    shared: Path, workspace: Workspace, name: str
) -> None:
    DEEDS[name](Person(workspace, "UDANA"), workspace)
    sample = json.loads((shared / "slack/payloads/bolt" / f"{name}.json").read_text())
    payload = workspace.deliveries.all[-1].payload

    assert list(lacking(payload, sample)) == []


def test_an_external_submission_has_every_field_of_slacks(
    shared: Path, workspace: Workspace
) -> None:
    rex = Person(workspace, "UREX")
    rex.submit(_modal(rex, workspace), {"reason": "a"})
    path = shared / "slack/payloads/bolt/view_submission.slack_connect_external_user.json"
    payload = workspace.deliveries.all[-1].payload

    assert list(lacking(payload, json.loads(path.read_text()))) == []
    assert payload["view"]["app_installed_team_id"] != payload["team"]["id"]


def test_a_command_has_every_field_of_slacks(shared: Path, workspace: Workspace) -> None:
    Person(workspace, "UDANA").command("/status", "A-12")
    path = shared / "slack/payloads/bolt/slash_command.form"
    names = {pair.split("=")[0] for pair in path.read_text().split("&")}

    assert names - set(workspace.deliveries.all[-1].payload) <= ELSEWHERE
