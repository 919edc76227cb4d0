"""Words that minutes are made of: markers, labels, headings, and what people undertake to do."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Z]{1,3}[-.]?\d{1,3}(?:\.\d{1,2})?)"
STRONG = re.compile(
    rf"\s*[\[(*_]*(?:(?i:actions?(?:\s+(?:points?|items?))?|ap|a/p|to\s?do)\s*{_NUMBER}?"
    rf"[\])*_]*\s*(?:[:.)>–—-]+|(?<=[\])])|(?<=\d)(?=\s))|ACTION\s+POINT(?=\s)|ACTION(?=\s))"
    r"[\s*_]*"
)
WEAK = re.compile(
    rf"\s*(?:[-*•‣▪◦●○⁃–—·>»✓☐☑]+\s*(?=[^\W\d]|[@(\"'“‘\[])|[-*•‣▪◦●○⁃–—·o>»✓☐☑]+\s+|\[[ xX]?\]\s*"
    rf"|\(?{_NUMBER}[.)]+\s*(?!\d)|AP?\d{{1,3}}[:\s]\s*|{_NUMBER}\s+[–—-]\s+"
    rf"|\d{{1,2}}(?:\.\d{{1,2}})+\s+(?!\d)|\(?(?:[a-z]|[ivx]{{1,4}})[.)]\s+)"
)
RULE = re.compile(r"[\s|:=_*~+–—-]*")
OPEN_END = re.compile(
    r"(?:[,&/–—-]|\b(?:and|or|of|by|the|a|an|to|for|in|with|on|at|from|that|which|end|early|mid"
    r"|late|next|before|until|including))$",
    re.I,
)

OWNER = (
    r"(?:action\s+)?owners?|(?:action\s+)?lead(?:\s+officer)?s?|responsib(?:le|ility)(?:\s+officer)?"
    r"|assigned\s+to|by\s+whom|who|whom|action\s+by|person\s+responsible|accountable"
)
DUE = (
    r"(?:due|target|completion|review)(?:\s+(?:date|by))?|deadline|by\s+when|when|date(?:\s+due)?"
    r"|timescales?|timeframe|complete\s+by|required\s+by"
)
SUPPORT = (
    r"support(?:ed\s+by|ing|ers?)?(?:\s+(?:officers?|leads?))?|with\s+(?:support|help)\s+from"
    r"|contributors?"
)
WHAT = (
    r"actions?(?:\s+(?:points?|items?|required|agreed))?|what|tasks?|description|agreed\s+actions?"
)
ASIDE = (
    r"no|nos|number|ref|reference|id|item|#|status|progress|comments?|notes?|update|rag|raised"
    r"|priority"
)
_LABELS = rf"(?P<owner>{OWNER})|(?P<due>{DUE})|(?P<support>{SUPPORT})|(?P<what>{WHAT})"
LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[\s(\[;,.|*–—-]))(?:{_LABELS})\s*(?:[:=]|\s[–—-]\s)[\s*_]*", re.I
)
ONLY_LABEL = re.compile(rf"\s*[-*•(\[]*\s*(?:{_LABELS})\s*(?:[:=]|\s[–—-]\s)", re.I)
COLUMN = re.compile(rf"\s*[*_]*(?:{_LABELS}|(?P<aside>{ASIDE}))\.?[*_:]*\s*", re.I)

_VERBS = """
accept act add address advise agree align amend analyse appoint approach approve arrange ask
assess attend audit brief bring build call chair chase check circulate clarify clear close
co-ordinate collate collect commission communicate complete confirm consider consult contact
contribute convene coordinate copy create deliver describe design determine develop discuss
disseminate distribute document draft edit email engage ensure escalate establish evaluate examine
explore extend feed feedback finalise find flag follow forward gather get give hold identify
implement include inform initiate investigate invite issue join keep lead liaise link list look
make map meet merge monitor move nominate notify obtain offer open organise outline participate
pass pay pilot plan post prepare present print prioritise procure produce progress propose provide
publish put raise read recirculate recommend record recruit redraft refer refresh remind remove
reply report request resend resolve respond return review revise run schedule scope seek send set
shape share sign simplify speak specify start submit summarise supply support survey table take
talk tell test tidy track train translate trial undertake update upload use validate verify visit
walk work write
"""
VERBS = frozenset(_VERBS.split())
STARTS = re.compile(r"[^\w]*([\w-]+)")
ATTENDANCE = re.compile(
    r"[^\w]*(?:(?:present|in\s+attendance|attendees|attending|apologies|minutes\s+of|notes?\s+of"
    r"|distribution|copied\s+to|chaired\s+by|minuted\s+by)\b|(?:from|to|cc|subject)\s*:)",
    re.I,
)
HEADING = re.compile(
    r"[^\w]*(?:minutes|notes?\s+of|agenda|actions?|action\s+(?:log|list|points|items|tracker)|present"
    r"|in\s+attendance|attendees|apologies|matters\s+arising|any\s+other\s+business|aob"
    r"|date\s+of\s+next\s+meeting|next\s+meeting|next\s+steps|welcome|introductions?|item\s+\d+"
    r"|decisions?|discussion|meeting|conflicts?\s+of\s+interest|task\s+and\s+finish)\b",
    re.I,
)


def begins_with_verb(text: str) -> bool:
    """Whether a line begins with something to be done."""
    found = STARTS.match(text)
    return found is not None and found[1].casefold() in VERBS


def is_heading(text: str) -> bool:
    """Whether a line that holds no action is a heading, a title or a rule."""
    plain = text.strip()
    if RULE.fullmatch(plain) or plain.startswith("#") or plain.endswith(":"):
        return True
    letters = [c for c in plain if c.isalpha()]
    if letters and all(c.isupper() for c in letters):
        return True
    if HEADING.match(plain) or ATTENDANCE.match(plain):
        return True
    short = len(plain.split()) <= 8 and plain[-1] not in ".;,!?"
    return short and bool(letters) and not begins_with_verb(plain)
