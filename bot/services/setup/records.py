"""Two group files compared: recommendations, letters and items."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.services import planning, waits
from bot.services.group_file.checking import folded
from bot.services.group_file.contents import Contents, ItemPart, LetterPart, RecommendationPart
from bot.services.setup import entering
from bot.services.setup import letters as entering_letters
from bot.services.setup.changes import IN_SLACK, Change, done, fields, frozen, keyed
from bot.services.setup.entering import Register
from storage import audit, dated, histories, letters_in, people, terms
from storage import items as stored
from storage.dated import ItemLink

_SENT = "a letter that was sent is never edited: what it got wrong is put right by another letter"
_ORIGINAL = "the original date is frozen; ask for a new one in Slack"
_SAID = "status is said by its owner, or by the secretariat for them, in Slack"


def recommendations(old: Contents, new: Contents) -> Iterator[Change]:
    """New ones, and words, sources or confirmations that are now held otherwise."""
    both, added, gone = keyed(
        "recommendations", old.recommendations, new.recommendations, lambda asked: asked.ref
    )
    yield from gone
    for part in added:
        make = partial(entering.recommendation, part=part)
        yield done(f"recommendations: adds {part.ref} {part.title}", make)
    for before, after in both:
        if before != after:
            lines = "; ".join(fields(before, after, *RecommendationPart.model_fields))
            line = f"recommendations ({after.ref}): {lines}"
            yield Change(line=line, make=partial(_hold, part=after))


def _hold(register: Register, part: RecommendationPart) -> str | None:
    number = register.numbers.recommendations[part.ref]
    if letters_in.held_by_person(register.session, number):
        return IN_SLACK
    entering.hold(register, part, at=register.now)
    return None


def letters(old: Contents, new: Contents) -> Iterator[Change]:
    """New ones, and what was found in one only later; the rest of a sent letter is frozen."""
    both, added, gone = keyed("letters", old.letters, new.letters, lambda one: one.reference)
    yield from gone
    for part in sorted(added, key=lambda letter: letter.date):
        line = f"letters: adds {part.reference} of {part.date}"
        yield done(line, partial(entering_letters.letter, part=part))
    for before, after in both:
        yield from _letter(before, after)


def _letter(old: LetterPart, new: LetterPart) -> Iterator[Change]:
    where = f"letters ({new.reference})"
    for line in fields(old, new, "date", "audience", "addressees", "signatories"):
        yield frozen(f"{where}: {line}", _SENT)
    both, promised, gone = keyed(where, old.commitments, new.commitments, lambda one: one.ref)
    yield from gone
    for part in promised:
        make = partial(_promise_found, letter=new, ref=part.ref)
        yield done(f"{where}: adds the promise {part.ref}", make)
    for before, after in both:
        if before != after:
            yield frozen(f"{where}: the promise {after.ref} reads otherwise", _SENT)
    same, said, unsaid = keyed(where, old.statements, new.statements, lambda one: one.ref)
    yield from unsaid
    for statement in said:
        make = partial(_statement_found, letter=new, ref=statement.ref)
        yield done(f"{where}: adds the statement {statement.ref}", make)
    for was, now in same:
        if was != now:
            yield frozen(f"{where}: the statement {now.ref} reads otherwise", _SENT)


def _promise_found(register: Register, letter: LetterPart, ref: str) -> None:
    part = next(one for one in letter.commitments if one.ref == ref)
    entering_letters.commitment(register, letter, part)
    entering_letters.found_later(register, letter, ref)


def _statement_found(register: Register, letter: LetterPart, ref: str) -> None:
    part = next(one for one in letter.statements if one.ref == ref)
    entering_letters.statement(register, letter, part)
    entering_letters.found_later(register, letter, ref)


def items(old: Contents, new: Contents) -> Iterator[Change]:
    """New ones, and titles, owners and links that changed; dates and status belong to Slack."""
    both, added, gone = keyed("items", old.items, new.items, lambda item: item.ref)
    yield from gone
    for part in added:
        yield done(f"items: adds {part.ref} {part.title}", partial(_add_item, part=part))
    for part in added:
        if part.answers or part.waits_on:
            make = partial(_link, before=None, after=part)
            yield Change(line=f"items ({part.ref}): what it answers and waits on", make=make)
    for before, after in both:
        where = f"items ({after.ref})"
        if lines := fields(before, after, "title", "owner", "supporters"):
            make = partial(_change_terms, before=before, after=after)
            yield Change(line=f"{where}: {'; '.join(lines)}", make=make)
        if lines := fields(before, after, "answers", "waits_on"):
            make = partial(_link, before=before, after=after)
            yield Change(line=f"{where}: {'; '.join(lines)}", make=make)
        for line in fields(before, after, "due", "raised_on"):
            yield frozen(f"{where}: {line}", _ORIGINAL)
        for line in fields(before, after, "status"):
            yield frozen(f"{where}: {line}", _SAID)


def _add_item(register: Register, part: ItemPart) -> None:
    item = entering.item(register, part)
    _replan(register, item.id)


def _change_terms(register: Register, before: ItemPart, after: ItemPart) -> str | None:
    session, item_id = register.session, register.numbers.items[after.ref]
    stored.lock(session, item_id)
    stand = histories.of_item(session, item_id).terms[-1]
    there = (stand.title, stand.owner_id, set(stand.supporters))
    if there != (before.title, register.person(before.owner), _supporters(register, before)):
        return IN_SLACK
    owner = register.person(after.owner)
    terms.change(
        session,
        item_id,
        title=after.title,
        owner_id=owner,
        supporters=sorted(_supporters(register, after)),
        by_id=None,
        now=register.now,
    )
    stored.refresh(session, item_id)
    if folded(before.owner) != folded(after.owner):
        _replan(register, item_id)
        _no_longer_asked(register, item_id, after.owner)
    _record(register, "terms changed", item_id)
    return None


def _supporters(register: Register, part: ItemPart) -> set[int]:
    return {register.person(name) for name in part.supporters}


def _replan(register: Register, item_id: int) -> None:
    """A plan of nudges is made at Start; after it, each change makes its own."""
    if register.started:
        directory = people.directory(register.session, register.group_id)
        item = stored.get(register.session, item_id)
        planning.replan(register.session, directory, item, now=register.now, fresh=True)


def _no_longer_asked(register: Register, item_id: int, owner: str) -> None:
    """Whether it is theirs need not be answered by whom it has been taken from."""
    if register.started:
        waits.settle(
            register.session,
            people.directory(register.session, register.group_id),
            kind="acceptance",
            subject_id=item_id,
            by_id=None,
            outcome=f"the item was given to {owner}",
            now=register.now,
        )


def _link(register: Register, before: ItemPart | None, after: ItemPart) -> str | None:
    was: list[ItemLink] = entering.links(register, before) if before else []
    wanted = entering.links(register, after)
    kept = [link for link in was if link not in wanted and not _unlink(register, link)]
    for link in wanted:
        if link not in was:
            dated.add(
                register.session,
                link,
                group_id=register.group_id,
                at=register.now,
                now=register.now,
            )
    item_id = register.numbers.items[after.ref]
    if before is not None:
        stored.refresh(register.session, item_id)
    _record(register, "links changed", item_id)
    return IN_SLACK if kept else None


def _unlink(register: Register, link: ItemLink) -> bool:
    return dated.take_back(register.session, link, group_id=register.group_id, now=register.now)


def _record(register: Register, action: str, item_id: int) -> None:
    audit.record(
        register.session,
        action,
        f"item:{item_id}",
        group_id=register.group_id,
        by_id=None,
        now=register.now,
    )
