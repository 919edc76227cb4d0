"""Slack's pace for posting: one message a second a conversation, after a short burst."""

from __future__ import annotations

import math

from bot.rehearsal.model import Channel, RateLimitedError
from bot.rehearsal.workspace import Workspace

BURST = 3.0


def pace(workspace: Workspace, channel: Channel) -> None:
    """Take one message's leave from the conversation; RateLimitedError where none is left.

    Counted by the workspace's clock, and only with `strict_rate`.
    """
    if not workspace.strict_rate:
        return
    now = workspace.clock.now()
    left, since = workspace.rate_marks.get(channel.id, (BURST, now))
    left = min(BURST, left + max(0.0, (now - since).total_seconds()))
    if left < 1.0:
        raise RateLimitedError(retry_after=max(1, math.ceil(1.0 - left)))
    workspace.rate_marks[channel.id] = (left - 1.0, now)
