"""The command line, one module a kind of work; each imports what it needs when it is run."""

from bot.cli import keeping, rehearsing, roles, running, understanding
from bot.cli.base import cli

__all__ = ["cli", "keeping", "rehearsing", "roles", "running", "understanding"]
