"""Reads an owner's reply: what is clear becomes updates, what is not becomes one question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.calendars import Nation
from bot.domain.register import Status
from bot.domain.replies import asking, orders, wishes
from bot.domain.replies.assigning import Assigned, Part, Thread, assign, only_names
from bot.domain.replies.claims import Claim, Clause, claims
from bot.domain.replies.clauses import Sentence, sentences
from bot.domain.replies.cleaning import Cleaned, clean
from bot.domain.replies.combining import Doubt, combine
from bot.domain.replies.dating import NOTHING, DateIn, Known, dates_in
from bot.domain.replies.manners import DOUBT, SARCASM
from bot.domain.replies.selection import Asked
from bot.domain.replies.signals import signals
from bot.domain.replies.values import AskedItem, Option, ProposedUpdate, Reading
from bot.domain.replies.vocabulary import Meaning
from bot.domain.text import GuardedText

_WONDERS = re.compile(
    r"^\W*(?:is|are|was|were|has|have|had|do|does|did|who|what|when|where|why|how|which|whose|can"
    r"|could"
    r"|will|would|should|shall|am|isn't|aren't|hasn't|haven't|didn't|doesn't)\b",
    re.I,
)
_OFFERS = re.compile(r"^\W*(?:can|could|may|might|would|how about|what about)\b", re.I)
_PICTURES = re.compile(r":[a-z0-9_+-]{1,40}:")
_TELLING = re.compile(r"[^\W_]")
_REQUESTS = (Meaning.NEW_DATE, Meaning.ASK, Meaning.DELEGATE, Meaning.COVER)


def read_reply(
    text: GuardedText,
    *,
    on: date,
    asked: Sequence[AskedItem],
    nation: Nation,
    known: Known = NOTHING,
) -> Reading:
    """What a reply of the day `on` says of the items asked about; nothing of any other.

    `known` are the tables that its dates may hang on. What is clear stands in `updates`; all
    that is not is asked in one question whose two or three options hold the likely readings.
    """
    cleaned = clean(text.text)
    if not asked or not (cleaned.text or cleaned.links):
        return Reading(remark=text.text.strip() or None if cleaned.automatic else None)
    besides, again = wishes.cut(cleaned.text, on=on, nation=nation)
    if again and wishes.only_manners(besides) and not cleaned.links:
        return Reading(again=again)
    reader = _Reader(Asked(asked), replace(cleaned, text=besides), on, nation, known)
    reader.read()
    return replace(reader.reading(), again=again)


@dataclass
class _Reader:
    asked: Asked
    cleaned: Cleaned
    on: date
    nation: Nation
    known: Known = NOTHING
    said: dict[str, list[Claim]] = field(default_factory=dict)
    unplaced: dict[str, list[Claim]] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    dated: dict[tuple[str, date | None], tuple[DateIn, ...]] = field(default_factory=dict)

    def read(self) -> None:
        text = self.cleaned.text
        if not _TELLING.search(_PICTURES.sub("", text)):
            # A tick, a thumb or nothing but a link can be read two ways.
            meaning = Meaning.VAGUE if text else Meaning.COMPLETE
            self._place(
                _only_or_none(self.asked), {ref: [Claim(meaning, False)] for ref in self.asked.refs}
            )
            return
        parts = sentences(text, speaks=self._speaks, signals=lambda piece: bool(signals(piece)))
        suspicious = any(orders.judge(part.text).instructs for part in parts)
        thread = Thread()
        for place, sentence in enumerate(parts):
            judged = orders.judge(sentence.text, suspicious=suspicious)
            if judged.refusal:
                self.refusals.append(judged.refusal)
            elif _only_wonders(sentence) and not self._pleads(sentence):
                self.silent.append(sentence.text)
            else:
                following = parts[place + 1].text if place + 1 < len(parts) else ""
                strange = only_names(following, self.asked.named(following))
                doubted = _only_doubts(following)
                self._sentence(sentence, thread, doubted=doubted, strange=strange)

    def _pleads(self, sentence: Sentence) -> bool:
        """Whether a question offers a date ("can we say end of July?")."""
        dated = bool(self._dates(sentence.text, self.asked.items[0]))
        return dated and _OFFERS.match(sentence.text) is not None

    def _speaks(self, text: str) -> bool:
        named = self.asked.named(text)
        return bool(named.items or named.foreign or signals(text))

    def _sentence(
        self, sentence: Sentence, thread: Thread, *, doubted: bool, strange: bool
    ) -> None:
        """`strange` where what comes next is only the reference of an item not asked about."""
        first = self.asked.items[0]
        dated = [bool(self._dates(piece.text, first)) for piece in sentence.pieces]
        assigned: Assigned = assign(sentence, self.asked, thread, dated=dated)
        self.silent += assigned.silent
        self.foreign += assigned.foreign
        if strange:
            assigned.parts = [part for part in assigned.parts if part.explicit]
        mocking = SARCASM.search(sentence.text) is not None
        for part in assigned.parts:
            refs = part.items or tuple(self.asked.refs)
            said = {}
            for ref in refs:
                clause = self._clause(part, ref, mocking=mocking, doubted=doubted)
                said[ref] = claims(clause, on=self.on)
            if not any(said.values()):
                self.silent.append(part.text)
            self._place(part.items, said)
        for ref in assigned.unsure:
            self._place([ref], {ref: [Claim(Meaning.VAGUE, False)]})
        if (
            not (assigned.parts or strange)
            and not assigned.unsure
            and not assigned.foreign
            and _says_little(sentence.text)
        ):
            vague = {ref: [Claim(Meaning.VAGUE, False)] for ref in self.asked.refs}
            self._place(_only_or_none(self.asked), vague)

    def _clause(self, part: Part, ref: str, *, mocking: bool, doubted: bool) -> Clause:
        item = self._item(ref)
        return Clause(
            text=part.text,
            items=(ref,),
            named=part.named,
            title_words=frozenset(self.asked.words[ref]),
            asks=part.asks,
            held=part.held,
            conditional=part.conditional,
            mocking=mocking,
            doubted=part.doubted or doubted,
            dates=self._dates(part.text, item),
            due=item.due.latest,
        )

    def _dates(self, text: str, item: AskedItem) -> tuple[DateIn, ...]:
        """The dates in a piece; they depend on the item only through its deadline."""
        current = item.due.latest
        key = (text, current)
        if key not in self.dated:
            self.dated[key] = dates_in(
                text, on=self.on, nation=self.nation, current=current, known=self.known
            )
        return self.dated[key]

    def _item(self, ref: str) -> AskedItem:
        return next(item for item in self.asked.items if item.ref == ref)

    def _place(self, items: Sequence[str], said: dict[str, list[Claim]]) -> None:
        """Keep claims with their items, or as unplaced where nobody said which."""
        kept = self.said if items else self.unplaced
        for ref, made in said.items():
            if made:
                kept.setdefault(ref, []).extend(made)

    def reading(self) -> Reading:
        outcomes = [combine(item, self.said.get(item.ref, ())) for item in self.asked.items]
        updates = tuple(outcome.update for outcome in outcomes if outcome.update)
        doubts = [outcome.doubt for outcome in outcomes if outcome.doubt]
        question, options = self._question(doubts)
        refused = list(dict.fromkeys(self.refusals))
        if self.foreign:
            refused.append(orders.foreign(tuple(dict.fromkeys(self.foreign)), self.asked.refs))
        remark = ". ".join(words.rstrip(".") for words in self.silent) or None
        if not updates and not question:
            remark = self.cleaned.text or None
        return Reading(
            updates=tuple(
                self._with_evidence(update, alone=len(updates) == 1) for update in updates
            ),
            remark=remark,
            question=question,
            options=tuple(
                replace(option, updates=tuple(self._with_evidence(u) for u in option.updates))
                for option in options
            ),
            refused=" ".join(refused) or None,
        )

    def _question(self, doubts: list[Doubt]) -> tuple[str | None, tuple[Option, ...]]:
        telling = any(
            claim.meaning is not Meaning.VAGUE for made in self.unplaced.values() for claim in made
        )
        if self.unplaced and (telling or not self.said):
            said = {ref: self.unplaced.get(ref, []) for ref in self.asked.refs}
            if telling:
                return asking.which(self.asked.items, said)
            doubts = [Doubt(item, (Meaning.VAGUE,)) for item in self.asked.items]
        return asking.about(doubts) if doubts else (None, ())

    def _with_evidence(self, update: ProposedUpdate, *, alone: bool = False) -> ProposedUpdate:
        if self.cleaned.links and (alone or update.status is Status.COMPLETE):
            return replace(update, evidence=self.cleaned.links[0])
        return update


def _says_little(text: str) -> bool:
    """Whether a few words doubt or mock and say nothing else ("probably", "yeah right")."""
    hedged = DOUBT.search(text) or SARCASM.search(text)
    return hedged is not None and len(text.split()) <= 3


def _only_or_none(asked: Asked) -> tuple[str, ...]:
    return tuple(asked.refs) if len(asked.refs) == 1 else ()


def _only_wonders(sentence: Sentence) -> bool:
    """Whether a question only asks, rather than asking for a date or for help."""
    if not sentence.asks or not _WONDERS.match(sentence.text):
        return False
    return not any(signal.meaning in _REQUESTS for signal in signals(sentence.text))


def _only_doubts(text: str) -> bool:
    """Whether a sentence does nothing but doubt the one before it ("I think.", "Not.")."""
    bare = text.strip(" .!?…").casefold()
    if bare in ("not", "nope", "joke", "kidding"):
        return True
    return len(bare.split()) <= 4 and DOUBT.search(bare) is not None and not signals(bare)
