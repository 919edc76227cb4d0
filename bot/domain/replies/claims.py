"""What one piece of a reply claims, and whether it says so clearly enough to be recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.deadlines import Deadline, Kind
from bot.domain.register import Confidence
from bot.domain.replies import orders
from bot.domain.replies.dating import DateIn
from bot.domain.replies.manners import CONDITION, DOUBT, FUTURE, HARD_CONDITION, NEGATION, SARCASM
from bot.domain.replies.selection import is_title_word
from bot.domain.replies.signals import Signal, Span, blank, overlaps, signals
from bot.domain.replies.vocabulary import DOING, DONE, Meaning

_WORD = re.compile(r"[^\W\d_][\w']*|\d+")
_CONFIRMS = re.compile(
    r"\b(?:(?:i|we) can (?:now )?confirm(?: that)?|(?:happy|pleased|glad|delighted) to (?:say"
    r"|report"
    r"|confirm)(?: that)?|as promised|good news)\b",
    re.I,
)
_PLEADS = re.compile(
    r"\b(?:can|could|may|might|would|ok|okay|possible|all ?right|please|what about)\b", re.I
)
_SOFT = re.compile(
    r"\b(?:should be|ought to be|likely|looks like|i expect|says?|said|told)\b", re.I
)
_DONE_OR_DOING = re.compile(rf"\b(?:{DONE}|{DOING})\b", re.I)
_SHARE = re.compile(
    r"\b(?:done|completed?|finished|there|through|way|published|delivered|ready|sorted)\b", re.I
)
_NOT_BY = re.compile(r"\b(?:by|before|in time for)\b", re.I)
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        """
    it its it's that that's this these those they they're is are was were has have had been be
    am i
    i've we we've i'm all both now today yesterday just already finally the a an of on in at as
    my
    our for me us yes yep yeah hi hello hey thanks thank you cheers ta confirm say report fully
    action actions item items one ones here see link attached below evidence so and or too also
    ago
    week last did mine ours dusted from our from side end well really very everyone everything
    morning
    afternoon them which team's number with effect s status update
""",
    )
)
_ASIDES = {"link", "evidence", "attached", "see", "update", "report", "status", "team's"}
_SETTLING = {Meaning.COMPLETE, Meaning.WITHDRAWN, Meaning.PAUSED}
_NEVER_CLEAR = {Meaning.VAGUE, Meaning.STALLED, Meaning.BEHIND, Meaning.NEW_DATE, Meaning.NOT_MINE}
_RECENTLY = timedelta(days=60)
_SLIPPING = {Meaning.BEHIND, Meaning.AT_RISK, Meaning.OFF_TRACK, Meaning.NEW_DATE}
_HOLDS_ITS_DATE = {Meaning.BLOCKED, Meaning.PAUSED, Meaning.COVER, Meaning.DELEGATE, Meaning.ASK}


@dataclass(frozen=True)
class Clause:
    """A piece with what surrounds it: the items it is about and how its sentence speaks.

    `held` is set where another part of the sentence denies, conditions or postpones;
    `mocking` where the sentence may mean its opposite; `doubted` where it is doubted.
    """

    text: str
    items: tuple[str, ...]
    named: tuple[Span, ...] = ()
    title_words: frozenset[str] = frozenset()
    asks: bool = False
    held: bool = False
    conditional: bool = False
    mocking: bool = False
    doubted: bool = False
    dates: tuple[DateIn, ...] = ()
    due: date | None = None


@dataclass(frozen=True)
class Claim:
    """One thing said of an item; `clear` when it may be recorded as it stands."""

    meaning: Meaning
    clear: bool
    words: str | None = None
    percent: int | None = None
    colour: Confidence | None = None
    deadline: Deadline | None = None
    day: date | None = None
    expected: bool = False
    later: bool = False


def claims(clause: Clause, *, on: date) -> list[Claim]:
    """The claims of one clause, dates included."""
    return _Judge(clause, on).claims()


@dataclass
class _Judge:
    clause: Clause
    on: date
    found: list[Signal] = field(init=False)
    bare: str = field(init=False)

    def __post_init__(self) -> None:
        clause = self.clause
        self.text = _CONFIRMS.sub(lambda match: " " * len(match[0]), clause.text)
        self.found = signals(self.text)
        taken = [signal.span for signal in self.found]
        untaken = blank(self.text, taken)
        words = [
            match.span()
            for match in _WORD.finditer(self.text)
            if is_title_word(match[0], clause.title_words) and not untaken[match.start()].isspace()
        ]
        when = [dated.span for dated in clause.dates]
        self.bare = blank(self.text, [*clause.named, *words, *when])
        self.left = blank(self.bare, taken)

    def claims(self) -> list[Claim]:
        telling = {(s.meaning, s.words, s.percent, s.colour): s for s in reversed(self.found)}
        made = [claim for signal in telling.values() if (claim := self._claim(signal))]
        made.reverse()
        dated = self._date_claim()
        if dated:
            # "Done by Friday" and "needs until Friday" are about a date, not a completion.
            made = [c for c in made if c.meaning not in (Meaning.COMPLETE, Meaning.NEW_DATE)]
            drop = {Meaning.NOT_COMPLETE, Meaning.BEHIND} if dated.clear else set()
            made = [c for c in made if c.meaning not in drop]
            made.append(dated)
        elif any(claim.colour for claim in made):
            made = [c for c in made if c.meaning is not Meaning.NEW_DATE]
        return made

    def _claim(self, signal: Signal) -> Claim | None:
        meaning = signal.meaning
        if meaning is Meaning.NOTHING:
            return None
        if meaning is Meaning.VAGUE and not self._only_vague():
            return None
        if meaning is Meaning.PARTIAL and not self._is_share():
            return None
        later = meaning is Meaning.COMPLETE and bool(self._ahead())
        day, dates_fit = self._completed_on() if meaning is Meaning.COMPLETE else (None, True)
        if meaning is Meaning.COVER and self.clause.dates:
            day = self.clause.dates[-1].deadline.latest
        return Claim(
            meaning=meaning,
            clear=self._is_clear(signal) and dates_fit,
            words=signal.words,
            percent=signal.percent,
            colour=signal.colour,
            day=day,
            later=later,
        )

    def _is_share(self) -> bool:
        """Whether a percentage is of the item: it says "done", or stands alone."""
        alone = self._nothing_left() and all(d.deadline.latest for d in self.clause.dates)
        return alone or _SHARE.search(self.text) is not None

    def _only_vague(self) -> bool:
        if any(signal.meaning is not Meaning.VAGUE for signal in self.found):
            return False
        if SARCASM.search(self.text) and len(self.text.split()) <= 4:
            return True
        left = DOUBT.sub(" ", self.left)
        return all(word.casefold() in _FILLERS | {"to", "please"} for word in _WORD.findall(left))

    def _is_clear(self, signal: Signal) -> bool:
        clause, meaning = self.clause, signal.meaning
        if meaning in _NEVER_CLEAR:
            return False
        if meaning is Meaning.ASK:
            return True
        if clause.asks or clause.mocking or clause.doubted or DOUBT.search(self.left):
            return False
        if clause.conditional or HARD_CONDITION.search(self.left):
            return False
        if meaning in _SETTLING:
            if clause.held or not self._nothing_left():
                return False
            return not (self._ahead() or CONDITION.search(self.left) or NEGATION.search(self.left))
        return meaning is Meaning.PARTIAL or not self._denied_after(signal)

    def _denied_after(self, signal: Signal) -> bool:
        return NEGATION.search(self.left, signal.span[1]) is not None

    def _ahead(self) -> re.Match[str] | None:
        return FUTURE.search(self.left)

    def _nothing_left(self) -> bool:
        left = self.left
        if orders.is_imperative(left):
            left = left.strip().split(" ", 1)[-1] if " " in left.strip() else ""
            left = re.sub(r"^\W*(?:mark|set|record|update)\b", "", left, flags=re.I)
        return all(word.casefold() in _FILLERS for word in _WORD.findall(left))

    def _completed_on(self) -> tuple[date | None, bool]:
        """The day of completion, and whether the dates named allow one."""
        days = [dated.deadline for dated in self.clause.dates]
        if not days:
            return None, True
        day = days[0].latest
        if len(days) > 1 or day is None or day != days[0].earliest or day > self.on:
            return None, False
        # Without its year, a day long gone would be a guess.
        certain = self.on - day <= _RECENTLY or str(day.year) in days[0].words
        return (day, True) if certain else (None, False)

    def _date_claim(self) -> Claim | None:
        kinds = {signal.meaning for signal in self.found}
        held = [s.span for s in self.found if s.meaning in _HOLDS_ITS_DATE]
        dates = [
            dated
            for dated in self.clause.dates
            if dated.deadline.kind is not Kind.NONE
            and not any(overlaps(dated.span, span) for span in held)
        ]
        if not dates or kinds & {Meaning.COVER, Meaning.DELEGATE}:
            return None
        asked = bool(kinds & _SLIPPING)
        expected = self._expects(kinds, dates)
        if not asked and not expected and not self._only_a_date(kinds, dates[-1].deadline):
            return self._on_track_for(kinds, dates[-1].deadline)
        clear = len(dates) == 1 and self._date_is_clear(expected=expected and not asked)
        if Meaning.NOT_COMPLETE in kinds and _NOT_BY.search(self.text):
            clear = False
        return Claim(Meaning.NEW_DATE, clear, deadline=dates[-1].deadline, expected=not asked)

    def _on_track_for(self, kinds: set[Meaning], named: Deadline) -> Claim | None:
        """A later date that somebody is "on track for" would be a slip in silence: ask."""
        due, latest = self.clause.due, named.latest
        if Meaning.ON_TRACK in kinds and due and latest and latest > due:
            return Claim(Meaning.NEW_DATE, clear=False, deadline=named)
        return None

    def _expects(self, kinds: set[Meaning], dates: list[DateIn]) -> bool:
        last = dates[-1].deadline
        begun = last.earliest is not None and last.earliest <= self.on
        ahead = not begun if last.latest is None else last.latest > self.on
        if kinds & {Meaning.COMPLETE, Meaning.NOT_COMPLETE} and ahead:
            return True
        return bool(ahead and self._ahead() and _DONE_OR_DOING.search(self.text))

    def _only_a_date(self, kinds: set[Meaning], named: Deadline) -> bool:
        if named.latest is None and not named.candidates:
            return False
        settled = kinds & {Meaning.COMPLETE, Meaning.WITHDRAWN, Meaning.UNCHANGED, Meaning.ON_TRACK}
        left = re.sub(
            r"\b(?:by|until|till|around|about|mid|end|how|what|can|could|would|work|possible|please)\b",
            " ",
            self.left,
            flags=re.I,
        )
        return not settled and all(w.casefold() in _FILLERS for w in _WORD.findall(left))

    def _date_is_clear(self, *, expected: bool) -> bool:
        clause = self.clause
        if (
            clause.mocking
            or clause.doubted
            or clause.conditional
            or HARD_CONDITION.search(re.sub(r"\b(?:until|once)\b", " ", self.left))
        ):
            return False
        if DOUBT.search(_SOFT.sub(" ", self.left)):
            return False
        if clause.asks and not _PLEADS.search(clause.text):
            return False
        if not expected:
            return True
        left = _DONE_OR_DOING.sub(" ", FUTURE.sub(" ", NEGATION.sub(" ", self.left)))
        return all(word.casefold() in _FILLERS - _ASIDES for word in _WORD.findall(left))
