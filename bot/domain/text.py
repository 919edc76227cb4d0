"""Text from outside, once the guard has been over it: the only text services take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GuardedText:
    """What may be kept of a text, and the kinds (never the words) of what was taken out.

    Made by `guard.guard` and nowhere else; a test holds that.
    """

    text: str
    redactions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text.strip())
