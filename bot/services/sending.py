"""A cleared letter goes: facts and names are read again, then it is frozen and in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.domain.deadlines import long_date
from bot.domain.drafts import Event, StoredLetter, Version, cited, same_hash
from bot.domain.errors import UserError
from bot.domain.facts import differences
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Message, message, say
from bot.domain.outgoing import Audience, Outgoing
from bot.domain.people import LONDON, Role
from bot.services import fact_sheets, intake, ledger, letter_waits
from bot.services.intake import Desk
from storage import clearances, letters, outbox
from storage.database import Database


class ChangedSinceError(UserError):
    """The register or a name has changed since the letter's facts were frozen."""


def sent_form(
    database: Database, arrival: intake.Arrival, value: dict[str, object], *, now: datetime
) -> Form:
    """What is asked when a letter is recorded as sent; the chair may decide that it stands."""
    with intake.reading(database, arrival, now=now) as desk:
        _may_record(desk)
        asked: tuple[Field, ...] = (
            Field(
                name="sent_on",
                label="On which day did it go?",
                kind=FieldKind.DAY,
                value=desk.today.isoformat(),
            ),
        )
        if desk.is_a(Role.CHAIR):
            stands = Field(
                name="proceed",
                label="If the register has changed since it was drafted",
                kind=FieldKind.CHOICE,
                value="stop",
                choices=(("stop", "Stop and tell me what changed"), ("stands", "It stands")),
            )
            asked = (*asked, stands)
        return Form(
            callback="letter.sent",
            title="Record as sent",
            submit="Record",
            fields=asked,
            private=value,
        )


def record_sent(
    database: Database,
    arrival: intake.Arrival,
    *,
    version_id: int,
    sha: str,
    sent_on: date,
    now: datetime,
    rehearsal: bool,
    proceed: bool = False,
) -> None:
    """Record that a cleared version went, dated `sent_on`; its promises and tellings are entered.

    Facts and names are read again: any difference raises ChangedSinceError until the chair
    decides by `proceed`. A sample group's letter is recorded in rehearsal only.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        letter, version = _cleared(desk, version_id, sha, rehearsal=rehearsal)
        if sent_on > desk.today or sent_on < version.at.astimezone(LONDON).date():
            raise FieldError(
                "sent_on", "A letter goes between the day it was drafted and today: correct it."
            )
        changed = _changed(desk, version, sent_on)
        if changed and not (proceed and desk.is_a(Role.CHAIR)):
            raise ChangedSinceError(
                f"The register has changed since this letter was drafted ({_named(changed)}): "
                "draft it again, or let the chair record it as it stands."
            )
        _freeze(desk, letter, version, sent_on, changed)
        letter_waits.over(
            desk.session, desk.directory, letter, "it has gone", by_id=desk.person.id, now=now
        )
        _tell(desk, letter, sent_on)
        _audited(desk, "sent", letter, version=version, on=sent_on, changed=changed)


def _freeze(
    desk: Desk, letter: StoredLetter, version: Version, sent_on: date, changed: Sequence[str]
) -> None:
    """From here on nothing of the letter changes; what it told and promised is in the ledger."""
    at = desk.now if sent_on == desk.today else datetime.combine(sent_on, time(12), LONDON)
    letters.add_event(
        desk.session,
        letter,
        Event.SENT,
        by_id=desk.person.id,
        now=desk.now,
        at=at,
        version=version,
        note=f"stands although {_named(changed)} changed" if changed else "",
    )
    letters.add_parties(desk.session, letter, version.letter)
    ledger.enter(
        desk.session, letter, version, on=sent_on, at=at, now=desk.now, by_id=desk.person.id
    )


def record_received(
    database: Database, arrival: intake.Arrival, *, letter_id: int, on: date, now: datetime
) -> None:
    """Record that a sent letter was received; from then on its text is the recipient's."""
    _after(database, arrival, Event.RECEIVED, letter_id=letter_id, on=on, now=now)


def record_published(
    database: Database, arrival: intake.Arrival, *, letter_id: int, on: date, now: datetime
) -> None:
    """Record that a sent letter was published by whoever received it."""
    _after(database, arrival, Event.PUBLISHED, letter_id=letter_id, on=on, now=now)


def _after(
    database: Database,
    arrival: intake.Arrival,
    event: Event,
    *,
    letter_id: int,
    on: date,
    now: datetime,
) -> None:
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        letter = letters.get(desk.session, letter_id)
        sent = letter.last(Event.SENT)
        if not desk.is_a(Role.SECRETARIAT, Role.CHAIR) or letter.group_id != desk.group.id:
            raise UserError("The secretariat records what became of a letter: ask them to.")
        if sent is None:
            raise UserError(f"Letter {letter.reference} has not been sent: record that first.")
        if not sent.at.astimezone(LONDON).date() <= on <= desk.today:
            raise FieldError("on", "Give a day between the one it was sent on and today.")
        at = datetime.combine(on, time(12), LONDON)
        letters.add_event(
            desk.session, letter, event, by_id=desk.person.id, now=now, at=min(at, now)
        )
        _audited(desk, event.value, letter, version=None, on=on, changed=())


def _may_record(desk: Desk) -> None:
    if not desk.is_a(Role.SECRETARIAT, Role.CHAIR):
        raise UserError("The secretariat or the chair records a letter as sent: ask them to.")


def _cleared(
    desk: Desk, version_id: int, sha: str, *, rehearsal: bool
) -> tuple[StoredLetter, Version]:
    _may_record(desk)
    if desk.group.sample and not rehearsal:
        raise UserError("A sample group’s letters are recorded as sent only in rehearsal.")
    version = letters.version(desk.session, version_id)
    letter = letters.get(desk.session, version.letter_id)
    if letter.group_id != desk.group.id or not same_hash(version, sha):
        raise UserError("That is not the text that was cleared: use the button on the final files.")
    if letter.closed:
        raise UserError(f"Letter {letter.reference} is recorded as sent already.")
    cleared = letter.last(Event.CLEARED, Event.DRAFTED, Event.SENT_BACK)
    if cleared is None or cleared.event is not Event.CLEARED or cleared.version_id != version.id:
        raise UserError("Not everybody has cleared this version yet, so it cannot go.")
    given = clearances.of_version(desk.session, version.id)
    if any(one.sha256 != version.sha256 for one in given):
        raise UserError("A clearance is for another text: submit this version again.")
    return letter, version


def _changed(desk: Desk, version: Version, sent_on: date) -> list[str]:
    sheet = fact_sheets.read(
        desk.session,
        desk.group.id,
        audience=version.sheet.audience,
        as_at=desk.now,
        known_at=desk.now,
        dated_on=sent_on,
    )
    return differences(version.sheet, sheet, cited(version.letter))


def _named(changed: Sequence[str]) -> str:
    more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
    return ", ".join(changed[:5]) + more


def _tell(desk: Desk, letter: StoredLetter, sent_on: date) -> None:
    """Members hear that a letter has gone, and no more of it."""
    group = desk.group
    said: Message = message(
        say(
            Bold(f"Letter {letter.reference}"),
            f" to {letter.to} went on {long_date(sent_on)}. ",
            "Its text is the recipient’s until they publish it.",
        )
    )
    places: list[tuple[int | None, str | None]] = [(None, group.channel_id)]
    if group.channel_id is None:
        members = {role.person_id for role in desk.directory.roles if role.held_on(desk.today)}
        places = [(person_id, None) for person_id in sorted(members)]
    for person_id, channel_id in places:
        outgoing = Outgoing(
            key=f"letter-sent:{letter.id}:{person_id or channel_id}",
            group_id=group.id,
            team_id=group.team_id,
            person_id=person_id,
            channel_id=channel_id,
            message=said,
            audience=Audience.MEMBERS,
            subject={"letter": letter.id},
        )
        outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now)


def _audited(
    desk: Desk,
    action: str,
    letter: StoredLetter,
    *,
    version: Version | None,
    on: date,
    changed: Sequence[str],
) -> None:
    desk.audited(
        f"letter {action}",
        f"letter:{letter.id}",
        on=on.isoformat(),
        version=version.id if version else None,
        sha256=version.sha256 if version else None,
        changed=list(changed),
    )
