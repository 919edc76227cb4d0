"""The words people use for a status, as a table: a pattern, what it means, what it means denied.

Earlier rules win over later ones where they overlap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Meaning(Enum):
    """What a signal says of an item; those with NOT only say what it is not."""

    NOT_STARTED = auto()
    ON_TRACK = auto()
    AT_RISK = auto()
    OFF_TRACK = auto()
    BLOCKED = auto()
    PAUSED = auto()
    COMPLETE = auto()
    WITHDRAWN = auto()
    UNCHANGED = auto()
    PARTIAL = auto()
    COLOUR = auto()
    NEW_DATE = auto()
    BEHIND = auto()
    STALLED = auto()
    VAGUE = auto()
    DELEGATE = auto()
    COVER = auto()
    NOT_MINE = auto()
    ASK = auto()
    PRIVATE = auto()
    CORRECTION = auto()
    NOT_COMPLETE = auto()
    NOT_ON_TRACK = auto()
    NOT_AT_RISK = auto()
    NOT_BLOCKED = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Rule:
    """One row: `denied` is what the words mean after a "not"; none where they hold their own."""

    pattern: re.Pattern[str]
    meaning: Meaning
    denied: Meaning | None = None


def _rule(meaning: Meaning, pattern: str, denied: Meaning | None = None) -> Rule:
    return Rule(re.compile(rf"(?<![\w'-])(?:{pattern})(?![\w'])", re.I), meaning, denied)


NAME = (
    r"(?P<who>@\w{1,40}|(?-i:(?!I\b|It\b|This\b|That\b|He\b|She\b|They\b|We\b|Who\b|Now\b|Done\b"
    r"|Can\b|Could\b|"
    r"Will\b|Would\b|If\b|When\b|Once\b|Is\b|Has\b|Does\b|Should\b|Maybe\b|Perhaps\b|Nobody\b|No\b"
    r"|Not\b|Someone\b|Somebody\b|Please\b|And\b|But\b|So\b|The\b)"
    r"[A-Z][\w'.-]{1,40}(?: [A-Z][\w'-]{1,40}){0,3}))"
)
_LATE_BY = r"(?:the|that|this|our|its)?\s?(?:date|deadline|target)"
_OBSTACLE = r"(?P<blocker>\S.{0,300})"
_MONEY = r"(?:weeks?|months?|days?|time|fortnight|quarter)"
DONE = (
    r"done(?! (?:for|with|to death|nothing)\b)|dne|complete|completed|finished|wrapped up"
    r"|delivered|published|issued|submitted"
    r"|launched|(?:been )?sent(?: off| out)?|(?:gone|went) (?:out|live)|sorted|all set|shipped"
)
DOING = (
    r"finish|publish|deliver|send|submit|issue|launch|complete"
    r"|go out|go live|have it|ready|with you"
)
RULES: tuple[Rule, ...] = (
    _rule(
        Meaning.NOT_STARTED,
        r"(?:not|\w+n'?t|yet to|never|no one has|nobody has)\s(?:(?:even|yet|been|really)\s){0,2}"
        r"(?:start(?:ed)?|begun|begin|got going)(?: (?:on )?(?:it|this|yet))?|not begun",
    ),
    _rule(
        Meaning.WITHDRAWN,
        r"(?:no longer|not) (?:needed|required|relevant|applicable|necessary|going ahead)"
        r"(?: any ?more| now)?|(?:isn't|aren't) (?:needed|required|relevant)(?: any ?more)"
        r"|withdrawn|(?:don't|do not) need (?:it|this) any ?more|scrapped|cancell?ed|abandoned",
        Meaning.NOTHING,
    ),
    _rule(
        Meaning.NOT_BLOCKED,
        r"unblocked|no (?:blockers?|blocks?|obstacles?)|nothing (?:is )?blocking(?: it| us)?",
    ),
    _rule(
        Meaning.UNCHANGED,
        r"no changes?(?: from (?:last|my)[\w ]{0,20})?|not changed|hasn't changed|unchanged"
        r"|(?:still the )?same as (?:before|last \w+|it was|previously)|as before|still the same"
        r"|nothing (?:new|to report|has changed|to add)|no (?:news|updates?)(?: yet| from me)?"
        r"|nothing's changed",
    ),
    _rule(
        Meaning.PARTIAL,
        r"(?:about |around |roughly |c\.? ?|approx\.? |at |~)?(?P<percent>\d{1,3}) ?(?:%|per ?cent)"
        r"(?: (?:of (?:it|this) )?(?:is )?(?:\b(?:done|complete|completed|finished|there|through"
        r"|of the way(?: there| through)?)))?(?! of)|(?P<half>half[ -]?way|half"
        r"(?= (?:done|complete|finished|there|through)))(?: (?:done|complete|finished|there"
        r"|through))?|(?P<quarters>three quarters)"
        r"(?: (?:done|complete|there|through|of the way there))?"
        r"|(?:partly|partially|part|mostly|largely|nearly|almost|practically|virtually|not quite"
        r"|nigh on|just about|pretty much|all but|basically|essentially|more or less) "
        r"(?:done|complete|completed|finished|there|published|delivered|ready|sorted)",
        Meaning.VAGUE,
    ),
    _rule(
        Meaning.OFF_TRACK,
        r"off[\s-]?track|will (?:definitely )?(?:miss|be missing) "
        + _LATE_BY
        + r"|(?:won't|will not|can't|cannot|not going to|unable to|not able to) (?:hit|meet|make) "
        + _LATE_BY
        + r"|missed "
        + _LATE_BY
        + r"|(?:deadline|date) (?:was|has been|is) missed|derailed|way off",
        Meaning.VAGUE,
    ),
    _rule(
        Meaning.AT_RISK,
        r"at[\s-]?risk(?: of (?:being |getting )?\w+(?: by .{1,80})?)?|a ?risk of (?:slipping"
        r"|missing|delay)\w*|risk(?:s|ing)? (?:slipping|missing)"
        r"|(?:might|may|could) (?:well )?(?:slip|miss) ?" + _LATE_BY + r"?|(?:looking|very) tight",
        Meaning.NOT_AT_RISK,
    ),
    _rule(
        Meaning.ON_TRACK,
        r"on[\s-]{0,2}(?:track|trakc|tarck|target|schedule|course|time|plan)|ontrack"
        r"|(?:it's |it is |this is )?all (?:good|fine|ok|okay|well)|going (?:to plan|well|fine|ok)"
        r"|progressing (?:well|to plan|nicely)|no (?:issues?|problems?|concerns?|delays?"
        r"|risks?)(?: of \w+)?"
        r"|ahead of (?:schedule|plan|time)|still good (?:for|to go)"
        r"|will (?:hit|meet|make) " + _LATE_BY,
        Meaning.NOT_ON_TRACK,
    ),
    _rule(
        Meaning.BLOCKED,
        r"(?:blocked|held up|stuck)(?:,? (?:by|on|at|in|with|behind|because of|due to|pending"
        r"|until|"
        rf"waiting for|waiting on|awaiting) {_OBSTACLE})?"
        rf"|(?:waiting|wating) (?:for|on|upon"
        rf"|to hear (?:back )?from) {_OBSTACLE.replace('blocker', 'b1')}"
        rf"|awaiting {_OBSTACLE.replace('blocker', 'b2')}"
        r"|(?:can't|cannot|can not|unable to) (?:proceed|progress|start|continue|move(?: forward"
        r"| on)?"
        rf"|finish|complete|publish)(?: it| this)? (?:until|till|without|before) "
        rf"{_OBSTACLE.replace('blocker', 'b3')}",
        Meaning.NOT_BLOCKED,
    ),
    _rule(
        Meaning.STALLED,
        r"still waiting|waiting|stalled|stuck|held up"
        r"|(?:it's|it is|this is|now|still|currently|sitting) with (?:the )?\w+",
        Meaning.NOT_BLOCKED,
    ),
    _rule(Meaning.PAUSED, r"paused|on (?:hold|pause|ice)|parked", Meaning.NOTHING),
    _rule(
        Meaning.NEW_DATE,
        r"(?:need|needs|needing|want|wants|like|have|give (?:me|us)|ask(?:ing)? for"
        r"|request(?:ing)?)"
        r" (?:it |this |that |to have )?(?:until|till|'?til|another|an? (?:extra|further"
        r"|additional)"
        r"|more time|a bit (?:more|longer)|a couple (?:of|more)|a few more|longer|extra"
        r"|(?:\d+|one|two|three|four|five|six|an?) (?:more |extra )?"
        + _MONEY
        + r"(?: more)?|an extension)"
        r"|(?:move|push|shift|extend|put|delay|postpone|slip|slipp|change|revise|mov|defer|deferr)"
        r"(?:e?d|ing|s)?(?: (?:it|this|that|the (?:date|deadline)|out|back|on|right))*"
        r" (?:to|until|till|by|into|from)"
        r"|(?:new|revised|updated) (?:date|deadline|target)|more like|instead"
        r"|now (?:due|expected|likely|aiming for|looking at|targeting)|(?:an )?extension"
        r"|more time",
        Meaning.NOTHING,
    ),
    _rule(
        Meaning.BEHIND,
        r"(?:a (?:bit|little) |slightly |running |falling |fallen |badly )?behind(?: schedule"
        r"| plan)?"
        r"|running late|delayed|slipp(?:ing|ed)|slips|overdue|late",
        Meaning.NOT_AT_RISK,
    ),
    _rule(
        Meaning.COLOUR,
        r"(?P<colour>(?:amber|red|green)(?: ?[/ -] ?(?:amber|red|green))?)"
        r"(?! (?:paper|tape|light|book|line|team|flag|button|tick))",
        Meaning.VAGUE,
    ),
    _rule(
        Meaning.NOT_MINE,
        r"not (?:mine|me|my (?:action|item|job)|for me)|isn't (?:mine|me|my (?:action|item|one))"
        r"|(?:no longer|not) (?:my|the) (?:owner|responsibility)|wrong person",
    ),
    _rule(
        Meaning.COVER,
        rf"{NAME} (?:(?:is|will be|'ll be) (?:covering|my cover|standing in)|covers|will cover)"
        r"(?: for me)?",
        Meaning.VAGUE,
    ),
    _rule(
        Meaning.DELEGATE,
        rf"{NAME}(?:'s| is| will be| has|'ll| will)? (?:taking|takes|taken|take|picking|picked"
        rf"|pick)"
        r"(?: (?:this|it|that|over|on|up|the action))+"
        rf"|{NAME.replace('who', 'w1')} (?:now )?(?:owns|leads on|is leading on|is the owner of)"
        r" (?:this|it|that)(?: now)?"
        r"|(?:hand|handed|handing|pass|passed|passing|reassign|reassigned|transfer|transferred"
        r"|give)"
        rf"(?: (?:this|it|that|over|on))* to {NAME.replace('who', 'w2')}"
        rf"|over to {NAME.replace('who', 'w3')} (?:now|for this|on this)",
        Meaning.VAGUE,
    ),
    _rule(
        Meaning.PRIVATE,
        r"(?:keep|leave) (?:this|it|that) (?:out of|off) (?:the |any )?(?:letters?|report|digest"
        r"|record)"
        r"|not for publication|off the record",
    ),
    _rule(
        Meaning.CORRECTION,
        r"correction|scrap that|ignore my (?:last|previous|earlier) (?:message|update|one)|(?:i"
        r"|we) (?:was|were) wrong|my mistake",
    ),
    _rule(
        Meaning.ASK,
        r"(?:can|could|would) (?:you|the secretariat|someone|somebody)(?: please)? "
        r"(?!move|push|extend|shift|change|mark|set)(?P<ask>\w.{0,300})",
    ),
    _rule(Meaning.COMPLETE, rf"(?<!well )(?:{DONE})", Meaning.NOT_COMPLETE),
    _rule(
        Meaning.VAGUE,
        r"ok|okay|k|yes|yep|yeah|yup|no|nope|fine|good|great|in progress|progressing|ongoing"
        r"|working on it|(?:we're |i'm )?(?:getting there|on it)|closed?|under way|underway"
        r"|superseded"
        r"|close (?:it|this)|drop (?:it|this)|(?:tick|ticked)|could be (?:better|worse)|not bad"
        r"|started|so-so|not yet|withdraw(?: it| this)?",
    ),
)
