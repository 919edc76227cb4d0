"""The three ways things go wrong; each message is one sentence that says how to mend it."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”")


class UserError(Exception):
    """Somebody asked for what cannot be done; they can mend it, and the message says how."""


class TransientError(Exception):
    """The other side could not do it now; the outbox tries again after `retry_after` seconds."""

    def __init__(self, message: str, *, retry_after: float = 30.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentError(Exception):
    """Trying again would not help; it is buried, logged and shown to the secretariat."""


def unquoted(sentence: str) -> str:
    """A sentence of ours without what it quotes."""
    return _QUOTED.sub("“…”", sentence)


def in_log(error: BaseException, where: str) -> str:
    """What a log may say of a failure: its sentence where it is ours, else its kind and place.

    The message of anything unforeseen may hold people's words; and so may what a sentence of
    ours quotes, such as the piece of a statement that a database did not understand.
    """
    if isinstance(error, TransientError | PermanentError):
        return unquoted(str(error))
    return f"{type(error).__name__} at {where}"
