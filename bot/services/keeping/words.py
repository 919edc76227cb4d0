"""`action …` in words: the same from a slash command, a mention or a direct message.

What is clear is done and said back; what is not comes back as a form with all that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import FieldError, Form
from bot.domain.guard import guard
from bot.domain.messages import Message, bullets, message, say
from bot.domain.register import ActionItem
from bot.services import evidence, finding, intake
from bot.services.intake import Arrival, Desk
from bot.services.keeping import card, doing, forms, linking, reading, stopping, submitting
from storage import items
from storage.database import Database

REF = r"[A-Za-z]{1,4}[-‑–]?\d{1,6}"
VERB = (
    r"(?:re-?assign|give|retitle|rename|title|supporters?|supported|move|date|pause|withdraw|close"
    r"|reopen|waits?\s+on|unlink|answers|evidence|edit|links|record|ladder)"
)
WRITTEN = rf"actions?(?=\s*[?.!]*$|\s+(?:add|record)\b|\s+{REF}(?:\s*$|\s+{VERB}\b))"
"""What is a command in a direct message too: "action A-12 is done" is somebody's answer."""
HELP = (
    "action add – a new action item, in a form; or in a line: action add Publish the protocol, "
    "Priya Nair, by end of September",
    "action A-12 – the item, with everything that can be done to it",
    "action A-12 reassign to Priya Nair; move to 30 September because …; pause, withdraw, close "
    "or reopen because …; title …; supporters …; answers R-1; waits on A-04; unlink A-04; "
    "evidence https://…; ladder strict",
    "action record A-12 – what somebody said in a meeting, by e-mail or by telephone",
)
BECAUSE = re.compile(r"\s*[,;:]?\s*\bbecause\b[\s:,]*|\s*;\s+|\s*:\s+", re.I)
OF_ITEM = re.compile(rf"(?P<ref>{REF})(?:\s+(?P<rest>.*))?$", re.S)

Typed = dict[str, str]


def handle(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    """Do what the words say. UserError where they say nothing that can be done."""
    words = rest.strip()
    if not words or words in {"?", "help"}:
        return message(say("Any of these keeps the register:"), bullets(*HELP))
    first, _space, after = words.partition(" ")
    if first.casefold() == "add":
        return _add(database, arrival, after.strip(), now)
    if first.casefold() == "record":
        return _record(database, arrival, after.strip(), now)
    found = OF_ITEM.match(words)
    if found is None:
        raise UserError("Say `action add`, or which item: `action A-12`. `action` lists the rest.")
    if not (found["rest"] or "").strip():
        with intake.reading(database, arrival, now=now) as desk:
            return card.of_item(desk, reading.found(desk, found["ref"]))
    return _on_item(database, arrival, found["ref"], found["rest"].strip(), now)


def _record(database: Database, arrival: Arrival, ref: str, now: datetime) -> Form:
    with intake.reading(database, arrival, now=now) as desk:
        reading.secretariat(desk)
        return forms.record(desk, {"item": reading.found(desk, ref).ref} if ref else {})


def _add(database: Database, arrival: Arrival, line: str, now: datetime) -> Message | Form:
    if not line:
        return submitting.adding(database, arrival, {}, now=now)
    with intake.reading(database, arrival, now=now) as desk:
        reading.secretariat(desk)
        typed = _parts(desk, line)
    try:
        with intake.once(database, arrival, now=now) as desk:
            if desk is None:
                return message(say("That has been added already."))
            owner = reading.person(desk, typed["owner"], field="owner")
            due = reading.due(desk, typed["due"], field="due")
            return message(doing.add(desk, typed["title"], owner, due))
    except FieldError as error:
        with intake.reading(database, arrival, now=now) as desk:
            owners = finding.people(desk.directory, typed["owner"])
            typed["owner"] = str(owners[0].id) if len(owners) == 1 else ""
            return forms.add(desk, typed, because=str(error))


def _parts(desk: Desk, line: str) -> Typed:
    """Title, owner and date by their commas; the owner is the last part that names one person."""
    parts = [part.strip() for part in line.split(",")]
    for at in range(len(parts) - 1, 0, -1):
        if len(finding.people(desk.directory, parts[at].removeprefix("@"))) == 1:
            title, due = ", ".join(parts[:at]), ", ".join(parts[at + 1 :])
            return {"title": title, "owner": parts[at], "due": due}
    owner, due = (parts[1], ", ".join(parts[2:])) if len(parts) > 1 else ("", "")
    return {"title": parts[0], "owner": owner, "due": due}


def _on_item(
    database: Database, arrival: Arrival, ref: str, words: str, now: datetime
) -> Message | Form:
    for pattern, read in GRAMMAR:
        match = re.match(rf"(?:{pattern})\s*$", words, re.S | re.I)
        if match:
            verb, typed = read(match)
            break
    else:
        raise UserError(
            f"I don't know what to do to {ref} with that: `action` lists what can be done. To say "
            "how it goes, write it without “action”."
        )
    if verb == "record":
        return _record(database, arrival, ref, now)
    if verb == "evidence":
        return _evidence(database, arrival, ref, typed, now)
    if typed is None:
        with intake.reading(database, arrival, now=now) as desk:
            item = reading.found(desk, ref)
            submitting.may(desk, item, verb)
            return forms.of_item(desk, item, verb)
    return _do(database, arrival, ref, verb, typed, now)


def _evidence(
    database: Database, arrival: Arrival, ref: str, typed: Typed | None, now: datetime
) -> Message | Form:
    with intake.reading(database, arrival, now=now) as desk:
        number = reading.found(desk, ref).id
    if typed is None:
        return evidence.form(database, arrival, {"item": number}, now=now)
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say("That has been added already."))
        item = items.lock(desk.session, number)
        return message(doing.attach(desk, item, link=typed["link"], title=typed["title"]))


def _do(
    database: Database, arrival: Arrival, ref: str, verb: str, typed: Typed, now: datetime
) -> Message | Form:
    try:
        with intake.once(database, arrival, now=now) as desk:
            if desk is None:
                return message(say("That has been done already."))
            item = items.lock(desk.session, reading.found(desk, ref).id)
            filled = _filled(desk, item, verb, typed)
            submitting.may(desk, item, verb)
            kept = {name: guard(text) for name, text in filled.items()}
            return message(submitting.DO[verb](desk, item, kept))
    except FieldError as error:
        with intake.reading(database, arrival, now=now) as desk:
            item = reading.found(desk, ref)
            shown = {**_filled(desk, item, verb, typed)}
            if verb == "give":
                owners = finding.people(desk.directory, typed["owner"])
                shown["owner"] = str(owners[0].id) if len(owners) == 1 else ""
            return forms.of_item(desk, item, verb, shown, because=str(error))


def _filled(desk: Desk, item: ActionItem, verb: str, typed: Typed) -> Typed:
    """What was not said of a form with several fields stays as it is."""
    as_it_is = {f.name: f.value or "" for f in forms.of_item(desk, item, verb).fields}
    if verb == "links":
        return {**as_it_is, **_linked(as_it_is, typed)}
    return {**as_it_is, **typed}


def _linked(as_it_is: Typed, typed: Typed) -> Typed:
    """References added to the lists, or taken out of them."""
    changed: Typed = {}
    named = [(ref, *finding.references(ref)) for ref in _refs(typed.get("gone", ""))]
    gone = {form.upper() for forms_of in named for form in forms_of}
    for name in ("answers", "waits_on"):
        kept = [ref for ref in _refs(as_it_is[name]) if ref.upper() not in gone]
        changed[name] = ", ".join([*kept, *_refs(typed.get(name, ""))])
    return changed


def _refs(text: str) -> list[str]:
    return [ref for ref in reading.SEPARATOR.split(text.strip()) if ref]


def _split(words: str) -> tuple[str, str]:
    """What is wanted, and why."""
    parts = BECAUSE.split(words.strip(), maxsplit=1)
    return parts[0].strip(" ,"), parts[1].strip() if len(parts) > 1 else ""


Read = Callable[["re.Match[str]"], tuple[str, Typed | None]]


def _give(match: re.Match[str]) -> tuple[str, Typed | None]:
    who, reason = _split(match["rest"])
    name, comma, more = who.partition(",")
    return "give", {"owner": name.strip(), "reason": reason or (more.strip() if comma else "")}


def _date(match: re.Match[str]) -> tuple[str, Typed | None]:
    day, reason = _split(match["rest"])
    return "date", {"date": day, "reason": reason}


def _stop(match: re.Match[str]) -> tuple[str, Typed | None]:
    verb = match["verb"].casefold()
    words = re.sub(r"^\s*(?:[,:;]|because\b)\s*", "", match["rest"], flags=re.I)
    link = re.search(r"https?://\S+", words)
    if verb != stopping.CLOSE:
        return verb, {"reason": words.strip()}
    said = words.replace(link[0], "").strip(" ,;:") if link else words.strip()
    return verb, {"reason": said, "link": link[0] if link else "", "completed_on": ""}


def _one(verb: str, field: str) -> Read:
    return lambda match: (verb, {field: match["rest"].strip()})


def _shows(match: re.Match[str]) -> tuple[str, Typed | None]:
    return "evidence", {"link": match["link"], "title": match["rest"].strip(" ,:")}


def _form(verb: str) -> Read:
    return lambda _match: (verb, None)


GRAMMAR: tuple[tuple[str, Read], ...] = (
    (r"(?:re-?assign|give)(?:\s+it)?(?:\s+to)?\s+(?P<rest>.+)", _give),
    (r"re-?assign|give", _form("give")),
    (r"(?:retitle|rename|title)(?:\s+(?:to|as)\b|\s*:)?\s+(?P<rest>.+)", _one("edit", "title")),
    (
        r"(?:supporters?|supported)(?:\s+by\b|\s*:)?\s+(?P<rest>.+)",
        _one("edit", "supporters"),
    ),
    (r"edit|title|retitle|rename|supporters?", _form("edit")),
    (r"(?:move|date)(?:\s+it)?(?:\s+to\b|\s+until\b)?\s+(?P<rest>.+)", _date),
    (r"move|date", _form("date")),
    (r"(?P<verb>close)\b(?P<rest>.*)", _stop),
    (r"(?P<verb>pause|withdraw|reopen)\b(?P<rest>.*)", _stop),
    (r"waits?\s+on\s+(?P<rest>.+)", _one("links", linking.WAITS_ON)),
    (r"answers\s+(?P<rest>.+)", _one("links", "answers")),
    (r"unlink(?:\s+from)?\s+(?P<rest>.+)", _one("links", "gone")),
    (r"links|answers|waits?\s+on|unlink", _form("links")),
    (r"evidence\s*:?\s+(?P<link>https?://\S+)(?P<rest>.*)", _shows),
    (r"evidence", _form("evidence")),
    (r"record", _form("record")),
    (r"ladder(?:\s+to\b|\s*:)?\s+(?P<rest>.+)", _one("ladder", "ladder")),
    (r"ladder", _form("ladder")),
)
