"""Of the dates that a text names, the deadline; open where it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.domain.dates import tense
from bot.domain.dates.context import Context
from bot.domain.dates.moves import moved
from bot.domain.dates.resolve import resolve
from bot.domain.dates.terms import DEPENDENCY, RECURRING, Ask, Phrase, Side, Slip, Vague
from bot.domain.dates.tokens import Token
from bot.domain.deadlines import Candidate, Deadline, Kind, day_and_date

_SHOWN = 5


@dataclass(frozen=True)
class Piece:
    """What stands between two tokens, and the Deadline it states on its own.

    Of one that `is_part` of more, the more was not understood.
    """

    start: int
    end: int
    meaning: Phrase | Slip | Vague
    reading: Deadline
    is_part: bool = False


def the_deadline(pieces: Sequence[Piece], words: Sequence[Token], context: Context) -> Deadline:
    if not pieces:
        return Deadline(words="", explanation="No words about a date.")
    dated = [piece for piece in pieces if not isinstance(piece.meaning, Vague)]
    dated = [piece for piece in dated if not tense.is_away(words, piece.start)] or dated
    waits = _recurring(pieces, dated, words) or _waited_for(pieces, dated, words)
    if waits is not None:
        return waits.reading
    if not dated:
        ranked = sorted(pieces, key=lambda p: p.meaning.rank if isinstance(p.meaning, Vague) else 0)
        return ranked[0].reading
    return _moved(dated, words, context) or _the_one_meant(dated, words, context)


def _recurring(
    pieces: Sequence[Piece], dated: Sequence[Piece], words: Sequence[Token]
) -> Piece | None:
    for piece in pieces:
        recurs = isinstance(piece.meaning, Vague) and piece.meaning.rank == RECURRING
        if recurs and not any(_in_another_sentence(piece, other, words) for other in dated):
            return piece
    return None


def _moved(dated: Sequence[Piece], words: Sequence[Token], context: Context) -> Deadline | None:
    """The new date, where one of the dates replaces another."""
    for place, piece in enumerate(dated):
        if isinstance(piece.meaning, Slip):
            if place and tense.is_unsure(words, piece.start):
                return _several([dated[place - 1], piece])
            return _slipped(piece, dated[place - 1] if place else None, context)
    for first, second in pairwise(dated):
        replaced = _replaced(first, second, words, context)
        if replaced is not None:
            return replaced
    return None


def _waited_for(
    pieces: Sequence[Piece], dated: Sequence[Piece], words: Sequence[Token]
) -> Piece | None:
    """What must come first, where every date named is its own: "once it ends in March"."""
    for piece in pieces if dated else ():
        if not isinstance(piece.meaning, Vague) or piece.meaning.rank != DEPENDENCY:
            continue
        if all(
            piece.start < one.start < piece.end
            and not _is_limit(one)
            and tense.is_of_another(words, piece.start, one.start)
            for one in dated
        ):
            return piece
    return None


def _in_another_sentence(one: Piece, other: Piece, words: Sequence[Token]) -> bool:
    between = words[min(one.end, other.end) : max(one.start, other.start)]
    return any(word.low in (".", ";") for word in between)


def _slipped(piece: Piece, before: Piece | None, context: Context) -> Deadline:
    """A move whose old date stands just before it: "the 31 January date has slipped to"."""
    slip = piece.meaning
    close = before is not None and piece.start - before.end <= 5
    if before is None or not close or not isinstance(slip, Slip):
        return piece.reading
    if slip.new is None and slip.old is not None and isinstance(before.meaning, Phrase):
        # "By 30 June (extended from 31 March)".
        return moved(Slip(new=before.meaning, old=slip.old), context)
    if slip.old is not None or slip.new is None:
        return piece.reading
    if not isinstance(before.meaning, Phrase) or before.meaning.stated:
        return piece.reading
    return moved(replace(slip, old=before.meaning.value, moved_from=None), context)


def _replaced(
    first: Piece, second: Piece, words: Sequence[Token], context: Context
) -> Deadline | None:
    """The new date of two, where the words between them say that one replaces the other."""
    if not isinstance(first.meaning, Phrase) or not isinstance(second.meaning, Phrase):
        return None
    lead = [word for word in words[second.start : second.end] if word.kind == "word"][:2]
    between = [*words[first.end : second.start], *lead]
    order = tense.second_is_new(between, [*words[max(0, first.start - 5) : first.end], *between])
    if tense.is_missed(words, first.start, first.end):
        order = True
    if order is None:
        return None
    old, new = (first, second) if order else (second, first)
    if not isinstance(old.meaning, Phrase) or not isinstance(new.meaning, Phrase):
        return None
    return moved(Slip(new=new.meaning, old=old.meaning.value), context)


def _the_one_meant(dated: Sequence[Piece], words: Sequence[Token], context: Context) -> Deadline:
    """Of several dates the one still to come, and of those the one said to be a limit."""
    if len(dated) == 1:
        return _alone(dated[0], words, context)
    ahead = [piece for piece in dated if not _is_behind(piece.reading, context.on)] or list(dated)
    if any(piece.is_part for piece in ahead):
        return _several(ahead)
    # "The Q3 return is due 31 January": what would be asked about may be part of a name.
    plain = [p for p in ahead if p.reading.kind is not Kind.OPEN or _is_limit(p)]
    if all(_is_sole(one, ahead, words) for one in plain):
        ahead = plain or ahead
    stated = [piece for piece in ahead if _is_limit(piece)]
    choice = stated if len(stated) == 1 and _is_sole(stated[0], ahead, words) else ahead
    if len({(p.reading.earliest, p.reading.latest, p.reading.kind) for p in choice}) == 1:
        return choice[0].reading
    return _several(choice)


def _alone(only: Piece, words: Sequence[Token], context: Context) -> Deadline:
    if not isinstance(only.meaning, Phrase):
        return only.reading
    if tense.is_excluded(words, only.start):
        question = f"Not {_shown(only.reading)}: which day is meant instead?"
        return resolve(Phrase(value=Ask(question=question)), context)
    late = words[only.start].low in ("until", "till") or only.meaning.side is Side.BEFORE
    if not tense.is_missed(words, only.start, only.end) and not (
        late and tense.is_nothing(words, only.start)
    ):
        return only.reading
    if late:
        # "Not before Easter" and "not until after Easter" say when it can begin.
        side = Side.AFTER if only.meaning.side is Side.AFTER else Side.FROM
        return resolve(replace(only.meaning, side=side), context)
    return moved(Slip(new=None, old=only.meaning.value), context)


def _shown(reading: Deadline) -> str:
    day = reading.latest or reading.earliest
    return day_and_date(day) if day else "then"


def _is_sole(limit: Piece, ahead: Sequence[Piece], words: Sequence[Token]) -> bool:
    """Whether a limit is the one of a sentence: not "a draft in March and the rest by June"."""
    for other in ahead:
        if other is limit:
            continue
        if isinstance(limit.meaning, Phrase) and limit.meaning.from_today:
            # "After the meeting on 8 March, within two weeks": of that day or of today?
            side = other.meaning.side if isinstance(other.meaning, Phrase) else Side.AT
            if side is Side.AFTER:
                return False
        between = words[min(limit.end, other.end) : max(limit.start, other.start)]
        if any(word.low in ("and", "then", "&", "or") for word in between):
            return False
    return True


def _is_limit(piece: Piece) -> bool:
    return isinstance(piece.meaning, Phrase) and piece.meaning.stated


def _is_behind(reading: Deadline, on: date) -> bool:
    return reading.latest is not None and reading.latest <= on


def too_long(pieces: Sequence[Piece]) -> Deadline:
    return _several(pieces[:_SHOWN], "The text is too long to read whole: which day is meant?")


def _several(
    pieces: Sequence[Piece],
    question: str = "Several dates are named: which of them is the deadline?",
) -> Deadline:
    candidates: list[Candidate] = []
    for piece in pieces:
        reading = piece.reading
        own = Candidate(
            earliest=reading.earliest,
            latest=reading.latest,
            words=reading.explanation.rstrip("."),
        )
        candidates += reading.candidates or ([own] if own.earliest or own.latest else [])
    return Deadline(
        words="",
        kind=Kind.OPEN,
        candidates=tuple(dict.fromkeys(candidates)),
        question=question,
        explanation=f"Open: {question}",
    )
