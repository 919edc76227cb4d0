"""The confidence that the register computes, beside the one its owner claims (rule 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.register import ActionItem, Confidence


@dataclass(frozen=True, kw_only=True)
class Computed:
    """The confidence the bot computes, and the rule that says so (rule 1)."""

    confidence: Confidence
    rule: str


def computed_confidence(
    item: ActionItem,
    *,
    today: date,
    working_days_left: int | None,
    unanswered_rungs: int = 0,
    slipped_since_letter: bool = False,
) -> Computed:
    """Rule 1: red, then amber, then blue when verified, else green."""
    if item.verified:
        return Computed(confidence=Confidence.BLUE, rule="its evidence has been verified")
    if item.overdue(today):
        return Computed(confidence=Confidence.RED, rule="its deadline has passed")
    near = working_days_left is not None and working_days_left <= 10
    if item.blocked and near:
        return Computed(
            confidence=Confidence.RED, rule="it is blocked with ten working days or fewer left"
        )
    soft = item.due.earliest is not None and item.due.kind == "soft"
    inside = soft and item.due.earliest is not None and item.due.earliest <= today
    for holds, rule in (
        (unanswered_rungs >= 2, "two reminders have not been answered"),
        (slipped_since_letter, "its date has moved since the last letter"),
        (item.blocked, "it is blocked"),
        (inside and item.is_active, "today is inside the window it was promised for"),
    ):
        if holds:
            return Computed(confidence=Confidence.AMBER, rule=rule)
    return Computed(confidence=Confidence.GREEN, rule="nothing says otherwise")
