"""Reads the dates that officials state, and asks where the words allow two.

The rules stand in tables, one module a theme: `exact`, `weekdays`, `periods`, `years`,
`parts`, `ranges`, `spans`, `anchors`, `vague`, `phrases` and `slips`. Each is a pattern over
tokens and a small function that says what the pattern means; `grammar` matches them, `resolve`
settles what a sentence left unsaid (its year, its tense), and `reader` chooses the deadline
among what it finds. `anchoring` then says which meeting or recess the words hang on.
"""

from bot.domain.dates.anchoring import find, moved, read

__all__ = ["find", "moved", "read"]
