"""Our own table from names to listeners; one Bolt listener of each kind looks things up in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.slack.calls import Call

Listener = Callable[[Call], None]


@dataclass(frozen=True)
class Table:
    """Listeners by name, one dictionary a kind."""

    commands: dict[str, Listener] = field(default_factory=dict)
    buttons: dict[str, Listener] = field(default_factory=dict)
    views: dict[str, Listener] = field(default_factory=dict)
    events: dict[str, Listener] = field(default_factory=dict)
    shortcuts: dict[str, Listener] = field(default_factory=dict)

    def command(self, *names: str) -> Callable[[Listener], Listener]:
        """Slash commands, with their slash."""
        return _putting(self.commands, names)

    def button(self, *names: str) -> Callable[[Listener], Listener]:
        """Buttons, by action."""
        return _putting(self.buttons, names)

    def view(self, *names: str) -> Callable[[Listener], Listener]:
        """Modals sent in, by callback."""
        return _putting(self.views, names)

    def event(self, *names: str) -> Callable[[Listener], Listener]:
        """Events, by type."""
        return _putting(self.events, names)

    def shortcut(self, *names: str) -> Callable[[Listener], Listener]:
        """Shortcuts, by callback."""
        return _putting(self.shortcuts, names)


def _putting(table: dict[str, Listener], names: tuple[str, ...]) -> Callable[[Listener], Listener]:
    def put(listener: Listener) -> Listener:
        for name in names:
            if name in table:
                raise ValueError(f"Two listeners answer {name}: keep one.")
            table[name] = listener
        return listener

    return put


def action_name(action_id: str) -> str:
    """The action behind an id: `question.answer#1` is the second of its row."""
    return action_id.partition("#")[0]


table = Table()
command, button, view, event = table.command, table.button, table.view, table.event
shortcut = table.shortcut
