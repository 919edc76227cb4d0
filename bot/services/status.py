"""`/status`: where the register stands, for whoever asks, inside the acknowledgement.

Reads a snapshot through indexes, a page at a time; the history of one item at most.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.messages import Bold, Heading, Message, Note, Part, Span, bullets, message, say
from bot.domain.people import Person
from bot.domain.register import ActionItem
from bot.services import cards, finding, nudge_status, promise_cards, waiting_lists
from bot.services import say as words
from bot.services.intake import Desk
from storage import commitments, lists
from storage.lists import Counts, Scope, Section

PAGE = 15
SHOWN = {
    Section.OVERDUE: 6,
    Section.DUE: 6,
    Section.LATER: 3,
    Section.UNDATED: 3,
    Section.CLAIMED: 3,
    Section.PAUSED: 2,
}
TITLES = {
    Section.OVERDUE: "Overdue",
    Section.DUE: "Due in the next two weeks",
    Section.LATER: "Due later",
    Section.UNDATED: "With no deadline",
    Section.CLAIMED: "Reported complete, evidence not yet verified",
    Section.PAUSED: "Paused",
    Section.COMPLETE: "Complete, evidence verified",
    Section.WITHDRAWN: "Withdrawn or superseded",
}
SECTION_WORDS = {section.value: section for section in Section} | {
    "due soon": Section.DUE,
    "no date": Section.UNDATED,
    "no deadline": Section.UNDATED,
    "reported complete": Section.CLAIMED,
    "done": Section.COMPLETE,
}
AFTER = re.compile(r"(?P<what>.*?)\s*\bafter\s+(?P<ref>\S+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for, without the "after A-19" that asks for the next page."""

    words: str
    after_id: int | None = None


def answer(desk: Desk, words: str) -> Message:
    """What these words ask about, as far as this reader may see it."""
    wanted = _wanted(desk, words)
    plain = wanted.words.casefold()
    if plain in {"", "all"}:
        return _everything(desk)
    if plain in SECTION_WORDS:
        return _section(desk, SECTION_WORDS[plain], wanted)
    if plain in {"mine", "me", "my items"}:
        return _mine(desk, wanted)
    if plain == "waiting":
        return waiting_lists.of_reader(desk)
    if (told := nudge_status.answer(desk, wanted.words)) is not None:
        return told
    return _named(desk, wanted) or _unknown(wanted.words)


def _wanted(desk: Desk, text: str) -> Wanted:
    plain = " ".join(text.split())
    paged = AFTER.fullmatch(plain)
    if paged is None:
        return Wanted(words=plain)
    item = lists.by_refs(desk.session, desk.group.id, finding.references(paged["ref"]))
    return Wanted(words=paged["what"], after_id=item.id if item else None)


def _named(desk: Desk, wanted: Wanted) -> Message | None:
    """An item, a recommendation, a promise, a body or a person."""
    if refs := finding.references(wanted.words):
        return _reference(desk, refs, wanted)
    if (body_id := finding.body(desk.directory, wanted.words)) is not None:
        return _body(desk, body_id, wanted)
    found = finding.people(desk.directory, wanted.words)
    if len(found) > 1:
        names = " or ".join(person.label for person in found[:5])
        return message(say(f"Whom do you mean: {names}? Write the whole name."))
    return _person(desk, found[0], wanted) if found else None


def _reference(desk: Desk, refs: tuple[str, ...], wanted: Wanted) -> Message:
    item = lists.by_refs(desk.session, desk.group.id, refs)
    if item is not None:
        return cards.of_item(desk, item.id)
    recommendations = commitments.recommendations(desk.session, desk.group.id)
    published = finding.by_reference(recommendations, refs, lambda each: each.ref)
    if published is not None:
        scope = Scope(group_id=desk.group.id, answers=("recommendation", published.id))
        return _listed(desk, promise_cards.of_recommendation(desk, published), scope, wanted)
    promises = commitments.of_group(desk.session, desk.group.id)
    promise = finding.by_reference(promises, refs, lambda each: each.ref)
    if promise is not None:
        scope = Scope(group_id=desk.group.id, answers=("commitment", promise.id))
        return _listed(desk, promise_cards.of_promise(desk, promise, promises), scope, wanted)
    return _missing(wanted.words)


def _missing(ref: str) -> Message:
    on_register = f"There is no {ref.upper()} on the register"
    return message(say(f"{on_register}: `/status` lists what there is."))


def _body(desk: Desk, body_id: int, wanted: Wanted) -> Message:
    name = desk.directory.body_name(body_id, desk.today).name
    members = tuple(p.id for p in desk.directory.people.values() if p.body_id == body_id)
    scope = Scope(group_id=desk.group.id, owner_ids=members)
    return _listed(desk, [Heading(name)], scope, wanted)


def _person(desk: Desk, person: Person, wanted: Wanted) -> Message:
    scope = Scope(group_id=desk.group.id, owner_ids=(person.id,))
    return _listed(desk, [Heading(person.label)], scope, wanted, owner=False)


def _mine(desk: Desk, wanted: Wanted) -> Message:
    owners = acts_for(desk)
    scope = Scope(group_id=desk.group.id, owner_ids=owners)
    return _listed(desk, [Heading("Your items")], scope, wanted, owner=len(owners) > 1)


def acts_for(desk: Desk) -> tuple[int, ...]:
    """The reader, and whoever they cover for today."""
    covered = {
        cover.person_id
        for cover in desk.directory.covers
        if cover.cover_id == desk.person.id
        and desk.directory.acting_owner(cover.person_id, desk.today).id == desk.person.id
    }
    return (desk.person.id, *sorted(covered - {desk.person.id}))


def _listed(
    desk: Desk, parts: list[Part], scope: Scope, wanted: Wanted, *, owner: bool = True
) -> Message:
    """Counts and a page of the open items of a narrow scope."""
    counts = lists.counts(desk.session, scope, today=desk.today)
    found = lists.open_items(desk.session, scope, after_id=wanted.after_id, limit=PAGE + 1)
    parts = [*parts, say(*totals(counts))]
    if found:
        parts.append(_lines(desk, found[:PAGE], owner=owner))
    if len(found) > PAGE:
        parts.append(Note(f"More: `/status {wanted.words} after {found[PAGE - 1].ref}`."))
    return Message(parts=(*parts, cards.footer(desk)))


def _everything(desk: Desk) -> Message:
    """Every section with its first items; the sections add up to what is open."""
    scope = Scope(group_id=desk.group.id)
    counts = lists.counts(desk.session, scope, today=desk.today)
    parts: list[Part] = [Heading(words.shortened(desk.group.name)), say(*totals(counts))]
    for section, limit in SHOWN.items():
        if not counts[section]:
            continue
        found = lists.page(desk.session, scope, section, today=desk.today, limit=limit)
        parts += [
            say(Bold(f"{TITLES[section]} ({counts[section]})")),
            _lines(desk, found),
            *_more(counts[section] - len(found), f"{section.value} after {found[-1].ref}"),
        ]
    return Message(parts=(*parts, cards.footer(desk)))


def _section(desk: Desk, section: Section, wanted: Wanted) -> Message:
    scope = Scope(group_id=desk.group.id)
    counts = lists.counts(desk.session, scope, today=desk.today)
    heading = Heading(f"{TITLES[section]}: {counts[section] or 'none'}")
    if not counts[section]:
        return message(heading, say(*totals(counts)), cards.footer(desk))
    found = lists.page(
        desk.session, scope, section, today=desk.today, after_id=wanted.after_id, limit=PAGE + 1
    )
    parts: list[Part] = [heading]
    if found:
        parts.append(_lines(desk, found[:PAGE]))
    else:
        parts.append(say("That was the last of them."))
    if len(found) > PAGE:
        parts.append(Note(f"More: `/status {section.value} after {found[PAGE - 1].ref}`."))
    return Message(parts=(*parts, cards.footer(desk)))


def _more(number: int, command: str) -> list[Part]:
    return [Note(f"and {number} more: `/status {command}`")] if number else []


def _lines(desk: Desk, found: list[ActionItem], *, owner: bool = True) -> Part:
    return bullets(
        *(
            words.item_line(
                item, desk.directory, today=desk.today, zone=desk.person.zone, owner=owner
            )
            for item in found
        )
    )


def totals(counts: Counts) -> tuple[Span, ...]:
    """Counts that reconcile: open and closed make the total, the sections make the open ones."""
    if not counts.total:
        return ("There are no items yet.",)
    names = {
        Section.COMPLETE: "complete with verified evidence",
        Section.WITHDRAWN: "withdrawn or superseded",
    }
    stand = [f"{counts.open or 'none'} open", *_each(counts, names)]
    whole = f"{words.counted(counts.total, 'item')}: {words.listed(stand)}."
    names = {
        Section.OVERDUE: "overdue",
        Section.DUE: "due in the next two weeks",
        Section.LATER: "due later",
        Section.UNDATED: "with no deadline",
        Section.CLAIMED: "reported complete and not yet verified",
        Section.PAUSED: "paused",
    }
    parts = _each(counts, names)
    return (whole, f" Of those open: {words.listed(parts)}.") if parts else (whole,)


def _each(counts: Counts, names: Mapping[Section, str]) -> list[str]:
    return [f"{counts[section]} {name}" for section, name in names.items() if counts[section]]


def _unknown(typed: str) -> Message:
    return message(
        say(
            f"I do not know “{words.shortened(typed, 60)}”: try `/status` alone, or with an item "
            "(`A-12`), a recommendation (`R-3`), a promise (`C-1`), a body, a person’s name, "
            "`overdue`, `due`, `mine`, `waiting` or `nudges`."
        )
    )
