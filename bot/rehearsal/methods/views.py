"""views.*: modals on their stack, and Home tabs."""

from __future__ import annotations

import copy
import json
import secrets
from typing import Any

from bot.rehearsal import blocks, talk
from bot.rehearsal.arguments import Args
from bot.rehearsal.model import Json, RefusedError, Trigger, User, View, invalid
from bot.rehearsal.shown import view_json
from bot.rehearsal.workspace import Workspace

STACK = 3
VIEW_BYTES = 250_000


def checked(workspace: Workspace, found: Any, *, kind: str) -> Json:
    """The view's body with ids given, or what Slack would say against it."""
    if not isinstance(found, dict):
        raise invalid("invalid_arguments", ["[ERROR] must be an object [json-pointer:/view]"])
    if len(json.dumps(found)) > VIEW_BYTES:
        raise RefusedError("view_too_large")
    problems = blocks.modal(found) if kind == "modal" else blocks.home(found)
    if problems:
        raise invalid("invalid_arguments", problems)
    body: Json = talk.in_full(copy.deepcopy(found))
    return {**body, "blocks": talk.with_ids(workspace, body["blocks"])}


def _view(workspace: Workspace, args: Args, *, kind: str = "modal") -> Json:
    found = args.structure("view", error="invalid_arguments")
    if found is None:
        raise invalid("invalid_arguments", ["[ERROR] missing required field: view"])
    return checked(workspace, found, kind=kind)


def _hash(workspace: Workspace) -> str:
    return f"{int(workspace.clock.now().timestamp())}.{secrets.token_hex(4)}"


def _trigger(workspace: Workspace, args: Args) -> Trigger:
    given = args.text("trigger_id") or args.text("interactivity_pointer")
    if not given:
        raise invalid("invalid_arguments", ["[ERROR] missing required field: trigger_id"])
    return workspace.use_trigger(given)


def _unused_external_id(workspace: Workspace, body: Json, *, but: View | None = None) -> None:
    wanted = body.get("external_id")
    every = [v for stack in workspace.modals.values() for v in stack]
    every += workspace.homes.values()
    if wanted and any(v.body.get("external_id") == wanted and v is not but for v in every):
        raise RefusedError("duplicate_external_id")


def stacked(workspace: Workspace, user: User, body: Json, *, on_top: bool) -> View:
    """Show this person a modal: on top of what is open, or in its place."""
    stack = workspace.modals.setdefault(user.id, [])
    if not on_top:
        stack.clear()
    view_id = f"V{workspace.number():09d}"
    view = View(
        id=view_id,
        user=user.id,
        body=body,
        hash=_hash(workspace),
        root_view_id=stack[0].id if stack else view_id,
        previous_view_id=stack[-1].id if stack else None,
    )
    stack.append(view)
    return view


def renewed(workspace: Workspace, view: View, body: Json) -> None:
    """Put another body in an open view; entries under the same ids stay."""
    view.body, view.hash = body, _hash(workspace)
    ids = {block["block_id"] for block in body["blocks"]}
    view.filled = {block: values for block, values in view.filled.items() if block in ids}


def open_modal(workspace: Workspace, args: Args) -> Json:
    """Open a modal for whoever the trigger belongs to."""
    body = _view(workspace, args)
    _unused_external_id(workspace, body)
    user = workspace.user(_trigger(workspace, args).user)
    return {"view": view_json(workspace, stacked(workspace, user, body, on_top=False))}


def push(workspace: Workspace, args: Args) -> Json:
    """Put a modal on top of the one that the trigger came from."""
    body = _view(workspace, args)
    _unused_external_id(workspace, body)
    trigger = _trigger(workspace, args)
    stack = workspace.modals.get(trigger.user, [])
    if trigger.view_id is None or not stack:
        raise RefusedError("not_found")
    if len(stack) >= STACK:
        raise RefusedError("push_limit_reached")
    user = workspace.user(trigger.user)
    return {"view": view_json(workspace, stacked(workspace, user, body, on_top=True))}


def update(workspace: Workspace, args: Args) -> Json:
    """Change an open modal, by its id or its external id."""
    body = _view(workspace, args)
    view_id, external_id = args.text("view_id"), args.text("external_id")
    if not view_id and not external_id:
        raise invalid("invalid_arguments", ["[ERROR] missing required field: view_id"])
    for stack in workspace.modals.values():
        for view in stack:
            named = external_id and view.body.get("external_id") == external_id
            if view.id == view_id or named:
                _same_hash(args, view)
                _unused_external_id(workspace, body, but=view)
                renewed(workspace, view, body)
                return {"view": view_json(workspace, view)}
    raise RefusedError("not_found")


def publish(workspace: Workspace, args: Args) -> Json:
    """Put up one person's Home tab."""
    user = workspace.user(args.required("user_id"))
    body = _view(workspace, args, kind="home")
    view = workspace.homes.get(user.id)
    _unused_external_id(workspace, body, but=view)
    if view is None:
        view_id = f"V{workspace.number():09d}"
        view = View(
            id=view_id, user=user.id, body=body, hash=_hash(workspace), root_view_id=view_id
        )
        workspace.homes[user.id] = view
    else:
        _same_hash(args, view)
        renewed(workspace, view, body)
    return {"view": view_json(workspace, view)}


def _same_hash(args: Args, view: View) -> None:
    if args.text("hash") and args.text("hash") != view.hash:
        raise RefusedError("hash_conflict")
