"""Who hears of an absence: whoever covers, once, with what; whose it is; the secretariat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.absences import between, meeting
from bot.domain.diaries import Diary
from bot.domain.messages import Bold, Message, Note, Part, bullets, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Cover, Directory, Person, Role
from bot.services import say as words
from bot.services.absences.wording import pattern
from bot.services.intake import Desk
from storage import items, outbox
from storage.absences import Absence

LISTED = 20


def set_down(
    desk: Desk, after: Directory, person: Person, entered: Absence, replaced: Sequence[Cover]
) -> None:
    """The new cover, those who cover no more, whose absence it is, and who is left alone by it."""
    new = entered.cover
    key = f"away:{entered.id}"
    if new.cover_id is not None:
        told = any(one.cover_id == new.cover_id for one in replaced)
        _tell(desk, after, new.cover_id, _covering(desk, person, new, told), key)
    for former in {one.cover_id for one in replaced} - {new.cover_id, None}:
        if former is not None:
            _tell(desk, after, former, _no_more(person), f"{key}:no-more")
    if person.id != desk.person.id:
        _tell(desk, after, person.id, _set_for(desk, after, new), key)
    if left_alone(after, person, new):
        said = _alone(after, person, new)
        for one in after.holders(Role.SECRETARIAT, desk.today):
            if one.id != desk.person.id:
                _tell(desk, after, one.id, said, f"{key}:alone")


def ended(desk: Desk, after: Directory, person: Person, absence: Absence) -> None:
    """Whoever covered need not any more; whose it was hears where somebody else ended it."""
    key = f"back:{absence.id}"
    if absence.cover.cover_id is not None:
        _tell(desk, after, absence.cover.cover_id, _no_more(person), key)
    if person.id != desk.person.id:
        said = say(
            Bold(desk.person.label), " has entered that you are not away any more: I write to you."
        )
        _tell(desk, after, person.id, message(said, _wrong()), key)


def works(desk: Desk, person: Person) -> None:
    """Somebody hears on which days they are now asked, where another entered it."""
    if person.id == desk.person.id:
        return
    said = say(Bold(desk.person.label), f" has entered that you work {pattern(person)}.")
    key = f"works:{person.id}:{desk.arrival.key}"
    _tell(desk, desk.directory, person.id, message(said, _wrong()), key)


def left_alone(directory: Directory, person: Person, new: Cover) -> list[Cover]:
    """The absences for which this person is the cover, on days of their own absence."""
    return [
        one
        for one in directory.covers
        if one.cover_id == person.id and meeting([new], person.id, one.from_on, one.until_on)
    ]


def _covering(desk: Desk, person: Person, new: Cover, told: bool) -> Message:
    days = between(new.from_on, new.until_on)
    owned = items.owned(desk.session, [person.id])
    by = "" if desk.person.id == person.id else f", {desk.person.label} says"
    changed = "Other days: " if told else ""
    parts: list[Part] = [
        say(
            changed,
            Bold(person.label),
            f" is away {days}{by}, and you cover: I ask you about their items on those days, and "
            "what you say counts as theirs.",
        )
    ]
    if owned:
        lines = [
            (Bold(item.ref), f" {words.shortened(item.title, 100)}, {words.due(item.due)}")
            for item in owned[:LISTED]
        ]
        parts.append(bullets(*lines))
        if len(owned) > LISTED:
            parts.append(Note(f"and {len(owned) - LISTED} more: `status mine` lists them then."))
    else:
        parts.append(say("They have no open item at present."))
    return message(*parts, Note("If you cannot, tell them or the secretariat now."))


def _no_more(person: Person) -> Message:
    return message(say("You do not cover for ", Bold(person.label), " any more: I ask them."))


def _set_for(desk: Desk, after: Directory, new: Cover) -> Message:
    cover = after.people.get(new.cover_id or 0)
    by = f"and {cover.label} covers for you" if cover else "and that nobody covers"
    return message(
        say(
            Bold(desk.person.label),
            f" has entered that you are away {between(new.from_on, new.until_on)}, {by}.",
        ),
        _wrong(),
    )


def _wrong() -> Note:
    return Note(
        "If that is not right: `back`, `away until 22 August, NAME covers`, or `my days Mon-Wed`."
    )


def _alone(after: Directory, person: Person, new: Cover) -> Message:
    whom = left_alone(after, person, new)
    names = words.listed(after.people[one.person_id].label for one in whom)
    return message(
        say(
            Bold(person.label),
            f" is away {between(new.from_on, new.until_on)} and was to cover for {names} on some "
            "of those days: nobody does then. `person NAME away until 22 August, NAME covers` "
            "names somebody else.",
        )
    )


def _tell(desk: Desk, after: Directory, person_id: int, said: Message, key: str) -> None:
    """By direct message in their own hours; nobody hears of what they did themselves."""
    person = after.people[person_id]
    if after.group.started_at is None or person_id == desk.person.id:
        return
    outgoing = Outgoing(
        key=f"{key}:{person_id}",
        group_id=desk.group.id,
        team_id=desk.group.team_id,
        person_id=person_id,
        message=said,
    )
    due_at = Diary(directory=after).opening(person, desk.now)
    outbox.enqueue(desk.session, outgoing, due_at=due_at, now=desk.now)
