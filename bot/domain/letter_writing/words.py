"""Words a careful official uses: numbers, lists, quotations, and what a title asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)
ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)

# GOV.UK writes numbers above ten in figures.
_IRREGULAR = {
    "begin": "begun",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "choose": "chosen",
    "draw": "drawn",
    "find": "found",
    "give": "given",
    "get": "got",
    "hold": "held",
    "keep": "kept",
    "lay": "laid",
    "lead": "led",
    "make": "made",
    "meet": "met",
    "put": "put",
    "read": "read",
    "run": "run",
    "seek": "sought",
    "send": "sent",
    "set": "set",
    "show": "shown",
    "spread": "spread",
    "take": "taken",
    "teach": "taught",
    "tell": "told",
    "write": "written",
}
_DOUBLING = {"map", "plan", "refer", "ship", "stop", "submit", "commit", "scan", "equip"}
_REGULAR = {
    "achieve", "adopt", "agree", "align", "analyse", "announce", "appoint", "approve", "arrange",
    "ask", "assess", "assure", "audit", "award", "brief", "carry", "chair", "check", "circulate",
    "clarify", "collate", "collect", "communicate", "compare", "complete", "confirm", "connect",
    "consider", "consult", "convene", "coordinate", "create", "deal", "decide", "define", "deliver",
    "demonstrate", "deploy", "describe", "design", "determine", "develop", "disseminate", "draft",
    "embed", "enable", "engage", "ensure", "establish", "evaluate", "examine", "explain", "extend",
    "finalise", "finish", "fund", "gather", "help", "identify", "implement", "improve", "include",
    "inform", "integrate", "introduce", "involve", "issue", "join", "launch", "list", "maintain",
    "manage", "measure", "monitor", "negotiate", "obtain", "offer", "open", "organise", "pilot",
    "prepare",
    "present", "procure", "produce", "promote", "propose", "provide", "publish", "raise", "recruit",
    "reduce", "release", "remind", "repeat", "replace", "report", "resolve", "review", "revise",
    "roll", "sample", "secure", "share", "sign", "specify", "start", "strengthen", "summarise",
    "supply", "support", "survey", "test", "trace", "track", "train", "translate", "trial",
    "update", "use", "validate", "verify", "work",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Task:
    """A title that says what is to be done: "publish the guidance", and "published" when it is."""

    base: str
    done: str


def task(title: str) -> Task | None:
    """What a title asks for, where it opens with a verb that asks; else nothing."""
    first, space, rest = curled(title).strip().rstrip(".").partition(" ")
    verb = first.lower()
    participle = _participle(verb)
    if not space or participle is None:
        return None
    # "Agree and publish X": both verbs take their participle.
    joined, _, after = rest.partition(" ")
    second, space, remainder = after.partition(" ")
    other = _participle(second.lower())
    done = rest
    if joined == "and" and space and other is not None:
        done = f"and {other} {remainder}"
    return Task(base=f"{verb} {rest}", done=f"{participle} {done}")


def _participle(verb: str) -> str | None:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _DOUBLING:
        return f"{verb}{verb[-1]}ed"
    if verb not in _REGULAR:
        return None
    if verb == "deal":
        return "dealt"
    if verb == "embed":
        return "embedded"
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


def number(count: int) -> str:
    """Seven, 11: in words up to ten."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def ordinal(count: int) -> str:
    """Third, 11th: in words up to ten."""
    if count < len(ORDINALS):
        return ORDINALS[count]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10 if count % 100 not in (11, 12, 13) else 0)
    return f"{count}{ending or 'th'}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Two commitments, one commitment, no commitments."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(parts: Iterable[str]) -> str:
    """a, b and c."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def enumerated(parts: Iterable[str]) -> str:
    """Parts that hold commas of their own: a; b; and c."""
    *first, last = list(parts) or [""]
    if not first:
        return last
    return f"{'; '.join(first)}{';' if len(first) > 1 else ''} and {last}"


def is_address(text: str) -> bool:
    """Whether a title is no more than the address of what it names."""
    bare = text.strip().lower()
    return " " not in bare and ("://" in bare or bare.startswith("www."))


def quoted(words: str) -> str:
    """Held words in quotation marks; marks within them become single, apostrophes curly."""
    return f"“{curled(words.strip()).replace('“', '‘').replace('”', '’')}”"


def curled(text: str) -> str:
    """With the apostrophe that is printed."""
    return text.replace("'", "’")


def quoted_end(words: str) -> str:
    """Held words that end a sentence, and its full stop outside the marks."""
    return f"{quoted(words.strip().rstrip('.'))}."


def start(text: str) -> str:
    """With a capital, as a sentence begins."""
    return text[:1].upper() + text[1:]


def stopped(text: str) -> str:
    """With a full stop at its end, and a capital at its start."""
    text = curled(start(text.strip()))
    return text if text.endswith((".", "?", "!")) else f"{text}."


def needs_article(name: str) -> bool:
    """Whether a body's name is said with "the": the Royal College, but NHS England."""
    if name.startswith(("NHS", "Health Education", "Genomics", "Healthwatch")):
        return False
    kinds = (
        "College", "Commission", "Committee", "Department", "Ombudsman", "Branch", "Board",
        "Society", "Association", "Institute", "Agency", "Office", "Council", "Trust", "Body",
        "Group", "Federation", "Faculty", "Authority", "Executive", "Network", "Programme",
        "Centre", "Service", "Regulator", "Government", "Alliance", "Foundation", "Academy",
    )  # fmt: skip
    return any(kind in name for kind in kinds)


SHORT_WITHOUT_ARTICLE = frozenset(
    {
        "DHSC",
        "NICE",
        "HSIB",
        "HSSIB",
        "GIRFT",
        "NHSX",
        "NHSE",
        "NHSI",
        "NHSEI",
        "HEE",
        "UKHSA",
        "PACAC",
    }
)
