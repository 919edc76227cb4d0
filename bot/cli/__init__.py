"""The command line, one module a kind of work; each imports what it needs when it is run."""

from bot.cli import keeping, rehearsing, running, sheets, understanding
from bot.cli.base import cli

__all__ = ["cli", "keeping", "rehearsing", "running", "sheets", "understanding"]
