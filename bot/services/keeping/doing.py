"""What a keeper does to an item at the front desk: entered, told to its owner, and said back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.deadlines import Deadline, long_date
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.messages import Bold, Text
from bot.domain.messages import say as text
from bot.domain.people import Person
from bot.domain.register import STATUS_WORDS, ActionItem
from bot.domain.text import GuardedText
from bot.services import evidence, say, updates, waits
from bot.services.answering import standing
from bot.services.intake import Desk
from bot.services.keeping import changes, linking, reading, recorded
from bot.services.keeping.reading import Link
from bot.services.keeping.recorded import Recorded
from storage import histories, items


def add(
    desk: Desk,
    title: str,
    owner: Person,
    due: Deadline,
    *,
    supporters: Sequence[int] = (),
    answers: Sequence[Link] = (),
) -> Text:
    """A new item, whose owner is told and asked whether it is theirs."""
    reading.secretariat(desk)
    item = changes.add(
        desk.session,
        desk.directory,
        title=title,
        owner_id=owner.id,
        due=due,
        raised_on=desk.today,
        by_id=desk.person.id,
        now=desk.now,
        supporters=supporters,
        told=True,
    )
    for kind, number in answers:
        item = changes.link(
            desk.session, desk.directory, item, kind, number, by_id=desk.person.id, now=desk.now
        )
    new = Recorded(item=item, said=f"new, {say.due(item.due)}", theirs=True)
    tell(desk, owner.id, [new])
    heard = "" if owner.accounts else " They have no Slack account here: please tell them."
    started = desk.group.started_at is not None
    after = heard if started else " They hear of it once the group has started."
    return text(
        "Added: ",
        Bold(f"{item.ref} {item.title}"),
        f", {owner.label}, {say.due(item.due)}.{after}",
    )


def edit(desk: Desk, item: ActionItem, *, title: str, supporters: Sequence[int]) -> Text:
    """Another title or other supporters."""
    reading.keeper(desk, item)
    by_id, now = desk.person.id, desk.now
    told: list[Recorded] = []
    renamed = changes.retitle(desk.session, desk.directory, item, title, by_id=by_id, now=now)
    if renamed is not item:
        told.append(Recorded(item=renamed, said=f"its title was “{say.shortened(item.title)}”"))
    changed = changes.support(
        desk.session, desk.directory, renamed, supporters, by_id=by_id, now=now
    )
    if changed is not renamed:
        names = say.listed(desk.directory.people[n].label for n in supporters) or "nobody"
        told.append(Recorded(item=changed, said=f"supported by {names} now"))
    return changed_to(desk, changed, told)


def give(desk: Desk, item: ActionItem, to: Person, reason: GuardedText) -> Text:
    """Another owner, who is asked whether it is theirs; the last one hears of it."""
    reading.giver(desk, item)
    if to.id == item.owner_id:
        raise FieldError("owner", f"{item.ref} is {to.label}'s already.")
    was = desk.directory.people[item.owner_id].label
    changed = changes.reassign(
        desk.session,
        desk.directory,
        item,
        to.id,
        by_id=desk.person.id,
        now=desk.now,
        reason=reason,
        told=True,
    )
    _settle_change(desk, changed, f"it was given to {to.label}")
    said = f"given to you, {say.due(changed.due)}; it was {was}’s"
    tell(desk, to.id, [Recorded(item=changed, said=said, quote=reason.text, theirs=True)])
    return text(Bold(f"{changed.ref} {changed.title}"), f" is {to.label}'s now; it was {was}'s.")


def move(desk: Desk, item: ActionItem, new: Deadline, reason: GuardedText) -> Text:
    """Another date, as rules 3 to 5 allow."""
    reading.changer(desk, item)
    if new.latest is not None and new.latest == item.due_on:
        raise FieldError("date", f"That is the date {item.ref} has already.")
    moved = changes.move_date(
        desk.session,
        desk.directory,
        item,
        new,
        by_id=desk.person.id,
        now=desk.now,
        reason=reason if reason else None,
    )
    title = Bold(f"{item.ref} {item.title}")
    if moved.decider is not None:
        decider = moved.decider.value.replace("_", " ")
        asked = (
            f"asked to move to {say.new_date(new)}; the {decider} decides, and until then it is "
        )
        told = Recorded(item=moved.item, said=asked + say.due(item.due), quote=reason.text)
        tell(desk, item.owner_id, [told])
        return text(
            f"I have asked the {decider} to move ",
            title,
            f" to {say.new_date(new)}. Until that is decided it is {say.due(item.due)}.",
        )
    was = say.due(item.due)
    said = f"{say.due(moved.item.due)} now; it was {was}"
    return changed_to(desk, moved.item, [Recorded(item=moved.item, said=said, quote=reason.text)])


def connect(desk: Desk, item: ActionItem, wanted: Sequence[Link]) -> Text:
    """It answers and waits on exactly these from now on."""
    reading.keeper(desk, item)
    before = linking.names(desk.session, item)
    held = [(kind, number) for kind, number, _ref in before]
    by_id, now = desk.person.id, desk.now
    changed = item
    for kind, number in [one for one in held if one not in wanted]:
        with _under(kind):
            changed = changes.unlink(
                desk.session, desk.directory, changed, kind, number, by_id=by_id, now=now
            )
    for kind, number in [one for one in wanted if one not in held]:
        with _under(kind):
            changed = changes.link(
                desk.session, desk.directory, changed, kind, number, by_id=by_id, now=now
            )
    if changed is item:
        return changed_to(desk, item, [])
    after = linking.names(desk.session, changed)
    answers = reading.refs(after, linking.COMMITMENT, linking.RECOMMENDATION) or "nothing"
    waits_on = reading.refs(after, linking.WAITS_ON) or "nothing"
    said = f"answers {answers} and waits on {waits_on} now"
    return changed_to(desk, changed, [Recorded(item=changed, said=said)])


@contextlib.contextmanager
def _under(kind: str) -> Iterator[None]:
    """What cannot be linked is said under the field it was typed in."""
    try:
        yield
    except UserError as error:
        field = "waits_on" if kind == linking.WAITS_ON else "answers"
        raise FieldError(field, str(error)) from error


def record(
    desk: Desk,
    item: ActionItem,
    said: updates.Said,
    words: GuardedText,
    *,
    supersedes_id: int | None = None,
) -> Text:
    """What the owner said elsewhere: entered as theirs, by whose hand and how, and told to them."""
    reading.secretariat(desk)
    number = updates.record(desk, item, said, text=words, supersedes_id=supersedes_id)
    changed = items.get(desk.session, item.id)
    on = f"said on {long_date(said.said_on)}" if said.said_on else "said today"
    status = STATUS_WORDS[said.status]
    told = Recorded(
        item=changed,
        said=f"{status}, {on} ({_how(said.channel)})",
        quote=words.text,
        update_id=number,
    )
    tell(desk, item.owner_id, [told])
    latest = histories.of_item(desk.session, item.id).last_word
    newer = ""
    if latest is not None and latest.id != number:
        newer = f" Something later was said of it, so it still stands as: {standing(changed)}."
    return text(
        "Recorded for ", Bold(f"{changed.ref} {changed.title}"), f": {status}, {on}.{newer}"
    )


def _how(channel: str) -> str:
    return {"meeting": "at a meeting", "email": "by e-mail", "telephone": "by telephone"}.get(
        channel, channel
    )


def attach(desk: Desk, item: ActionItem, *, link: str, title: str) -> Text:
    """A link that shows completion, which somebody else than its giver and the owner looks at."""
    reading.changer(desk, item)
    evidence.attach(desk, item, url=link, title=title)
    tell(desk, item.owner_id, [Recorded(item=item, said=f"evidence added: {title or link}")])
    return text(
        "Kept for ",
        Bold(f"{item.ref} {item.title}"),
        ". Once completion is claimed, somebody other than its owner is asked to look at it.",
    )


def changed_to(desk: Desk, item: ActionItem, told: Sequence[Recorded]) -> Text:
    """The owner hears of it; whoever did it reads how the item stands now."""
    title = Bold(f"{item.ref} {item.title}")
    if not told:
        return text("Nothing was different: ", title, f" stands as: {standing(item)}.")
    _settle_change(desk, item, "the item was changed")
    tell(desk, item.owner_id, told)
    return text("Done. ", title, ": ", "; ".join(one.said for one in told), ".")


def _settle_change(desk: Desk, item: ActionItem, outcome: str) -> None:
    """What the owner said was changed wrongly has been changed again."""
    waits.settle(
        desk.session,
        desk.directory,
        kind=updates.CHANGE,
        subject_id=item.id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )


def tell(desk: Desk, owner_id: int, told: Sequence[Recorded]) -> None:
    """The owner hears of it, once for everything that this arrival did."""
    recorded.tell_owner(
        desk.session,
        desk.directory,
        owner_id,
        told,
        by=desk.person,
        now=desk.now,
        key=desk.arrival.key,
    )


def day(text_of: str, *, field: str) -> date | None:
    """A day chosen in a form, or none."""
    try:
        return date.fromisoformat(text_of) if text_of.strip() else None
    except ValueError as error:
        raise FieldError(field, "Choose a day.") from error
