"""The files of a draft, and who may be brought them: letter, annex and findings apart."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import documents
from bot.domain.drafts import Answer, Draft, StoredLetter, Version, unanswered
from bot.domain.letters import Letter
from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Message,
    Note,
    Part,
    bullets,
    message,
    say,
)
from bot.domain.outgoing import Audience, Outgoing, Sending
from bot.domain.people import Directory, Role
from storage import clearances, outbox
from storage.database import Session

Where = Mapping[str, int | str]
SHOWN_FINDINGS = 8
FORMATS: tuple[documents.Format, ...] = ("odt", "docx")


@dataclass(frozen=True, kw_only=True)
class File:
    """One file: `part` is letter, annex or findings."""

    part: str
    name: str
    title: str
    content: bytes


def letter_files(letter: Letter, *, reference: str, what: str) -> list[File]:
    """The letter as ODT and Word; `what` says in titles and names which letter it is."""
    return [
        File(
            part="letter",
            name=f"{stem(reference)}-{what}.{form}",
            title=f"{reference}: {what} letter ({form})",
            content=documents.render(letter, format=form),
        )
        for form in FORMATS
    ]


def render(draft: Draft, *, reference: str) -> list[File]:
    """The letter as ODT and Word, and apart from it the annex and the findings as ODT."""
    found = letter_files(draft.letter, reference=reference, what="draft")
    for part, paper in (("annex", draft.annex), ("findings", draft.report)):
        found.append(
            File(
                part=part,
                name=f"{stem(reference)}-internal-{part}.odt",
                title=f"{reference}: INTERNAL {part}",
                content=documents.render_report(paper, format="odt"),
            )
        )
    return found


def owe(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    version: Version,
    files: Sequence[File],
    *,
    to: Sequence[int],
    now: datetime,
) -> None:
    """Owe each file in a message of its own, then the covering one with what was found."""
    given = clearances.answers(session, letter.id)
    for place, where in places(directory, to=to, now=now).items():
        for file in files:
            key = f"draft:{version.id}:{file.name}:{place}"
            owe_file(session, directory, letter, file, key=key, where=where, now=now)
        covering = cover(letter, version, given, directory)
        outgoing = addressed(
            directory, letter, where, f"draft:{version.id}:cover:{place}", covering
        )
        outbox.enqueue(session, outgoing, due_at=now, now=now)


def cover(
    letter: StoredLetter, version: Version, answers: Mapping[str, Answer], directory: Directory
) -> Message:
    """What checking found in short; the button that submits, or else the one that answers."""
    blocking = unanswered(version, answers)
    parts: list[Part] = [
        say(
            Bold(f"Letter {letter.reference}, version {version.number}"),
            f" to {letter.to}, from {len(version.sheet.facts)} facts. ",
            _found(len(blocking), len(version.findings)),
        )
    ]
    still = [found for found in version.findings if found.key not in answers]
    if still:
        parts.append(bullets(*(f"{f.message} {f.mending}" for f in still[:SHOWN_FINDINGS])))
        if len(still) > SHOWN_FINDINGS:
            parts.append(say(f"And {len(still) - SHOWN_FINDINGS} more, in the findings."))
    parts += left_to_stand(version, answers, directory)
    if blocking:
        button = Button(
            label="Leave to stand, with a reason", action="letter.answer", value=pressed(version)
        )
    else:
        button = Button(
            label="Submit for clearance",
            action="letter.submit",
            value=pressed(version),
            style="primary",
        )
    parts.append(Buttons((button,)))
    parts.append(Note(f"Fingerprint {version.sha256[:12]}. Whoever submits it may not clear it."))
    return Message(parts=tuple(parts))


def left_to_stand(
    version: Version, answers: Mapping[str, Answer], directory: Directory
) -> list[Part]:
    """The findings that somebody answered, with who and why; nothing where there are none."""
    lines = []
    for found in version.findings:
        if given := answers.get(found.key):
            who = directory.people[given.by_id].name if given.by_id else "the bot"
            lines.append(f"{found.message} {who}: “{given.reason}”")
    return [say("Left to stand, with the reason:"), bullets(*lines)] if lines else []


def pressed(version: Version) -> str:
    """What a button about a version carries."""
    return json.dumps({"version": version.id, "sha": version.sha256[:12]}, separators=(",", ":"))


def _found(blocking: int, every: int) -> str:
    if not every:
        return "Checking it found nothing wrong."
    if not blocking:
        return "Nothing that checking found keeps it from clearance."
    things = "1 thing" if blocking == 1 else f"{blocking} things"
    return f"Checking it found {things} to mend, or to answer with a reason, before clearance."


def places(directory: Directory, *, to: Sequence[int], now: datetime) -> dict[str, Where]:
    """Where a draft goes: to whoever asked, and to the secretariat where it was not among them."""
    found: dict[str, Where] = {f"p{who}": {"person_id": who} for who in to}
    secretariat = [
        person.id
        for person in directory.people.values()
        if directory.has_role(person.id, Role.SECRETARIAT, on=now.astimezone(person.zone).date())
    ]
    if set(to) & set(secretariat):
        return found
    channel = directory.group.clearance_channel_id
    if channel:
        return {**found, f"c{channel}": {"channel_id": channel}}
    return {**found, **{f"p{who}": {"person_id": who} for who in secretariat}}


def owe_file(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    file: File,
    *,
    key: str,
    where: Where,
    now: datetime,
) -> None:
    outgoing = replace(
        addressed(directory, letter, where, key, message(say(file.title))),
        kind=Sending.FILE,
        file={
            "name": file.name,
            "title": file.title,
            "content": base64.b64encode(file.content).decode(),
        },
    )
    outbox.enqueue(session, outgoing, due_at=now, now=now)


def addressed(
    directory: Directory,
    letter: StoredLetter,
    where: Where,
    key: str,
    text: Message,
) -> Outgoing:
    person, channel = where.get("person_id"), where.get("channel_id")
    return Outgoing(
        key=key,
        group_id=directory.group.id,
        team_id=directory.group.team_id,
        person_id=person if isinstance(person, int) else None,
        channel_id=channel if isinstance(channel, str) else None,
        message=text,
        audience=Audience.CLEARANCE,
        subject={"letter": letter.id},
    )


def stem(reference: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in reference.lower())
