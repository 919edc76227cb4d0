"""Finds the dates in a text and, of those, the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.domain.calendars import Calendar, Nation, Recess
from bot.domain.dates import (
    anchors,
    beside,
    exact,
    feasts,
    hands,
    parts,
    periods,
    phrases,
    ranges,
    seasons,
    slips,
    spans,
    tense,
    vague,
    weekdays,
    years,
)
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Grammar, Parse
from bot.domain.dates.moves import moved
from bot.domain.dates.resolve import resolve
from bot.domain.dates.terms import COUNTED, Ask, Phrase, Side, Slip, Vague
from bot.domain.dates.tokens import Token, tokens
from bot.domain.deadlines import Candidate, Deadline, Kind

Found = tuple[tuple[int, int], Deadline]

_GRAMMAR = Grammar(
    feasts.rules,
    anchors.rules,
    exact.rules,
    hands.rules,
    beside.rules,
    weekdays.rules,
    periods.rules,
    years.rules,
    seasons.rules,
    parts.rules,
    ranges.rules,
    spans.rules,
    phrases.rules,
    slips.rules,
    vague.rules,
)

# Longer texts are letters, and their sentences are read one by one. A text that is nothing but
# dates is not read to its end either: nobody can say which of a hundred is the deadline.
_LONGEST_TEXT = 20_000
_MOST_TOKENS = 4_000
_MOST_EFFORT = 12_000
_MOST_PIECES = 80
_SHOWN = 5


@dataclass(frozen=True)
class _Piece:
    """What stands between two tokens, and the Deadline it states on its own."""

    start: int
    end: int
    meaning: Phrase | Slip | Vague
    reading: Deadline


def read(
    text: str,
    *,
    on: date,
    nation: Nation = Nation.ENGLAND,
    current: date | None = None,
    next_meeting: date | None = None,
    published_on: date | None = None,
    received_on: date | None = None,
    recesses: Sequence[Recess] = (),
    calendar: Calendar | None = None,
) -> Deadline:
    """The deadline a text states, said on the day `on`; never raises.

    Kind none where nothing in it speaks of a date, open where it must be asked back. The
    words are the text as it stands. `calendar` (the owner's) counts working days; without
    it, the nation's own.
    """
    context = Context(
        on=on,
        calendar=calendar or Calendar(nation=nation),
        current=current,
        next_meeting=next_meeting,
        published_on=published_on,
        received_on=received_on,
        recesses=recesses,
    )
    words = tokens(text[:_LONGEST_TEXT], most=_MOST_TOKENS)
    pieces, end = _pieces(words, context)
    unread = end < len(words) or len(words) == _MOST_TOKENS or len(text) > _LONGEST_TEXT
    chosen = _too_long(pieces) if unread else _chosen(pieces, words, context)
    return replace(chosen, words=text.strip())


def find(
    text: str,
    *,
    on: date,
    nation: Nation = Nation.ENGLAND,
    current: date | None = None,
    next_meeting: date | None = None,
    published_on: date | None = None,
    received_on: date | None = None,
    recesses: Sequence[Recess] = (),
    calendar: Calendar | None = None,
) -> list[Found]:
    """Every date phrase in a text, in order: its (start, end) in characters, and its Deadline.

    A phrase's words are its own piece of the text. The arguments are those of `read`.
    """
    context = Context(
        on=on,
        calendar=calendar or Calendar(nation=nation),
        current=current,
        next_meeting=next_meeting,
        published_on=published_on,
        received_on=received_on,
        recesses=recesses,
    )
    words = tokens(text[:_LONGEST_TEXT], most=_MOST_TOKENS)
    found = []
    for piece in _pieces(words, context)[0]:
        start, end = words[piece.start].start, words[piece.end - 1].end
        found.append(((start, end), replace(piece.reading, words=text[start:end])))
    return found


def _pieces(words: Sequence[Token], context: Context) -> tuple[list[_Piece], int]:
    """What the text says about dates, and how far it was read."""
    parse, begins = Parse(_GRAMMAR, words, context), _GRAMMAR.begins(words)
    pieces: list[_Piece] = []
    at = 0
    while at < len(words) and parse.effort < _MOST_EFFORT and len(pieces) < _MOST_PIECES:
        taken = _at(parse, at) if begins[at] else None
        if taken is None:
            at += 1
            continue
        end, meaning = taken
        stop = pieces[-1].end if pieces else 0
        reading = _reading(meaning, words, at, stop, context)
        pieces.append(_Piece(at, end, meaning, reading))
        # What something depends on may hold a date of its own.
        at = at + 1 if isinstance(meaning, Vague) and meaning.rank > COUNTED else end
    dated = [piece for piece in pieces if not isinstance(piece.meaning, Vague)]
    if not dated:
        return _without_overlaps(pieces), at
    kept = (p for p in pieces if not isinstance(p.meaning, Vague) or p.meaning.rank <= COUNTED)
    return list(kept), at


def _without_overlaps(pieces: Sequence[_Piece]) -> list[_Piece]:
    kept: list[_Piece] = []
    for piece in pieces:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _at(parse: Parse, at: int) -> tuple[int, Phrase | Slip | Vague] | None:
    """The longest of what can be read here; a move before a phrase, a phrase before no date."""
    best: tuple[int, Phrase | Slip | Vague] | None = None
    for category in ("slip", "phrase", "vague"):
        found = parse.longest(category, at)
        if found is not None and (best is None or found[0] > best[0]):
            greedy = isinstance(found[1], Vague) and found[1].rank > COUNTED
            if best is None or not greedy:
                best = found
    return best


def _reading(
    meaning: Phrase | Slip | Vague,
    words: Sequence[Token],
    at: int,
    stop: int,
    context: Context,
) -> Deadline:
    if isinstance(meaning, Slip):
        return moved(meaning, context)
    if isinstance(meaning, Phrase):
        limits = meaning.side in (Side.BY, Side.BEFORE)
        past = not limits and tense.is_past(words, at, stop)
        return resolve(meaning, context, past=past)
    asked = Phrase(value=Ask(question=meaning.question, terms=meaning.terms))
    return resolve(asked, context)


def _chosen(pieces: Sequence[_Piece], words: Sequence[Token], context: Context) -> Deadline:
    if not pieces:
        return Deadline(words="", explanation="No words about a date.")
    for piece in pieces:
        if isinstance(piece.meaning, Vague) and piece.meaning.rank == 0:
            return piece.reading
    dated = [piece for piece in pieces if not isinstance(piece.meaning, Vague)]
    if not dated:
        ranked = sorted(pieces, key=lambda p: p.meaning.rank if isinstance(p.meaning, Vague) else 0)
        return ranked[0].reading
    for place, piece in enumerate(dated):
        if isinstance(piece.meaning, Slip):
            return _slipped(piece, dated[place - 1] if place else None, context)
    for first, second in pairwise(dated):
        replaced = _replaced(first, second, words, context)
        if replaced is not None:
            return replaced
    return _the_one_meant(dated, words, context)


def _slipped(piece: _Piece, before: _Piece | None, context: Context) -> Deadline:
    """A move whose old date stands just before it: "the 31 January date has slipped to"."""
    slip = piece.meaning
    close = before is not None and piece.start - before.end <= 5
    if not close or not isinstance(slip, Slip) or slip.old is not None or slip.new is None:
        return piece.reading
    if before is None or not isinstance(before.meaning, Phrase) or before.meaning.stated:
        return piece.reading
    return moved(replace(slip, old=before.meaning.value, moved_from=None), context)


def _replaced(
    first: _Piece, second: _Piece, words: Sequence[Token], context: Context
) -> Deadline | None:
    """The new date of two, where the words between them say that one replaces the other."""
    if not isinstance(first.meaning, Phrase) or not isinstance(second.meaning, Phrase):
        return None
    lead = [word for word in words[second.start : second.end] if word.kind == "word"][:2]
    order = tense.second_is_new([*words[first.end : second.start], *lead])
    if order is None and tense.is_missed(words, first.start, first.end):
        order = True
    if order is None:
        return None
    old, new = (first, second) if order else (second, first)
    if not isinstance(old.meaning, Phrase) or not isinstance(new.meaning, Phrase):
        return None
    return moved(Slip(new=new.meaning, old=old.meaning.value), context)


def _the_one_meant(dated: Sequence[_Piece], words: Sequence[Token], context: Context) -> Deadline:
    """Of several dates the one still to come, and of those the one said to be a limit."""
    if len(dated) == 1:
        only = dated[0]
        if isinstance(only.meaning, Phrase) and tense.is_missed(words, only.start, only.end):
            if only.meaning.side is Side.BEFORE:
                # "We can't do it before Easter" says when it can begin.
                return resolve(replace(only.meaning, side=Side.FROM), context)
            return moved(Slip(new=None, old=only.meaning.value), context)
        return only.reading
    ahead = [piece for piece in dated if not _is_behind(piece.reading, context.on)] or list(dated)
    # "The Q3 return is due 31 January": what would be asked about may be part of a name.
    plain = [p for p in ahead if p.reading.kind is not Kind.OPEN or _is_limit(p)]
    ahead = plain or ahead
    stated = [piece for piece in ahead if _is_limit(piece)]
    choice = stated if len(stated) == 1 else ahead
    if len({(p.reading.earliest, p.reading.latest, p.reading.kind) for p in choice}) == 1:
        return choice[0].reading
    return _several(choice)


def _is_limit(piece: _Piece) -> bool:
    return isinstance(piece.meaning, Phrase) and piece.meaning.stated


def _is_behind(reading: Deadline, on: date) -> bool:
    return reading.latest is not None and reading.latest <= on


def _too_long(pieces: Sequence[_Piece]) -> Deadline:
    return _several(pieces[:_SHOWN], "The text is too long to read whole: which day is meant?")


def _several(
    pieces: Sequence[_Piece],
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
