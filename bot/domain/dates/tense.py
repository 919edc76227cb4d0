"""Whether a sentence speaks of a date as gone, and which of two dates is the new one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.dates.tokens import Token
from bot.domain.dates.vocabulary import MONTHS, one_of

_PAST = one_of(
    "published sent issued completed finished done signed closed met was were "
    "received delivered launched went happened held circulated uploaded submitted "
    "approved started had did since ago shared wrote replied returned concluded ended "
    "handed presented reported opened released been began took"
)
_FUTURE = one_of(
    "will shall should must need needs going due aim aiming expect expected expecting "
    "plan planned planning by to target targeting hope hoping can could would may "
    "might now until till propose proposed scheduled before deadline 'll want likely"
)
# A participle after these is still to come: "to be published on 10 May".
_STILL_TO_BE = frozenset(["be", "being", "get", "gets", "getting"])
_STOPS = one_of(", ; . ! ? : ( )")
_REACH = 7
_FAR = 10


_DATED = one_of("iso ymd dmy pair my week short")
_BEFORE_A_YEAR = frozenset(MONTHS) | {"-", "fy"}
_BACK = one_of("last yesterday ago gone previous past since ult ultimo inst instant this")


def names_the_past(said: Sequence[Token]) -> bool:
    """Whether a phrase names its year, or says itself that its day has gone."""
    return any(
        word.kind in _DATED
        or word.low in _BACK
        or (word.kind in ("number", "dm") and max(word.value, default=0) > 31)
        or (place and word.kind == "number" and said[place - 1].low in _BEFORE_A_YEAR)
        for place, word in enumerate(said)
    )


def is_past(words: Sequence[Token], at: int, stop: int = 0) -> bool:
    """Whether the nearest verb before a date, in its clause, is in the past tense."""
    for place in range(at - 1, max(stop, at - _REACH) - 1, -1):
        low = words[place].low
        if low in _STOPS:
            return False
        if low in _FUTURE or low.endswith("'ll"):
            return False
        if low in _PAST:
            return _is_done(words, place)
    return False


def _is_done(words: Sequence[Token], place: int) -> bool:
    before = [words[n].low for n in range(max(0, place - 3), place)]
    return not _STILL_TO_BE & set(before) and not (before and before[-1] == "not")


_NEW_NEXT = (
    "now", "is now", "becomes", "become", "slips to", "slipped to", "moved to", "moves to",
    "has moved to", "instead it", "but", "new date", "revised", "pushed to", "replaced by",
    "→", "extended to", "delayed to", "deferred to", "slip to", "move to", "more like", "make it",
)  # fmt: skip
_OLD_NEXT = (
    "was", "were", "originally", "previously", "instead of", "rather than", "not", "formerly",
    "not the", "original", "old date", "from", "in place of", "no longer", "used to be",
    "orig", "prev", "previous", "initially", "against an original", "had been", "replaces",
    "replacing", "supersedes",
)  # fmt: skip
_MISSING = one_of(
    "miss missed missing won't can't cannot unable not unlikely couldn't unachievable "
    "fail failed lost previously originally formerly"
)
_MISSED_AFTER = (
    "no longer achievable", "no longer realistic", "no longer possible", "no longer feasible",
    "is not achievable", "isn't achievable", "will be missed", "is unachievable", "won't work",
    "is not possible", "isn't possible", "is no longer", "isn't realistic", "is not realistic",
    "will not be met", "won't be met", "has slipped", "is slipping", "can't be met",
    "cannot be met", "was missed", "is too soon", "is too early", "is too tight", "is at risk",
)  # fmt: skip


def _said(words: Sequence[Token]) -> str:
    return " " + " ".join(word.low for word in words) + " "


_SAID_BEFORE = one_of(
    "said agreed promised not deadline target due originally hoped planned expected aimed was were "
    "cannot can't won't told thought wanted intended miss missed"
)
_CONDITIONS = frozenset(
    [("subject", "to"), ("depending", "on"), ("dependent", "on"), ("contingent", "on"),
     ("contingent", "upon"), ("conditional", "on"), ("provided", "that")]
)  # fmt: skip
_MAIN_CLAUSE = one_of("we i will shall now expect aim plan going intend 'll should")


def is_conditional(words: Sequence[Token], start: int) -> bool:
    """Whether the sentence makes a date depend on something before it names it."""
    for place in range(start - 1, 0, -1):
        if words[place].low in (".", ";"):
            return False
        if (words[place - 1].low, words[place].low) in _CONDITIONS:
            return True
    return False


def is_unsure(words: Sequence[Token], start: int) -> bool:
    """Whether what begins here only might happen."""
    return start > 0 and words[start - 1].low in ("might", "may", "could")


def is_of_another(words: Sequence[Token], start: int, date_start: int) -> bool:
    """Whether a date belongs to what is waited for: "once the review concludes in March"."""
    if (words[start].low, words[start + 1].low) in _CONDITIONS:
        return False
    between = [word.low for word in words[start:date_start]]
    return "possible" not in between and not _MAIN_CLAUSE & set(between)


def second_is_new(between: Sequence[Token], before: Sequence[Token]) -> bool | None:
    """Of two dates, whether the second replaces the first; None if neither replaces the other.

    The words nearest to the second date decide: "was the original date, it is now".
    """
    if len(between) > _FAR:
        return None
    said = _said(between)
    if " but " in said and not any(word.low in _SAID_BEFORE for word in before):
        said = said.replace(" but ", " ")
    new, old = (
        max((said.rfind(f" {cue} ") + len(cue) for cue in cues if f" {cue} " in said), default=-1)
        for cues in (_NEW_NEXT, _OLD_NEXT)
    )
    return None if new == old == -1 else new > old


_AWAY = one_of("leave holiday vacation away abroad absent off sick")
_EXCLUDED = one_of("except excepting excluding barring avoid avoiding not")
_TWO_WORDS = frozenset(
    {
        ("other", "than"),
        ("apart", "from"),
        ("except", "for"),
        ("deadline", "of"),
        ("deadline", "on"),
    }
)


def is_away(words: Sequence[Token], start: int) -> bool:
    """Whether the days that begin here are somebody's leave: "I am on leave from"."""
    return any(word.low in _AWAY for word in words[max(0, start - 3) : start])


def is_excluded(words: Sequence[Token], start: int) -> bool:
    """Whether a date is named as the one that is not meant: "any day but Friday"."""
    before = [word.low for word in words[max(0, start - 4) : start]]
    if not before:
        return False
    if before[-1] == "no" and words[start].low in ("deadline", "due"):
        return True
    if tuple(before[-2:]) in _TWO_WORDS:
        return before[-1] not in ("of", "on") or "no" in before
    if before[-1] == "but":
        return bool({"any", "anything", "day", "week", "month"} & set(before))
    return before[-1] in _EXCLUDED


def is_nothing(words: Sequence[Token], start: int) -> bool:
    """Whether nothing is to come before a day: "no movement until April"."""
    clause = [word.low for word in words[max(0, start - 5) : start]]
    return bool(_NOTHING & set(clause)) and not _STOPS & set(clause)


_NOTHING = frozenset(["nothing", "no", "none", "nobody", "never"])


def is_missed(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether the sentence says that a date will not be met, so that it is the old one."""
    clause_start = max((n + 1 for n in range(start) if words[n].low in _STOPS), default=0)
    before = words[max(clause_start, start - 5) : start]
    behind = _said(words[end : end + 6])
    if any(f" {cue} " in behind for cue in _MISSED_AFTER[:-1]):
        return True
    return any(word.low in _MISSING for word in before) and not _promises(before)


def _promises(before: Sequence[Token]) -> bool:
    """ "Not before" and "no later than" say when, not that it is missed."""
    said = _said(before)
    return any(cue in said for cue in (" later than ", " not before ", " will now ", " until "))
