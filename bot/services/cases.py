"""One item in one sweep: its plan, what was decided, and what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.people import Person
from bot.domain.plans import Decision, Entry, Outcome, Result, Standing
from bot.domain.register import ActionItem, Delivery, History
from bot.domain.rungs import LETTER_KEY
from bot.services.nudge_words import Ask
from storage.nudges import PlannedItem

_STOPPED = {Delivery.COMPLETE: "reported complete", Delivery.PAUSED: "paused"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """An item that is due, and everything that follows for it today.

    `held` are the ledger's lines that held a rung of it until now.
    """

    planned: PlannedItem
    decision: Decision
    history: History | None
    blocker: ActionItem | None
    entries: Sequence[Entry]
    held: Mapping[str, int]

    @property
    def message(self) -> Outcome | None:
        """The outcome that needs a message, if one does."""
        return self.decision.message

    @property
    def result(self) -> Result | None:
        """Whether it is sent or handed over."""
        return self.message.result if self.message else None

    @property
    def ask(self) -> Ask:
        """What is asked: about the item, or about the one that blocks it."""
        if self.message is None:
            raise AssertionError("Only an item that is sent or handed over has something to ask.")
        if self.blocker is not None:
            return Ask(item=self.blocker, outcome=self.message, blocks=self.planned.item)
        last = self.history.last_word if self.history else None
        return Ask(
            item=self.planned.item,
            outcome=self.message,
            last=last,
            for_letter=any(o.key.startswith(LETTER_KEY) for o in self.decision.outcomes),
        )


def standing_of(
    item: ActionItem,
    history: History,
    blocker: ActionItem | None,
    owner: Person,
    *,
    counts_from: date | None,
) -> Standing:
    """Where an item stands for the engine: why it rests, and when it was last answered."""
    return Standing(
        stopped=_STOPPED.get(item.delivery),
        blocked=item.blocked,
        asks_id=blocker.owner_id if blocker else None,
        answered_on=answered_on(history, owner),
        counts_from=counts_from,
    )


def answered_on(history: History, owner: Person) -> date | None:
    """The owner's day on which the item was last answered; asking for more time answers too."""
    moments = [u.at for u in history.updates] + [c.at for c in history.date_changes]
    return max(moments).astimezone(owner.zone).date() if moments else None
