"""Small words that every message shares: who, when, how late, how it stands and since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.calendars import Calendar
from bot.domain.confidence import Computed
from bot.domain.deadlines import Deadline, Kind, day_and_date, long_date
from bot.domain.messages import Bold, Span
from bot.domain.people import Directory
from bot.domain.register import ActionItem, Confidence, Delivery

CONFIDENCE_WORDS: dict[Confidence, str] = {
    Confidence.GREEN: "on track (green)",
    Confidence.AMBER_GREEN: "mostly on track (amber/green)",
    Confidence.AMBER: "at risk (amber)",
    Confidence.AMBER_RED: "at serious risk (amber/red)",
    Confidence.RED: "off track (red)",
    Confidence.BLUE: "complete (blue)",
}

_DELIVERY_WORDS: dict[Delivery, str] = {
    Delivery.NOT_STARTED: "not started",
    Delivery.IN_PROGRESS: "in progress",
    Delivery.COMPLETE: "reported complete, not yet verified",
    Delivery.PAUSED: "paused",
    Delivery.WITHDRAWN: "withdrawn",
    Delivery.SUPERSEDED: "superseded",
}

TITLE_LENGTH = 150


def named(directory: Directory, person_id: int | None) -> str:
    """A person by number; the bot itself where nobody did it."""
    who = directory.people.get(person_id) if person_id is not None else None
    return who.label if who else "Followthrough"


def listed(names: Iterable[str]) -> str:
    """a, b and c."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 item, 2 items, no items."""
    if number == 1:
        return f"1 {one}"
    return f"{number or 'no'} {many or one + 's'}"


def shortened(text: str, length: int = TITLE_LENGTH) -> str:
    """A text on one line, cut at a word where it is longer than a list can bear."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept, _space, _rest = line[:length].rpartition(" ")
    return f"{kept or line[: length - 1]}…"


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day an instant falls on, for somebody in this zone."""
    return moment.astimezone(zone).date()


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """9:05, on a 24-hour clock."""
    return f"{moment.astimezone(zone):%-H:%M}"


def ago(moment: datetime, *, today: date, zone: ZoneInfo) -> str:
    """Today, yesterday, 12 days ago: the age of whatever was said then."""
    days = (today - local_day(moment, zone)).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def waited(moment: datetime, *, today: date, zone: ZoneInfo) -> str:
    """Since today, since yesterday, for 12 days: how long something has waited."""
    days = (today - local_day(moment, zone)).days
    if days <= 0:
        return "since today"
    return "since yesterday" if days == 1 else f"for {days} days"


def due(deadline: Deadline) -> str:
    """When it is due, in words that keep a window a window and never invent a day."""
    if deadline.latest is None:
        return _undated(deadline)
    if deadline.earliest is not None and deadline.earliest < deadline.latest:
        window = f"due between {long_date(deadline.earliest)} and {long_date(deadline.latest)}"
        return f"{window} (“{deadline.words}”)" if deadline.words else window
    by = "by " if deadline.earliest is None else ""
    return f"due {by}{day_and_date(deadline.latest)}"


def new_date(deadline: Deadline) -> str:
    """A Deadline as a date moves to it: without "due" or "by"."""
    return due(deadline).removeprefix("due ").removeprefix("by ")


def moved_before(slips: int) -> str:
    """How often a date had moved before the move that is asked for."""
    return {0: "not moved before", 1: "moved once before"}.get(slips, f"moved {slips} times before")


def _undated(deadline: Deadline) -> str:
    if deadline.earliest is not None:
        return f"from {day_and_date(deadline.earliest)}, no deadline yet"
    if deadline.kind is Kind.NONE or not deadline.words:
        return "no deadline"
    return f"no date yet (“{shortened(deadline.words, 60)}”)"


def time_left(due_on: date, *, today: date, calendar: Calendar) -> str:
    """How many working days are left, or gone, by the owner's own bank holidays."""
    days = calendar.working_days(today, due_on)
    if due_on == today:
        return "due today"
    if due_on < today:
        return f"{counted(-days, 'working day')} overdue" if days else "its day has passed"
    return f"{counted(days, 'working day')} left"


def standing(item: ActionItem) -> str:
    """How an item stands, in words alone; whoever shows it adds its age."""
    if item.verified:
        return "complete, evidence verified"
    if item.delivery is not Delivery.IN_PROGRESS:
        return _DELIVERY_WORDS[item.delivery]
    if item.blocked:
        return "blocked"
    return {
        Confidence.GREEN: "on track",
        Confidence.AMBER_GREEN: "mostly on track",
        Confidence.AMBER: "at risk",
        Confidence.AMBER_RED: "at serious risk",
        Confidence.RED: "off track",
    }.get(item.claimed or Confidence.BLUE, "in progress")


def status(item: ActionItem, *, today: date, zone: ZoneInfo) -> str:
    """How an item stands and how old that is; a status never looks new by itself."""
    if item.status_at is None:
        return "nothing reported yet"
    return f"{standing(item)}, said {ago(item.status_at, today=today, zone=zone)}"


def item_name(item: ActionItem) -> tuple[Span, ...]:
    """A-01 and its title."""
    return (Bold(item.ref), f" {shortened(item.title)}")


def item_line(
    item: ActionItem, directory: Directory, *, today: date, zone: ZoneInfo, owner: bool = True
) -> tuple[Span, ...]:
    """One line of a list: reference, title, owner, deadline and time left, status and its age."""
    who = directory.people[item.owner_id]
    parts = [who.label] if owner else []
    parts.append(deadline_and_left(item, directory, today=today))
    parts.append(status(item, today=today, zone=zone))
    return (*item_name(item), " – " + " – ".join(parts))


def deadline_and_left(item: ActionItem, directory: Directory, *, today: date) -> str:
    """The deadline, and the time left while there is something left to do by then."""
    if item.due_on is None or not item.is_active:
        return due(item.due)
    calendar = directory.national_calendar(directory.people[item.owner_id].nation)
    return f"{due(item.due)}, {time_left(item.due_on, today=today, calendar=calendar)}"


def confidence(item: ActionItem, computed: Computed) -> str:
    """The confidence claimed and the one computed, both where they differ, with the rule."""
    ours = CONFIDENCE_WORDS[computed.confidence]
    if item.claimed is None:
        return f"{ours}, because {computed.rule}"
    claimed = CONFIDENCE_WORDS[item.claimed]
    if item.claimed is computed.confidence:
        return claimed
    return f"{claimed} by its owner’s account; {ours} by the register’s, because {computed.rule}"


def checked(now: datetime, zone: ZoneInfo) -> str:
    """Thursday 12 May 2022 at 10:00: as of when a reader reads."""
    return f"{day_and_date(local_day(now, zone))} at {clock_time(now, zone)}"
