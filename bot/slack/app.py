"""The Bolt app: one listener a kind, which looks the rest up in our own table."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot import logs
from bot.domain.clock import Clock
from bot.domain.errors import UserError
from bot.services import redactions, refusals
from bot.services.catching_up import Gap
from bot.slack import errors
from bot.slack.calls import Call
from bot.slack.installed import Installed
from bot.slack.routes import Listener, Table, action_name
from storage.database import Database

ANYTHING = re.compile(".*", re.S)


@dataclass(frozen=True, kw_only=True)
class Reception:
    """What every way in needs. `woke` is told when something may be owed."""

    database: Database
    client: WebClient
    installed: Installed
    clock: Clock
    table: Table
    gap: Gap
    woke: Callable[[], None]
    rehearsal: bool = False

    def handle(
        self, kind: str, name: str, body: Mapping[str, Any], ack: Ack, context: BoltContext
    ) -> BoltResponse | None:
        """Give it to its listener; the acknowledgement says that the change is safe."""
        call = self.call(kind, name, body, ack)
        context["call"] = call
        self._hand_over(call)
        self.woke()
        return ack.response or ack()

    def call(
        self, kind: str, name: str, body: Mapping[str, Any], respond: Callable[..., Any]
    ) -> Call:
        """The call as listeners see it."""
        return Call(
            kind=kind,
            name=name,
            body=body,
            now=self.clock(),
            database=self.database,
            client=self.client,
            installed=self.installed,
            rehearsal=self.rehearsal,
            respond=respond,
        )

    def _hand_over(self, call: Call) -> None:
        self.listener(call.kind, call.name)(call)
        if call.taken_out:
            redactions.owe(self.database, call.arrival, call.taken_out, now=call.now)

    def listener(self, kind: str, name: str) -> Listener:
        """What answers this name; nothing happens for a name that nobody answers."""
        by_name: dict[str, Listener] = getattr(self.table, f"{kind}s")
        return by_name.get(name, _nobody)

    def failed(self, error: Exception, context: BoltContext) -> BoltResponse:
        """Answer a failure. An event that was not taken opens a gap, to be read on from."""
        call = context.get("call")
        if call is None:
            ids = logs.about(failure=type(error).__name__, where=logs.where(error.__traceback__))
            logging.getLogger(__name__).error("a request failed", extra=ids)
            return BoltResponse(status=500, body="")
        response = errors.answer(call, error)
        if call.kind == "event" and response.status == 500:
            self.gap.open()
        self.woke()
        return response

    def hear(self, event: Mapping[str, Any]) -> None:
        """Take a message that was found when reading on, as if it had just arrived."""
        call = self.call("event", "message", {"event": event}, _unheard)
        try:
            self._hand_over(call)
        except UserError as error:
            refusals.owe(self.database, call.arrival, error, now=call.now)


def _nobody(call: Call) -> None:
    if call.kind == "command":
        raise UserError("I don't know that command: try /followthrough help.")
    logging.getLogger(__name__).warning("nobody answers the %s %s", call.kind, call.name)


def _unheard(**_answer: Any) -> None:
    """A message that is read later has nobody waiting for its acknowledgement."""


def build(reception: Reception, *, signing_secret: str = "") -> App:
    """The app; without a signing secret it takes nothing over HTTP."""
    logger = logging.getLogger("slack_bolt.App")
    logger.setLevel(logging.ERROR)
    me = reception.installed
    who = AuthorizeResult(
        enterprise_id=None,
        team_id=me.team_id,
        bot_user_id=me.user_id,
        bot_id=me.bot_id,
        bot_token=reception.client.token,
    )
    app = App(
        logger=logger,
        name="followthrough",
        # Bolt's own client is not used: ours is shared, and the token is known.
        client=WebClient(base_url=reception.client.base_url, retry_handlers=[]),
        authorize=lambda: who,
        signing_secret=signing_secret,
        request_verification_enabled=bool(signing_secret),
        token_verification_enabled=False,
        process_before_response=True,
        attaching_function_token_enabled=False,
    )
    _listen(app, reception)
    return app


def _listen(app: App, reception: Reception) -> None:
    @app.command(ANYTHING)
    def on_command(ack: Ack, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        return reception.handle("command", body["command"], body, ack, context)

    @app.action(ANYTHING)
    def on_button(ack: Ack, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        name = action_name(body["actions"][0]["action_id"])
        return reception.handle("button", name, body, ack, context)

    @app.view(ANYTHING)
    def on_view(ack: Ack, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        return reception.handle("view", body["view"]["callback_id"], body, ack, context)

    @app.shortcut(ANYTHING)
    def on_shortcut(ack: Ack, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        return reception.handle("shortcut", body["callback_id"], body, ack, context)

    @app.event(ANYTHING)
    def on_event(ack: Ack, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        return reception.handle("event", body["event"]["type"], body, ack, context)

    @app.error
    def on_error(error: Exception, context: BoltContext) -> BoltResponse:
        return reception.failed(error, context)
