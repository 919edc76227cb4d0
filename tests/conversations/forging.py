"""What Slack would deliver of anybody, whether or not its client lets them do it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.rehearsal import Channel, Message, View, interactions, words
from bot.rehearsal.deliveries import COMMAND, INTERACTION, Delivery
from storage.database import Database
from tests.conversations.conftest import BOT, SECRETARY, Running

MACHINERY = frozenset({"outbox", "conversation", "sweep_run", "alembic_version"})
Rows = dict[str, list[tuple[Any, ...]]]


def tables(database: Database, *, without: frozenset[str] = frozenset()) -> Rows:
    """All rows of all tables but these."""
    with database.engine.connect() as connection:
        names = [n for n in sa.inspect(connection).get_table_names() if n not in without]
        return {
            name: [tuple(row) for row in connection.execute(sa.text(f"SELECT * FROM {name}"))]
            for name in names
        }


def said_by_bot(bot: Running) -> list[str]:
    """Every message, ephemeral one, Home tab and modal of the bot's, as its text and blocks."""
    workspace = bot.slack.workspace
    kept = [m for each in workspace.messages.values() for m in each if m.by_bot]
    views = [*workspace.homes.values(), *(v for s in workspace.modals.values() for v in s)]
    shown = [m for m in [*kept, *workspace.ephemerals] if m.by_bot or m.user == BOT]
    return [f"{m.text}\n{words(m)}" for m in shown] + [words(view) for view in views]


def carries(bot: Running, ref: str) -> dict[str, int]:
    """What a button about this item carries now."""
    with bot.database.engine.connect() as connection:
        number, version = connection.execute(
            sa.text("SELECT id, version FROM action_item WHERE ref = :ref"), {"ref": ref}
        ).one()
    return {"item": number, "v": version}


def ask_for_a_removal(bot: Running, words_of_it: str) -> None:
    """The secretary asks that certain words be removed."""
    secretary = bot.person(SECRETARY)
    secretary.command("/followthrough", "remove")
    modal = secretary.modal()
    assert modal is not None
    secretary.submit(modal, {"words": words_of_it, "reason": "It is private."})


@dataclass
class Hand:
    """Somebody's requests as Slack signs for them."""

    bot: Running
    user_id: str

    @property
    def dm(self) -> Channel:
        return self.bot.slack.workspace.dm(self.user_id)

    def command(self, name: str, text: str) -> list[str]:
        workspace = self.bot.slack.workspace
        user = workspace.user(self.user_id)
        payload = interactions.command(workspace, user, self.dm, name, text)
        # Somebody of another organisation is of that organisation here too.
        payload["team_id"] = user.team_id
        return self._heard(self._send(COMMAND, payload))

    def press(self, action: str, value: Mapping[str, Any], where: Channel | None = None) -> None:
        workspace = self.bot.slack.workspace
        shown = Message(
            channel=(where or self.dm).id,
            ts="1652000000.000100",
            user=BOT,
            text="-",
            team="T0HOME",
            by_bot=True,
        )
        pressed = {
            "type": "button",
            "action_id": action,
            "block_id": "row-0",
            "value": json.dumps(value),
        }
        user = workspace.user(self.user_id)
        payload = interactions.pressed_in_message(workspace, user, shown, pressed, {})
        self._send(INTERACTION, payload)

    def submit(
        self, callback: str, private: Mapping[str, Any], fields: Mapping[str, str]
    ) -> list[str]:
        workspace = self.bot.slack.workspace
        number = f"V{workspace.number()}"
        body = {
            "type": "modal",
            "callback_id": callback,
            "private_metadata": json.dumps(private),
            "title": {"type": "plain_text", "text": "Form"},
            "blocks": [
                {
                    "type": "input",
                    "block_id": name,
                    "label": {"type": "plain_text", "text": name},
                    "element": {"type": "plain_text_input", "action_id": "entry"},
                }
                for name in fields
            ],
        }
        filled = {
            name: {"entry": {"type": "plain_text_input", "value": text}}
            for name, text in fields.items()
        }
        view = View(
            id=number,
            user=self.user_id,
            body=body,
            hash="1",
            root_view_id=number,
            filled=filled,
        )
        user = workspace.user(self.user_id)
        return self._heard(self._send(INTERACTION, interactions.submitted(workspace, user, view)))

    def shortcut(self) -> None:
        workspace = self.bot.slack.workspace
        user = workspace.user(self.user_id)
        self._send(INTERACTION, interactions.global_shortcut(workspace, user, "anything"))

    def _send(self, kind: str, payload: dict[str, Any]) -> Delivery:
        deliveries = self.bot.slack.workspace.deliveries
        delivery = Delivery(kind=kind, payload=payload)
        deliveries.wait(deliveries.add(delivery), 13.0)
        return delivery

    def _heard(self, delivery: Delivery) -> list[str]:
        """The sentences of an acknowledgement."""
        body = delivery.body or {}
        return [*body.get("errors", {}).values(), *([body["text"]] if "text" in body else [])]
