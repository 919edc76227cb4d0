"""The command line, one module a kind of work; each imports what it needs when it is run."""

from bot.cli import (
    doctoring,
    keeping,
    pausing,
    rehearsing,
    roles,
    running,
    safety,
    sheets,
    understanding,
    watching,
)
from bot.cli.base import cli

__all__ = [
    "cli",
    "doctoring",
    "keeping",
    "pausing",
    "rehearsing",
    "roles",
    "running",
    "safety",
    "sheets",
    "understanding",
    "watching",
]
