"""The Home tab: what waits on whoever opens it, then their items, then the state of things."""

from __future__ import annotations

import json
from datetime import datetime

from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Divider,
    Heading,
    Message,
    Note,
    Part,
    bullets,
    say,
)
from bot.domain.people import Role
from bot.domain.register import ActionItem, Delivery
from bot.services import (
    cards,
    decisions,
    off_switch,
    pausing,
    starting,
    status,
    waiting_lists,
)
from bot.services import say as words
from bot.services.decisions import Context
from bot.services.intake import Desk
from storage import commitments, histories, lists, pauses, reports, sweeps, waiting
from storage.lists import Scope
from storage.waiting import Waiting

ITEMS = 10
DECISIONS = 5
EXPORT = ("Export the register", "register.export")
PAUSE = ("Pause all I send", "pause.open")
RESUME = ("Resume", "pause.resume")
ANSWERS = (
    ("On track", "reply.on_track"),
    ("At risk", "reply.at_risk"),
    ("Done", "reply.done"),
    ("Need more time", "reply.more_time"),
    ("Not mine", "reply.not_mine"),
)


def page(desk: Desk) -> Message:
    """The Home tab of one reader."""
    parts: list[Part] = [Heading(words.shortened(desk.group.name))]
    if desk.group.started_at is None:
        parts += _before_start(desk)
    else:
        parts += [*_paused(desk), *_waiting(desk), *_items(desk), _days(desk), *_state(desk)]
    return Message(parts=(*parts, Divider(), *_footer(desk)))


def _before_start(desk: Desk) -> list[Part]:
    """For the secretariat what will be sent, and Start; for anybody else that nothing is yet."""
    if desk.is_a(Role.SECRETARIAT):
        return list(starting.preview(desk).parts)
    return [say("This group has not started: I send nothing until its secretariat starts it.")]


def _paused(desk: Desk) -> list[Part]:
    """That it is off and until when; why, and the button, for those who may turn it on again."""
    found = pauses.standing(desk.session, desk.group.id)
    if found is None:
        return []
    may = desk.is_a(*pausing.MAY)
    why = off_switch.told(found) if may else f"{off_switch.until(found)}."
    parts: list[Part] = [say(Bold("Paused: "), f"{why} No reminders go out.")]
    return [*parts, _buttons_of(desk, RESUME)] if may else parts


def _buttons_of(desk: Desk, *named: tuple[str, str]) -> Buttons:
    """Buttons about the group as a whole."""
    value = json.dumps({"group": desk.group.key})
    return Buttons(tuple(Button(label=label, action=name, value=value) for label, name in named))


def _waiting(desk: Desk) -> list[Part]:
    """What waits on this reader, with the buttons that settle it."""
    every = waiting.unsettled(desk.session, desk.group.id)
    mine = waiting_lists.on_reader(desk.directory, every, desk.person.id, desk.today)
    if not mine:
        return []
    shown = mine[:DECISIONS]
    context = _context(desk, shown)
    parts: list[Part] = [Heading(f"Waiting on you: {len(mine)}")]
    for each in shown:
        parts += decisions.parts(context, each)
    left = len(mine) - len(shown)
    return [*parts, Note(f"and {left} more: `/status waiting`")] if left else parts


def _context(desk: Desk, shown: list[Waiting]) -> Context:
    about = {each.item_id for each in shown if each.item_id is not None}
    return Context(
        directory=desk.directory,
        histories={h.item_id: h for h in histories.of_items(desk.session, about)},
        promises=commitments.of_group(desk.session, desk.group.id),
        answered=reports.answered(desk.session, desk.group.id),
        today=desk.today,
        zone=desk.person.zone,
    )


def _items(desk: Desk) -> list[Part]:
    """Their own items and those they cover, the most urgent first, each with its buttons."""
    scope = Scope(group_id=desk.group.id, owner_ids=status.acts_for(desk))
    counts = lists.counts(desk.session, scope, today=desk.today)
    if not counts.open:
        return [say("You own no open items.")]
    parts: list[Part] = [Heading(f"Your items: {counts.open}")]
    for item in lists.open_items(desk.session, scope, limit=ITEMS):
        covered = item.owner_id != desk.person.id
        line = words.item_line(
            item, desk.directory, today=desk.today, zone=desk.person.zone, owner=covered
        )
        parts += [say(*line), Buttons(_buttons(item))]
    left = counts.open - min(counts.open, ITEMS)
    return [*parts, Note(f"and {left} more: `/status mine`")] if left else parts


def _buttons(item: ActionItem) -> tuple[Button, ...]:
    """What an owner can say of an item; a claim asks for its evidence instead."""
    value = json.dumps({"item": item.id, "v": item.version}, separators=(",", ":"))
    if item.delivery is Delivery.COMPLETE:
        return (Button(label="Add evidence", action="evidence.add", value=value),)
    return tuple(Button(label=label, action=action, value=value) for label, action in ANSWERS)


def _days(desk: Desk) -> Buttons:
    """When they are away, and on which days they work; the calendar for whoever keeps it."""
    value = json.dumps({"group": desk.group.key})
    buttons = [
        Button(label="I am away", action="person.away", value=value),
        Button(label="My working days", action="person.days", value=value),
    ]
    if desk.is_a(Role.SECRETARIAT):
        buttons.append(Button(label="Calendar", action="calendar.show", value=value))
    return Buttons(tuple(buttons))


def _state(desk: Desk) -> list[Part]:
    """For chairs and secretariat: the counts; for the secretariat also what waits on others."""
    if not desk.is_a(Role.SECRETARIAT, *cards.CHAIRS):
        return []
    scope = Scope(group_id=desk.group.id)
    counts = lists.counts(desk.session, scope, today=desk.today)
    parts: list[Part] = [Heading("The register"), say(*status.totals(counts))]
    if desk.is_a(Role.SECRETARIAT):
        parts += [*_elsewhere(desk), *_sweeps(desk)]
    paused = pauses.standing(desk.session, desk.group.id) is not None
    return [*parts, _buttons_of(desk, EXPORT, *(() if paused else (PAUSE,)))]


def _elsewhere(desk: Desk) -> list[Part]:
    """What waits on somebody else, the oldest first."""
    every = waiting.unsettled(desk.session, desk.group.id)
    mine = waiting_lists.on_reader(desk.directory, every, desk.person.id, desk.today)
    others = [each for each in every if each not in mine]
    if not others:
        return []
    lines = waiting_lists.lines(
        desk.session,
        desk.directory,
        others[:DECISIONS],
        today=desk.today,
        zone=desk.person.zone,
    )
    parts: list[Part] = [say(Bold(f"Waiting on others ({len(others)})")), bullets(*lines)]
    left = len(others) - len(lines)
    return [*parts, Note(f"and {left} more: `/status waiting`")] if left else parts


def _sweeps(desk: Desk) -> list[Part]:
    """When the bot last looked: silence must not look like a dead bot."""
    ran = sweeps.last(desk.session)
    if not ran:
        return [Note("I have not run a sweep yet: is the bot being served?")]
    newest = max(ran.values())
    return [Note(f"I last looked at what is due {_when(desk, newest)}.")]


def _when(desk: Desk, moment: datetime) -> str:
    zone = desk.person.zone
    if words.local_day(moment, zone) == desk.today:
        return f"today at {words.clock_time(moment, zone)}"
    return f"on {words.checked(moment, zone)}"


def _footer(desk: Desk) -> list[Part]:
    """Who keeps and sees the answers, and as of when the page was drawn."""
    keepers = words.listed(
        person.label for person in desk.directory.holders(Role.SECRETARIAT, desk.today)
    )
    kept = f"Its secretariat keeps your answers{f': {keepers}' if keepers else ''}."
    return [
        Note(
            f"{kept} Your words, reasons and evidence are seen by you, whoever covers for you, the "
            "secretariat and the chairs; the rest of the group sees items, owners, dates, and a "
            "status with its age. What you write may be published or disclosed: please, nothing "
            "about patients."
        ),
        cards.footer(desk),
    ]
