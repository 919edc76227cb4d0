"""Reads the dates that officials state, and asks where the words allow two.

The rules stand in tables, one module a theme: days (`exact`, `hands`, `pairs`, `weekdays`,
`weekends`, `beside`), spans (`periods`, `weeks`, `years`, `seasons`, `parts`, `ends`, `ranges`),
counts (`spans`, `limits`), what a table knows (`feasts`, `recesses`, `anchors`), `clocks`,
`vague`, `phrases` and `slips`. Each is a pattern over tokens and a small function that says what
the pattern means; `grammar` matches them, `resolve` settles what a sentence left unsaid (its
year, its tense), `naming` sets aside what is part of a name, and `choosing` tells the deadline
from the other dates that `reader` finds. `anchoring` then says which meeting or recess the words
hang on.
"""

from bot.domain.dates.anchoring import find, moved, read

__all__ = ["find", "moved", "read"]
