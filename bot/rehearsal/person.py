"""One person at their Slack: what they say and press, and what they see."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from bot.rehearsal import interactions, sharing, talk
from bot.rehearsal.answers import Answer, Submitted, failure, show_command, take_submission
from bot.rehearsal.deliveries import COMMAND, INTERACTION, Delivery
from bot.rehearsal.entries import CannotActError, entered, fill, find, missing, state
from bot.rehearsal.events import emit
from bot.rehearsal.methods.chat import add_reaction
from bot.rehearsal.model import Channel, Json, Message, View
from bot.rehearsal.onlooker import Onlooker, Where
from bot.rehearsal.shown import view_json
from bot.rehearsal.typed import as_sent


class Person(Onlooker):
    """Acts come back once the bot has acknowledged, or failed to; `wait=False` doesn't wait.

    `where` is a conversation, its id, or a message in it. What Slack's client would not let
    them do raises CannotActError. Messages and views are handed out as copies.
    """

    # Speaking

    def say(
        self, where: Where, text: str, thread_ts: str | None = None, *, wait: bool = True
    ) -> Message:
        """Say something; mentions are typed as `<@U…>`."""
        channel = self._place(where)
        sent, blocks = as_sent(text)
        message, owed = talk.post(
            self._workspace, channel, self.user, sent, blocks=blocks, thread_ts=thread_ts
        )
        return self._after(message, owed, wait)

    def tell(self, text: str, *, wait: bool = True) -> Message:
        """Say something to the bot in their direct conversation."""
        return self.say(self.dm, text, wait=wait)

    def reply(self, message: Message, text: str, *, wait: bool = True) -> Message:
        """Answer in the message's thread."""
        return self.say(message, text, message.thread_ts or message.ts, wait=wait)

    def mention(self, where: Where, text: str, *, wait: bool = True) -> Message:
        """Say something that begins with the bot's name."""
        return self.say(where, f"<@{self._workspace.app.bot_user_id}> {text}", wait=wait)

    def edit(self, message: Message, text: str, *, wait: bool = True) -> None:
        """Change one of their own messages."""
        sent, blocks = as_sent(text)
        kept = self._own(message)
        owed = talk.edit(self._workspace, kept, by=self.user, text=sent, blocks=blocks)
        self._after(kept, owed, wait)

    def delete(self, message: Message, *, wait: bool = True) -> None:
        """Take one of their own messages away."""
        kept = self._own(message)
        self._after(kept, talk.delete(self._workspace, kept), wait)

    def upload(
        self,
        where: Where,
        name: str,
        content: bytes,
        text: str = "",
        thread_ts: str | None = None,
        *,
        wait: bool = True,
    ) -> Message:
        """Share a file, with or without words."""
        channel, files = self._place(where), [(name, content)]
        message, owed = sharing.share(
            self._workspace, channel, self.user, files, text, thread_ts=thread_ts
        )
        return self._after(message, owed, wait)

    def drop(self, *files: sharing.Bytes, text: str = "", wait: bool = True) -> Message:
        """Share files in one message to the bot, in their direct conversation."""
        channel = self._place(self.dm)
        message, owed = sharing.share(self._workspace, channel, self.user, files, text)
        return self._after(message, owed, wait)

    def take_away(self, message: Message) -> None:
        """Delete the files of one of their own messages."""
        sharing.take_away(self._workspace, self._own(message))

    def revise(self, message: Message, content: bytes) -> None:
        """Change what is in the file of one of their own messages."""
        sharing.revise(self._workspace, self._own(message), content)

    def react(self, message: Message, name: str) -> None:
        """Put a reaction on a message."""
        with self._workspace.lock:
            kept = self._workspace.message(message.channel, message.ts)
            add_reaction(self._workspace, kept, self.user, name)

    def join(self, where: Where) -> None:
        """Come into a channel."""
        channel = self._channel(where)
        self._workspace.join(channel, self.user)
        event: Json = {"type": "member_joined_channel", "user": self.id, "channel_type": "C"}
        event |= {"channel": channel.id, "team": self.user.team_id}
        owed = emit(self._workspace, "member_joined_channel", event, channel=channel)
        self._workspace.deliveries.wait(owed, self._patience)

    # Commands, presses, modals

    def command(
        self, name: str, text: str = "", where: Where | None = None, *, wait: bool = True
    ) -> Answer:
        """Type a slash command, in the direct conversation unless told where."""
        answer = Answer()
        known = self._workspace.app.commands
        if self._workspace.is_external(self.user):
            answer.error = "slash_commands_unavailable_to_external_people"
        elif known is not None and name not in known:
            answer.error = "not_a_valid_command"
        if answer.error:
            return answer
        channel = self._place(where or self.dm)
        payload = interactions.command(self._workspace, self.user, channel, name, text)

        def done(delivery: Delivery) -> None:
            show_command(self._workspace, self.user, channel, answer, delivery)

        self._send(COMMAND, payload, done, wait)
        return answer

    def press(
        self,
        thing: Message | View,
        action_id: str,
        *,
        value: str | None = None,
        label: str | None = None,
        block_id: str | None = None,
        chosen: Any = None,
        wait: bool = True,
    ) -> str:
        """Press a button, or choose in a menu (`chosen`); Slack's error, or "" if all went well.

        Where several elements share the action id, `value`, `label` or `block_id` says which.
        """
        current = self._current(thing)
        blocks = current.blocks if isinstance(current, Message) else current.body["blocks"]
        block, element = find(blocks, action_id, value=value, label=label, block_id=block_id)
        filled = dict(current.filled) if isinstance(current, View) else {}
        picked = None
        if element["type"] != "button":
            picked = entered(element, chosen)
            filled.setdefault(block["block_id"], {})[element["action_id"]] = picked
        action = interactions.action(self._workspace, block, element, picked)
        if isinstance(current, Message):
            values = state(blocks, filled)
            payload = interactions.pressed_in_message(
                self._workspace, self.user, current, action, values
            )
        else:
            current.filled = state(blocks, filled)
            payload = interactions.pressed_in_view(self._workspace, self.user, current, action)
        return self._outcome(payload, wait)

    def shortcut(
        self, callback_id: str, message: Message | None = None, *, wait: bool = True
    ) -> str:
        """Use a shortcut, on a message or from anywhere; Slack's error, or ""."""
        workspace = self._workspace
        if message is None:
            payload = interactions.global_shortcut(workspace, self.user, callback_id)
        else:
            kept = workspace.message(message.channel, message.ts)
            payload = interactions.message_shortcut(workspace, self.user, callback_id, kept)
        return self._outcome(payload, wait)

    def open_home(self, *, wait: bool = True) -> View | None:
        """Open the app's Home tab; the tab as it is afterwards."""
        event: Json = {"type": "app_home_opened", "user": self.id, "tab": "home"}
        event["channel"] = self.dm
        with self._workspace.lock:
            view = self._workspace.homes.get(self.id)
            if view is not None:
                event["view"] = view_json(self._workspace, view)
            owed = emit(self._workspace, "app_home_opened", event)
        if wait:
            self._workspace.deliveries.wait(owed, self._patience)
        return self.home()

    def submit(
        self, view: View, values: Mapping[str, Any] | None = None, *, wait: bool = True
    ) -> Submitted:
        """Fill a modal, by block id or action id, and send it in."""
        result = Submitted()
        with self._workspace.lock:
            current = self._top(view)
            fill(current.body["blocks"], current.filled, values or {})
            current.filled = state(current.body["blocks"], current.filled)
            result.errors = missing(current.body["blocks"], current.filled)
            result.view = current
            payload = interactions.submitted(self._workspace, self.user, current)
        if result.errors:
            return result

        def done(delivery: Delivery) -> None:
            with self._workspace.lock:
                take_submission(self._workspace, self.user, current, result, delivery)

        self._send(INTERACTION, payload, done, wait)
        return result

    def close(self, view: View, *, wait: bool = True) -> None:
        """Put a modal away; with clear_on_close, all of them."""
        with self._workspace.lock:
            current = self._top(view)
            stack = self._workspace.modals[self.id]
            cleared = bool(current.body.get("clear_on_close"))
            gone = list(stack) if cleared else [current]
            self._workspace.modals[self.id] = [v for v in stack if v not in gone]
            payloads = [
                interactions.closed(self._workspace, self.user, v, cleared=cleared)
                for v in gone
                if v.body.get("notify_on_close")
            ]
        for payload in payloads:
            self._send(INTERACTION, payload, None, wait)

    # Underneath

    def _place(self, where: Where) -> Channel:
        """The conversation, if they may speak in it."""
        channel = self._channel(where)
        if self.user.deleted:
            raise CannotActError(f"{self.id} is deactivated and cannot act.")
        if self.id not in channel.members:
            raise CannotActError(f"{self.id} is not in {channel.id}; let them join it first.")
        if channel.is_archived:
            raise CannotActError(f"{channel.id} is archived.")
        if channel.kind == "im" and self._workspace.is_stranger(self.user):
            raise CannotActError(f"{self.id} shares no channel with the home team yet.")
        return channel

    def _own(self, message: Message) -> Message:
        kept = self._workspace.message(message.channel, message.ts)
        if kept.user != self.id:
            raise CannotActError("People change only their own messages.")
        return kept

    def _current(self, thing: Message | View) -> Message | View:
        if isinstance(thing, Message):
            if thing.only_for:
                mine = [m for m in self._workspace.ephemerals if m.ts == thing.ts]
                if not mine or thing.only_for != self.id:
                    raise CannotActError("That message is not on their screen any more.")
                return mine[0]
            self._place(thing)
            return self._workspace.message(thing.channel, thing.ts)
        home = self._workspace.homes.get(self.id)
        return home if home is not None and home.id == thing.id else self._top(thing)

    def _top(self, view: View) -> View:
        stack = self._workspace.modals.get(self.id, [])
        if not stack or stack[-1].id != view.id:
            raise CannotActError("That modal is not on top of their screen.")
        return stack[-1]

    def _send(self, kind: str, payload: Json, done: Any, wait: bool) -> Delivery:
        delivery = Delivery(kind=kind, payload=payload, done=done)
        owed = self._workspace.deliveries.add(delivery)
        if wait:
            self._workspace.deliveries.wait(owed, self._patience)
        return delivery

    def _outcome(self, payload: Json, wait: bool) -> str:
        delivery = self._send(INTERACTION, payload, None, wait)
        return failure(delivery) if wait and not delivery.acked else ""

    def _after(self, message: Message, owed: list[Delivery], wait: bool) -> Message:
        if wait:
            self._workspace.deliveries.wait(owed, self._patience)
        return copy.copy(message)
