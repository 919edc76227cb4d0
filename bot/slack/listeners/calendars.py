"""The calendar's buttons and forms; when somebody works and is away."""

from __future__ import annotations

from bot.services.absences import showing
from bot.services.absences import submitting as days
from bot.services.calendars import forms, submitting
from bot.slack.calls import Call
from bot.slack.routes import button, view

FIELDS = {"meeting": ("on",), "recess": ("name", "rises", "returns"), "holiday": ("on", "nations")}


@button("calendar.show")
def show(call: Call) -> None:
    """The calendar, by direct message."""
    submitting.show(call.database, call.group_arrival, now=call.now)


@button("calendar.meeting")
def a_meeting(call: Call) -> None:
    """Ask for the day of a meeting."""
    call.open(forms.meeting(call.database, call.arrival, call.value, now=call.now))


@view("calendar.meeting")
def meet(call: Call) -> None:
    """Add or move it."""
    typed = {name: call.field(name) for name in FIELDS["meeting"]}
    submitting.meeting(call.database, call.group_arrival, call.private, typed, now=call.now)


@button("calendar.recess")
def a_recess(call: Call) -> None:
    """Ask for the days of a recess."""
    call.open(forms.recess(call.database, call.arrival, call.value, now=call.now))


@view("calendar.recess")
def recess(call: Call) -> None:
    """Add or change it."""
    typed = {name: call.field(name) for name in FIELDS["recess"]}
    submitting.recess(call.database, call.group_arrival, call.private, typed, now=call.now)


@button("calendar.holiday")
def a_holiday(call: Call) -> None:
    """Ask which day, and for whom."""
    call.open(forms.holiday(call.database, call.arrival, call.value, now=call.now))


@view("calendar.holiday")
def holiday(call: Call) -> None:
    """Add or remove it."""
    typed = {name: call.field(name) for name in (*FIELDS["holiday"], "name")}
    submitting.holiday(call.database, call.group_arrival, call.private, typed, now=call.now)


@button("calendar.cancel")
def cancel(call: Call) -> None:
    """A meeting that is not held, a recess that is none."""
    submitting.cancel(call.database, call.arrival, call.value, now=call.now)


@button("person.days")
def working_days(call: Call) -> None:
    """Ask on which weekdays and where somebody works."""
    call.open(showing.days_form(call.database, call.group_arrival, call.value, now=call.now))


@view("person.days")
def work(call: Call) -> None:
    """That is how they work from now on."""
    typed = {name: call.field(name) for name in ("weekdays", "nation", "zone")}
    days.days(call.database, call.group_arrival, call.private, typed, now=call.now)


@button("person.away")
def an_absence(call: Call) -> None:
    """Ask between which days somebody is away, and who covers."""
    call.open(showing.away_form(call.database, call.group_arrival, call.value, now=call.now))


@view("person.away")
def away(call: Call) -> None:
    """They are away."""
    typed = {name: call.field(name) for name in ("from_on", "until_on", "cover")}
    days.away(call.database, call.group_arrival, call.private, typed, now=call.now)


@button("person.back")
def back(call: Call) -> None:
    """They are not away any more."""
    days.back(call.database, call.arrival, call.value, now=call.now)
