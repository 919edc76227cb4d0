"""Letters written from facts by rules alone, good enough to send (DESIGN.md, "Letters")."""

from bot.domain.letter_writing.letter import write

__all__ = ["write"]
