"""Finds the dates in a text and, of those, the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.dates import (
    anchors,
    beside,
    choosing,
    clocks,
    ends,
    exact,
    feasts,
    hands,
    limits,
    naming,
    pairs,
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
    weekends,
    weeks,
    years,
)
from bot.domain.dates import (
    recesses as recess_rules,
)
from bot.domain.dates.choosing import Piece
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Grammar, Parse
from bot.domain.dates.moves import moved
from bot.domain.dates.resolve import resolve
from bot.domain.dates.terms import COUNTED, Ask, Phrase, Side, Slip, Vague, on_day
from bot.domain.dates.tokens import Token, tokens
from bot.domain.deadlines import Deadline, day_and_date

Found = tuple[tuple[int, int], Deadline]

_GRAMMAR = Grammar(
    feasts.rules,
    recess_rules.rules,
    anchors.rules,
    exact.rules,
    pairs.rules,
    hands.rules,
    beside.rules,
    weekdays.rules,
    weekends.rules,
    periods.rules,
    weeks.rules,
    years.rules,
    seasons.rules,
    ends.rules,
    parts.rules,
    ranges.rules,
    spans.rules,
    limits.rules,
    clocks.rules,
    phrases.rules,
    slips.rules,
    vague.rules,
)

# Longer texts are letters, and their sentences are read one by one. A text that is nothing but
# dates is not read to its end either: nobody can say which of a hundred is the deadline.
_LONGEST_TEXT = 20_000
_MOST_TOKENS = 4_000
_MOST_EFFORT = 40_000
_MOST_PIECES = 80


def read(text: str, context: Context) -> Deadline:
    """The deadline a text states; never raises.

    Kind none where nothing in it speaks of a date, open where it must be asked back. The
    words are the text as it stands.
    """
    words = tokens(text[:_LONGEST_TEXT], most=_MOST_TOKENS)
    pieces, end = _pieces(words, context)
    unread = end < len(words) or len(words) == _MOST_TOKENS or len(text) > _LONGEST_TEXT
    chosen = choosing.too_long(pieces) if unread else choosing.the_deadline(pieces, words, context)
    return replace(chosen, words=text.strip())


def find(text: str, context: Context) -> list[Found]:
    """Every date phrase in a text, in order: its (start, end) in characters, and its Deadline.

    A phrase's words are its own piece of the text.
    """
    words = tokens(text[:_LONGEST_TEXT], most=_MOST_TOKENS)
    found = []
    for piece in _to_show(_pieces(words, context)[0]):
        start, end = words[piece.start].start, words[piece.end - 1].end
        found.append(((start, end), replace(piece.reading, words=text[start:end])))
    return found


def _pieces(words: Sequence[Token], context: Context) -> tuple[list[Piece], int]:
    """What the text says about dates, and how far it was read."""
    parse, begins = Parse(_GRAMMAR, words, context), _GRAMMAR.begins(words)
    pieces: list[Piece] = []
    at = 0
    while at < len(words) and parse.effort < _MOST_EFFORT and len(pieces) < _MOST_PIECES:
        taken = _at(parse, at) if begins[at] else None
        if taken is None:
            at += 1
            continue
        end, meaning = taken
        event = naming.event(words, at, end)
        if event is not None and not _is_awaited(meaning, words[end]):
            at = end
            continue
        piece = _piece(words, at, end, meaning, pieces, context)
        if event is not None:
            asked = Phrase(value=naming.asked_for(event), stated=True)
            piece = replace(piece, meaning=asked, reading=resolve(asked, context))
        pieces.append(piece)
        # What something depends on may hold a date of its own.
        at = at + 1 if isinstance(meaning, Vague) and meaning.rank > COUNTED else end
    return pieces, at


def _is_awaited(meaning: Phrase | Slip | Vague, noun: Token) -> bool:
    """Whether a name with a time in it is of something that a deadline can hang on."""
    return isinstance(meaning, Phrase) and (meaning.stated or noun.low in naming.EVENTS)


def _piece(
    words: Sequence[Token],
    at: int,
    end: int,
    meaning: Phrase | Slip | Vague,
    before: Sequence[Piece],
    context: Context,
) -> Piece:
    stop = before[-1].end if before else 0
    part = isinstance(meaning, Phrase) and naming.is_part(words, at, end, _read_to(before))
    if isinstance(meaning, Phrase) and part:
        meaning = replace(meaning, value=naming.asked_part(meaning.value))
    reading = _reading(meaning, words, at, stop, context)
    if isinstance(meaning, Phrase) and not tense.is_past(words, at, stop):
        reading = _still_to_come(reading, words[at:end], context)
    return Piece(at, end, meaning, reading, is_part=part)


def _still_to_come(reading: Deadline, said: Sequence[Token], context: Context) -> Deadline:
    """A question, where words that name no year would make a deadline of a day that has gone."""
    day = reading.latest
    if day is None or day >= context.on or tense.names_the_past(said):
        return reading
    question = f"{day_and_date(day)} has gone: which day is meant?"
    return resolve(
        Phrase(value=Ask(question=question, terms=(on_day(day, "the day gone"),))), context
    )


def _read_to(pieces: Sequence[Piece]) -> int:
    """Where the last date read ends."""
    return pieces[-1].end if pieces and isinstance(pieces[-1].meaning, Phrase) else 0


def _to_show(pieces: Sequence[Piece]) -> list[Piece]:
    """Of what overlaps the dates before what they depend on."""
    if all(isinstance(piece.meaning, Vague) for piece in pieces):
        return _without_overlaps(pieces)
    return [p for p in pieces if not isinstance(p.meaning, Vague) or p.meaning.rank <= COUNTED]


def _without_overlaps(pieces: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
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
        if tense.is_conditional(words, at):
            meaning = replace(meaning, soft=True)
        limits = meaning.side in (Side.BY, Side.BEFORE)
        since = words[at].low == "since"
        past = since or (not limits and tense.is_past(words, at, stop))
        return resolve(meaning, context, past=past)
    asked = Phrase(value=Ask(question=meaning.question, terms=meaning.terms))
    return resolve(asked, context)
