"""Reads a pasted list of actions, as minutes are written, into proposals for somebody to confirm.

`lines` puts lines together and tells headings apart, `rows` reads tables, `sentences` reads one
entry, `naming` finds the people and `dating` the date. Nothing here guesses: what the words
leave open stands in the proposal as a question, and every line ends up in some place.
"""

from bot.domain.pasted.reader import read
from bot.domain.pasted.values import Line, Named, PastedList, ProposedAction

__all__ = ["Line", "Named", "PastedList", "ProposedAction", "read"]
