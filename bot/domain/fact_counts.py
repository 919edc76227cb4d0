"""Facts that count: items and promises by where they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ItemCounts:
    """All items by where they stand; all but `overdue` add up to `total`."""

    total: int
    complete: int
    claimed: int
    in_progress: int
    not_started: int
    not_reported: int
    paused: int
    withdrawn: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class CommitmentCounts:
    """All promises, a restatement counted with its first, by where they stand; they add up."""

    total: int
    complete: int
    claimed: int
    in_progress: int
    not_started: int
    not_reported: int
    paused: int
    withdrawn: int
    no_action: int
    standing: int
    late: int
    moved: int
    settled_before: int
    recommendations: int
