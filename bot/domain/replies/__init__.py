"""The plain reader of owners' replies: rules only, and no rule that guesses.

A reply is cleaned of what is not its writer's (`cleaning`), cut into sentences and pieces
(`clauses`), each piece is given to items (`selection`, `assigning`) and met with the table
of signals (`vocabulary`, `signals`); what it claims is judged (`claims`), put together an
item (`combining`), and what is not clear is asked once (`asking`).
"""

from bot.domain.replies.dating import Known
from bot.domain.replies.reader import read_reply
from bot.domain.replies.values import (
    AskedItem,
    Cover,
    Option,
    ProposedUpdate,
    Reading,
    to_json,
)
from bot.domain.replies.wishes import AskAgain

__all__ = [
    "AskAgain",
    "AskedItem",
    "Cover",
    "Known",
    "Option",
    "ProposedUpdate",
    "Reading",
    "read_reply",
    "to_json",
]
