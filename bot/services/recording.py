"""From what was read in a reply to what is entered: updates, requests and wishes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import UserError
from bot.domain.messages import Bold, Part, Quote, say
from bot.domain.register import ActionItem, Status
from bot.domain.replies import Cover, ProposedUpdate
from bot.domain.text import GuardedText
from bot.services import acceptance, date_changes, finding, proposals, updates, withdrawals
from bot.services.absences import keeping as absences
from bot.services.intake import Desk
from storage import items
from storage import updates as rows

ASIDE = {Status.PAUSED, Status.WITHDRAWN}


def record(
    desk: Desk,
    proposed: Sequence[ProposedUpdate],
    text: GuardedText,
    *,
    corrected: dict[int, rows.Said],
    source_key: str | None = None,
) -> tuple[list[Part], list[tuple[ActionItem, int]]]:
    """Enter the updates; what became of new dates and wishes to stop, and what was entered."""
    also: list[Part] = []
    recorded: list[tuple[ActionItem, int]] = []
    covers: list[Cover | None] = []
    for update in proposed:
        found = items.by_ref(desk.session, desk.group.id, update.item)
        if found is None:
            continue
        item = items.lock(desk.session, found.id)
        if update.status in ASIDE:
            role = withdrawals.request(desk, item, update.status, text)
            also.append(say(f"I have put that to the {role}; until they decide it stays as it is."))
            continue
        old = corrected.pop(item.id, None)
        number = updates.record(
            desk,
            item,
            proposals.said(update, at=old.at if old else None),
            text=text,
            supersedes_id=old.id if old else None,
            source_key=source_key,
        )
        item = items.get(desk.session, item.id)
        also.extend(_new_date(desk, item, update, text))
        if update.cover is None or update.cover not in covers:
            also.extend(_others(desk, item, update, text))
        covers.append(update.cover)
        recorded.append((items.get(desk.session, item.id), number))
    return also, recorded


def _new_date(
    desk: Desk, item: ActionItem, update: ProposedUpdate, said: GuardedText
) -> list[Part]:
    if update.deadline is None or update.proposed_due is None:
        return []
    change = date_changes.request(desk, item, update.deadline, reason=said.text, text=said)
    if change is None:
        return [say(f"That is the date {item.ref} has already.")]
    return list(date_changes.asked(desk, item, update.deadline).parts)


def _others(desk: Desk, item: ActionItem, update: ProposedUpdate, said: GuardedText) -> list[Part]:
    """A cover of the owner's between two days is entered; who else was named is settled later."""
    if (away := _away(desk, item, update)) is not None:
        return away
    who = update.delegate or (update.cover.name if update.cover else None)
    if who is None:
        return []
    named = say(
        Bold(desk.person.label), f" names {who} for ", Bold(f"{item.ref} {item.title}"), ":"
    )
    acceptance.settle_whose(desk, item, named, Quote(said.text))
    return [say(f"I have told the secretariat about {who}; until they agree it stays yours.")]


def _away(desk: Desk, item: ActionItem, update: ProposedUpdate) -> list[Part] | None:
    """The owner is away until a day and says who of the group covers; else nothing is entered."""
    cover = update.cover
    if cover is None or cover.until_on is None or desk.person.id != item.owner_id:
        return None
    found = finding.people(desk.directory, cover.name)
    if len(found) != 1:
        return None
    first = cover.from_on or desk.today
    try:
        return list(absences.away(desk, desk.person, found[0], first, cover.until_on).parts)
    except UserError as error:
        return [say(str(error))]
