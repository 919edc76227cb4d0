"""A way: something that can be done in Slack, who may do it, and what everybody else reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum

from bot.domain.errors import UserError
from bot.services.intake import REFUSAL
from tests.conversations.ways.acts import Doing
from tests.conversations.ways.cast import (
    ABOUT_AN_ITEM,
    ELSE,
    NAMES,
    OUTSIDE,
    ROLES,
    SECRET,
    TITLES,
    Role,
)
from tests.conversations.ways.scene import Outcome, Scene

NO_REGISTER = frozenset({"taken", "outbox", "conversation"})
TELLING = (*TITLES, SECRET, *sorted(NAMES))
"""What nobody outside the group may read; a name is one of ours, whoever asks."""


class Gives(Enum):
    """What somebody gets who may."""

    CHANGE = "the register changes"
    FORM = "a form opens"
    ANSWER = "an answer"
    NOTHING = "nothing: somebody has only read it"
    WORDS = "an answer with the owner's words, which others get without them"


@dataclass(frozen=True, kw_only=True)
class Way:
    """`route` is the kind and the name in the table of routes; several ways may share one.

    `given` brings about, for `scene.item`, what the way is about, and says what is then tried.
    `refusal` is a part of the sentence that everybody else in the group reads; `others` holds
    the parts for roles that read another one. What a refused try may `keep`, such as a remark,
    is written all the same. `outside` is what somebody outside reads: nothing where it is empty.
    """

    route: str
    shown: str
    may: Set[str]
    gives: Gives
    given: Callable[[Scene], Doing]
    refusal: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    keeps: Set[str] = frozenset()
    outside: str = REFUSAL
    note: str = ""
    drafted: bool = False

    @property
    def name(self) -> str:
        """The route, and which of its ways this is."""
        return f"{self.route}: {self.shown}"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Ways that belong together in the table; whether it matters whose item it is."""

    title: str
    ways: tuple[Way, ...]
    about_an_item: bool = True
    note: str = ""

    def roles(self) -> list[Role]:
        """Who tries these ways."""
        return [r for r in ROLES if self.about_an_item or r.key not in ABOUT_AN_ITEM]


def complaint(way: Way, role: Role, outcome: Outcome) -> str:
    """What is wrong with what came of a try; empty where all is as it should be."""
    if outcome.error is not None and not isinstance(outcome.error, UserError):
        return f"failed with {outcome.error!r}"
    if role.key in way.may:
        return _allowed(way, outcome)
    if role.key in OUTSIDE:
        return _outside(way, role, outcome)
    return _elsewhere(outcome) if role.key in ELSE else _refused(way, role, outcome)


def _outside(way: Way, role: Role, outcome: Outcome) -> str:
    other = way.others.get(role.key)
    told = [said for said in outcome.said if not (other and other in said)]
    if told != ([way.outside] if way.outside and not other else []):
        return f"is told {outcome.said}"
    if outcome.forms or set(outcome.wrote) - NO_REGISTER:
        return f"is refused, but opens {outcome.forms} and writes {sorted(outcome.wrote)}"
    if not other and "taken" in outcome.wrote:
        return "is refused, but what they sent is kept as taken"
    owed = [str(row["key"]) for row in outcome.wrote.get("outbox", ())]
    if others := [key for key in owed if not key.startswith("refused:")]:
        return f"is refused, but others are told: {others}"
    return ""


def _elsewhere(outcome: Outcome) -> str:
    """Their own group answers them, or nobody; nothing of ours is told or written."""
    told = [piece for piece in TELLING for said in outcome.said if piece in said]
    if told:
        return f"is told of another group's {told}: {outcome.said}"
    ours = [t for t, rows in outcome.wrote.items() for row in rows if row.get("group_id") == 1]
    return f"writes {ours} in a group that is not theirs" if ours else ""


def _allowed(way: Way, outcome: Outcome) -> str:
    if outcome.error is not None:
        return f"is refused: {outcome.error}"
    if way.gives is Gives.NOTHING:
        return f"is told {outcome.said}" if outcome.said or outcome.wrote else ""
    if way.gives is Gives.FORM:
        return "" if outcome.forms else f"gets no form, but {outcome.said}"
    if way.gives is Gives.CHANGE:
        wrote = set(outcome.wrote) - NO_REGISTER
        return "" if wrote else f"changes nothing, and is told {outcome.said}"
    if not outcome.said:
        return "gets no answer"
    if way.refusal and way.refusal in outcome.said[0]:
        return f"is refused: {outcome.said}"
    if way.gives is Gives.WORDS and not any(SECRET in said for said in outcome.said):
        return f"does not read the words: {outcome.said}"
    return ""


def _refused(way: Way, role: Role, outcome: Outcome) -> str:
    if way.gives is Gives.WORDS:
        shown = [said for said in outcome.said if SECRET in said]
        return f"reads another's words: {shown}" if shown else ""
    wrote = set(outcome.wrote) - NO_REGISTER - set(way.keeps)
    if wrote or outcome.forms:
        return f"is not refused: writes {sorted(wrote)}, opens {outcome.forms}: {outcome.said}"
    if len(outcome.said) != 1:
        return f"reads {len(outcome.said)} sentences, not one: {outcome.said}"
    expected = way.others.get(role.key, way.refusal)
    if not expected or expected not in outcome.said[0]:
        return f"reads “{outcome.said[0]}”, not “{expected}”"
    return ""


def tried(topic: Topic, way: Way, scene: Scene) -> Iterator[str]:
    """Try a way as every role; what is wrong, a line for each role with which anything is."""
    roles = topic.roles()
    for item in sorted({role.item for role in roles}):
        scene.again(item)
        doing = way.given(scene)
        for role in (role for role in roles if role.item == item):
            if problem := complaint(way, role, scene.tries(role.user, doing)):
                yield f"{role.title} ({role.user}) {problem}"
