"""The weekly digest in words: decisions first, then what moved, what is at risk, what is due."""

from __future__ import annotations

from collections import defaultdict

from bot.domain.deadlines import day_and_date
from bot.domain.messages import Bold, Heading, Message, Note, Part, Span, bullets, say
from bot.domain.people import LONDON, Person, Role
from bot.domain.register import Confidence
from bot.services import decisions, off_switch, promise_cards, status
from bot.services import say as words
from bot.services.decisions import Context
from bot.services.digest_facts import DECISIONS, DUE, Facts, PublicDate, Risk
from storage.lists import Section
from storage.reports import Failed

MOVES = 10
SILENT = 8
FAILURES = 5
FAILED_KINDS = {
    "nudge": "a reminder",
    "intro": "an introduction",
    "echo": "an answer",
    "wait": "a decision or question",
    "digest": "a digest",
    "draft": "a draft",
}


def compose(facts: Facts, reader: Person) -> Message:
    """The digest for one reader: what needs them first, or one line that says nothing does."""
    secretariat = facts.directory.has_role(reader.id, Role.SECRETARIAT, on=facts.today)
    decided, missed = _decisions(facts, reader), _missed(facts)
    risks, silent = _risks(facts), _silent(facts)
    failed = _failed(facts) if secretariat else []
    parts: list[Part] = [Heading(words.shortened(f"This week: {facts.directory.group.name}"))]
    if facts.paused:
        parts.append(
            say(
                Bold("Paused: "),
                f"{off_switch.told(facts.paused)} I am writing to nobody but the secretariat.",
            )
        )
    needed = bool(decided or missed or risks or silent or failed)
    if needed:
        parts.append(say(*status.totals(facts.counts)))
    else:
        parts.append(say(Bold("Nothing needs you this week: "), _quiet(facts)))
    parts += [*decided, *missed, *_moved(facts), *risks, *_due(facts), *silent, *failed]
    if needed:
        parts.append(say(_next_public(facts)))
    return Message(parts=(*parts, _foot(facts)))


def _quiet(facts: Facts) -> str:
    """One line with the counts, the next public date, and when it was checked."""
    counts = facts.counts
    claimed = counts[Section.CLAIMED]
    waits = f", {claimed} reported complete and not yet verified" if claimed else ""
    return (
        f"of {words.counted(counts.total, 'item')}, {counts.open or 'none'} "
        f"{'are' if counts.open > 1 else 'is'} open{waits}, and none is "
        f"overdue or known to be at risk. {_next_public(facts)} "
        f"Checked on {words.checked(facts.now, LONDON)}."
    )


def _next_public(facts: Facts) -> str:
    if facts.next_public is None:
        return "No public date lies ahead."
    return f"The next public date is {_public(facts.next_public)}."


def _public(each: PublicDate) -> str:
    return f"{day_and_date(each.on)} ({each.promise.ref})"


def _foot(facts: Facts) -> Note:
    sample = "Sample register. " if facts.directory.group.sample else ""
    return Note(
        f"{sample}Checked on {words.checked(facts.now, LONDON)}. For the chairs and the "
        f"secretariat only. Head of the audit chain: {facts.head[:12]}."
    )


def _decisions(facts: Facts, reader: Person) -> list[Part]:
    mine = facts.waiting.get(reader.id, ())
    if not mine:
        return []
    context = Context(
        directory=facts.directory,
        histories=facts.histories,
        promises=facts.promises,
        answered=facts.answered,
        today=facts.today,
        zone=LONDON,
    )
    parts: list[Part] = [say(Bold(f"For you to decide ({len(mine)})"))]
    for each in mine[:DECISIONS]:
        parts += decisions.parts(context, each)
    return parts + _more(len(mine) - DECISIONS, "waiting")


def _more(number: int, command: str) -> list[Part]:
    return [Note(f"and {number} more: `/status {command}`")] if number > 0 else []


def _missed(facts: Facts) -> list[Part]:
    """Public dates that have passed with no letter since: the reader must hear of it first."""
    if not facts.missed:
        return []
    lines = [
        (
            *promise_cards.line(facts.directory, each.promise),
            f". {day_and_date(each.on)} has passed and no letter has said what became of it.",
        )
        for each in facts.missed
    ]
    return [say(Bold(f"Promised and past ({len(lines)})")), bullets(*lines)]


def _risks(facts: Facts) -> list[Part]:
    if not facts.risks:
        return []
    lines = [_risk(facts, each) for each in facts.risks]
    parts: list[Part] = [say(Bold(f"At risk, and why ({facts.risk_count})")), bullets(*lines)]
    left = facts.risk_count - len(lines)
    return [*parts, Note(f"and {left} more: `/status` lists what is open")] if left > 0 else parts


def _risk(facts: Facts, risk: Risk) -> tuple[Span, ...]:
    """The line of the item, what its owner says in their words, and what the register makes."""
    item, computed = risk.item, risk.computed
    line = words.item_line(item, facts.directory, today=facts.today, zone=LONDON)
    said = f" (“{words.shortened(item.status_words)}”)" if item.status_words else ""
    if computed.confidence in {Confidence.GREEN, item.claimed}:
        return (*line, f"{said}.")
    colour = words.CONFIDENCE_WORDS[computed.confidence]
    return (*line, f"{said}. By the register {colour}, because {computed.rule}.")


def _silent(facts: Facts) -> list[Part]:
    """Who has been asked and has not answered: counted facts, and no judgement."""
    by_person: dict[int, list[str]] = defaultdict(list)
    for asked in facts.silent:
        item = facts.silent_items[asked.item_id]
        on = day_and_date(words.local_day(asked.first_at, LONDON))
        by_person[asked.person_id].append(f"{item.ref}, asked {_times(asked.times)} since {on}")
    if not by_person:
        return []
    lines = [
        (Bold(words.named(facts.directory, person)), f": {'; '.join(told)}.")
        for person, told in list(by_person.items())[:SILENT]
    ]
    parts: list[Part] = [say(Bold(f"No answer yet ({len(by_person)})")), bullets(*lines)]
    left = len(by_person) - len(lines)
    return [*parts, Note(f"and {left} more people")] if left > 0 else parts


def _times(number: int) -> str:
    return "twice" if number == 2 else f"{number} times"


def _failed(facts: Facts) -> list[Part]:
    if not facts.failed:
        return []
    lines = [_failure(facts, each) for each in facts.failed[:FAILURES]]
    title = f"Could not be delivered ({len(facts.failed)})"
    left = len(facts.failed) - len(lines)
    parts: list[Part] = [say(Bold(title)), bullets(*lines)]
    return [*parts, Note(f"and {left} more")] if left > 0 else parts


def _failure(facts: Facts, failed: Failed) -> str:
    kind = FAILED_KINDS.get(failed.key.split(":", 1)[0], "a message")
    to = f" to {words.named(facts.directory, failed.person_id)}" if failed.person_id else ""
    return f"{kind}{to}: {failed.error or 'no reason was given'}"


def _moved(facts: Facts) -> list[Part]:
    if not facts.moved:
        return []
    since = day_and_date(words.local_day(facts.since, LONDON))
    lines = [(*words.item_name(each.item), f": {each.told}.") for each in facts.moved[:MOVES]]
    left = len(facts.moved) - len(lines)
    parts: list[Part] = [
        say(Bold(f"What moved since {since} ({len(facts.moved)})")),
        bullets(*lines),
    ]
    return [*parts, Note(f"and {left} more")] if left > 0 else parts


def _due(facts: Facts) -> list[Part]:
    count = facts.counts[Section.DUE]
    if not count:
        return []
    lines = [
        words.item_line(item, facts.directory, today=facts.today, zone=LONDON) for item in facts.due
    ]
    title = f"Due in the next two weeks ({count})"
    return [say(Bold(title)), bullets(*lines), *_more(count - DUE, "due")]
