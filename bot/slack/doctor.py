"""What a healthy installation looks like to Slack: tokens, scopes, clocks, channels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient

from bot.domain.audiences import entitled
from bot.domain.errors import PermanentError, TransientError
from bot.domain.outgoing import Audience
from bot.domain.people import Directory
from bot.services.doctor import Finding, look, ok, wrong
from bot.slack import manifest
from bot.slack.web import answer, call, pages

BOT_PREFIX, APP_PREFIX = "xoxb-", "xapp-"
APART = 60.0
"""Seconds between Slack's clock and ours: Slack refuses what was signed five minutes ago."""
FROM_THE_MANIFEST = "Install the app again from app.yaml, and take over its new token."


def shape(name: str, token: str, prefix: str) -> Finding | None:
    """What can be told of a token without asking anybody; it is never printed."""
    if not token:
        return wrong(name, "it is not set.", f"Put the token that begins with {prefix} there.")
    if not token.startswith(prefix):
        return wrong(name, f"it does not begin with {prefix}.", "Copy it from the app's page.")
    return None


def bot_token(client: WebClient, *, now: datetime) -> Iterator[Finding]:
    """Who Slack says we are, what we may do, and what time it is there."""
    try:
        told = answer(client, "auth.test")
    except (TransientError, PermanentError) as error:
        yield wrong("SLACK_BOT_TOKEN", str(error))
        return
    found: Mapping[str, Any] = told.data if isinstance(told.data, dict) else {}
    yield ok("SLACK_BOT_TOKEN", f"it is {found.get('user_id')}'s in {found.get('team_id')}.")
    headers = {name.lower(): value for name, value in told.headers.items()}
    yield from scopes(str(headers.get("x-oauth-scopes", "")))
    yield clock(str(headers.get("date", "")), now=now)


def scopes(granted: str) -> Iterator[Finding]:
    """What the token was granted, beside what app.yaml asks for."""
    have = {scope.strip() for scope in granted.split(",") if scope.strip()}
    asked = manifest.features()
    if not have:
        yield look("scopes", "Slack did not say which were granted.", "Is a proxy taking it away?")
        return
    for scope in sorted(asked.keys() - have):
        yield wrong(f"scope {scope}", f"it is missing, for: {asked[scope]}", FROM_THE_MANIFEST)
    if more := sorted(have - asked.keys()):
        yield look(
            "scopes", f"nothing needs {', '.join(more)}.", "Take them out of the app's settings."
        )
    if asked.keys() <= have:
        yield ok("scopes", f"all {len(asked)} that app.yaml asks for are granted.")


def clock(theirs: str, *, now: datetime) -> Finding:
    """This machine's clock beside Slack's."""
    try:
        apart = (now - parsedate_to_datetime(theirs)).total_seconds()
    except (TypeError, ValueError):
        return look("clock", "Slack did not say what time it is.", "Check this machine's yourself.")
    if abs(apart) > APART:
        how = "ahead of" if apart > 0 else "behind"
        return wrong(
            "clock",
            f"this machine's is {abs(apart):.0f} s {how} Slack's.",
            "Set it by NTP (timedatectl set-ntp true): Slack's signatures and all deadlines "
            "go by it.",
        )
    return ok("clock", "it agrees with Slack's.")


def app_token(client: WebClient) -> Finding:
    """Whether Socket Mode is open to us; the address that Slack gives is not used."""
    try:
        call(client, "apps.connections.open")
    except (TransientError, PermanentError) as error:
        return wrong("SLACK_APP_TOKEN", str(error), "It needs the scope connections:write.")
    return ok("SLACK_APP_TOKEN", "Socket Mode is open to it.")


def channels(client: WebClient, directory: Directory, *, today: date) -> Iterator[Finding]:
    """The group's channel, and the one in which letters are cleared."""
    group = directory.group
    which = f"group {group.key}"
    if group.channel_id is None:
        yield look(f"{which}, channel", "it has none.", "Name one in the group file, if wanted.")
    else:
        yield _channel(client, f"{which}, channel", group.channel_id)
    if group.clearance_channel_id is None:
        yield ok(f"{which}, clearance channel", "it has none: drafts go by direct message.")
        return
    yield from _clearance(client, directory, group.clearance_channel_id, today=today)


def _channel(client: WebClient, check: str, channel_id: str) -> Finding:
    try:
        info = call(client, "conversations.info", channel=channel_id)["channel"]
    except (TransientError, PermanentError) as error:
        return wrong(check, f"{channel_id}: {error}")
    if info.get("is_archived"):
        return wrong(check, f"{channel_id} is archived.", "Name another in the group file.")
    if not info.get("is_member"):
        return wrong(check, f"the bot is not in {channel_id}.", "Invite it there.")
    return ok(check, f"the bot is in {channel_id}.")


def _clearance(
    client: WebClient, directory: Directory, channel_id: str, *, today: date
) -> Iterator[Finding]:
    check = f"group {directory.group.key}, clearance channel"
    first = _channel(client, check, channel_id)
    yield first
    if first.state != "ok":
        return
    info = call(client, "conversations.info", channel=channel_id)["channel"]
    if not info.get("is_private"):
        yield wrong(check, "it is public: anybody may read along.", "Make it private.")
    if info.get("is_ext_shared") or info.get("is_pending_ext_shared"):
        yield wrong(
            check,
            "it is shared with another organisation, or an invitation is pending.",
            "Stop sharing it, or name another: until then drafts are not sent there.",
        )
    members = set(pages(client, "conversations.members", "members", channel=channel_id, limit=999))
    allowed = entitled(directory, Audience.CLEARANCE, today)
    known = {account.user_id for person in allowed for account in person.accounts}
    ours = str(call(client, "auth.test")["user_id"])
    if strangers := sorted(members - known - {ours}):
        yield wrong(
            check,
            f"{len(strangers)} in it have no role that sees drafts ({', '.join(strangers)}).",
            "Remove them from it, or give them the role: until then drafts are not sent there.",
        )
