"""The only place that answers failures: what people can mend is said, the rest is logged.

Logs never hold the message of an unforeseen failure: it may hold people's words.
"""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import BoltResponse

from bot import logs
from bot.domain.errors import TransientError, UserError, in_log
from bot.domain.forms import FieldError, FormAgainError, SeveralFieldsError
from bot.domain.messages import message, say
from bot.services import refusals
from bot.slack import render
from bot.slack.calls import Call

logger = logging.getLogger(__name__)

APOLOGY = "Something went wrong on my side and nothing was changed: please try again in a minute."


def answer(call: Call, error: Exception) -> BoltResponse:
    """The acknowledgement of something that failed; 500 where Slack should deliver it again."""
    if isinstance(error, UserError):
        return _explain(call, error)
    log(call, error)
    if call.kind == "event":
        return BoltResponse(status=500, body="")
    sentence = str(error) if isinstance(error, TransientError) else APOLOGY
    if call.kind == "command":
        return _to_command(sentence)
    if call.kind == "view":
        return _to_view(call, sentence)
    return BoltResponse(status=500, body="")


def log(call: Call, error: Exception) -> None:
    """What failed and where, without what anybody wrote."""
    said = in_log(error, logs.where(error.__traceback__))
    ids = logs.about(event=f"{call.kind}_failed", name=call.name)
    logger.error("%s %s failed: %s", call.kind, call.name, said, extra=ids)


def _explain(call: Call, error: UserError) -> BoltResponse:
    if call.kind == "command":
        return _to_command(str(error))
    if isinstance(error, SeveralFieldsError) and call.kind == "view":
        body = {"response_action": "errors", "errors": error.sentences}
        return BoltResponse(status=200, body=body)
    if call.kind == "view" and isinstance(error, FormAgainError):
        body = {"response_action": "update", "view": render.modal(error.form)}
        return BoltResponse(status=200, body=body)
    if call.kind == "view":
        field = error.name if isinstance(error, FieldError) else None
        return _to_view(call, str(error), field=field)
    # Slack ignores what the acknowledgement of a press or an event says.
    refusals.owe(call.database, call.arrival, error, now=call.now)
    return BoltResponse(status=200, body="")


def _to_command(sentence: str) -> BoltResponse:
    drawn = render.draw(message(say(sentence)))
    body = {"response_type": "ephemeral", "text": drawn.text, "blocks": drawn.blocks}
    return BoltResponse(status=200, body=body)


def _to_view(call: Call, sentence: str, *, field: str | None = None) -> BoltResponse:
    """Under the field, or the first one there is; else in the modal's place."""
    inputs = [b["block_id"] for b in call.view["blocks"] if b["type"] == "input"]
    body: dict[str, Any]
    if inputs:
        at = field if field in inputs else inputs[0]
        body = {"response_action": "errors", "errors": {at: sentence}}
    else:
        title = call.view["title"]["text"]
        view = render.notice(title, sentence)
        body = {"response_action": "update", "view": view}
    return BoltResponse(status=200, body=body)
