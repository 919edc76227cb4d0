"""What is asked and said about how often a standing promise is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from bot.domain.cadences import Cadence
from bot.domain.commitments import Commitment
from bot.domain.deadlines import day_and_date, long_date
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, Quote, message, say
from bot.services.say import listed

OFFERED = ((1, "Every month"), (3, "Every quarter"), (6, "Twice a year"), (12, "Once a year"))
CHOICES = tuple((str(months), label) for months, label in OFFERED)
RARER = (("2", "Every two months"), ("4", "Every four months"))
DAYS = "days"


def question(promise: Commitment) -> Message:
    """How often is it kept? With the usual answers as buttons."""
    buttons = [
        Button(label=label, action="cadence.choose", value=_value(promise, months))
        for months, label in OFFERED
    ]
    buttons.append(Button(label="Another…", action="cadence.set", value=_value(promise)))
    return message(
        say(
            Bold(f"{promise.ref} is a standing promise"),
            f", made on {long_date(promise.promised_on)}, and nobody has said how often it is to "
            "be kept:",
        ),
        Quote(promise.words),
        say("How often? From then on I plan each letter back from its day."),
        Buttons(tuple(buttons)),
    )


def _value(promise: Commitment, months: int | None = None) -> str:
    value = {"commitment": promise.id} | ({"months": months} if months else {})
    return json.dumps(value, separators=(",", ":"))


def form(promise: Commitment, typed: dict[str, str], *, because: str = "") -> Form:
    """Every so many months from a day on, or on days that are named."""
    return Form(
        callback="cadence.set",
        title="How often",
        submit="Set",
        private={"commitment": promise.id},
        intro=(
            *((say(because),) if because else ()),
            say(Bold(promise.ref), f" “{promise.words}”"),
        ),
        fields=(
            Field(
                name="often",
                label="How often",
                kind=FieldKind.CHOICE,
                choices=(*CHOICES, *RARER, (DAYS, "On the days below")),
                value=typed.get("often", "3"),
            ),
            Field(
                name="first_on",
                label="The first day",
                kind=FieldKind.DAY,
                optional=True,
                value=typed.get("first_on") or None,
            ),
            Field(
                name="days",
                label="Or the days",
                hint="With commas between them: 31 July 2022, 14 October 2022",
                optional=True,
                value=typed.get("days") or None,
            ),
        ),
    )


def answered(promise: Commitment, cadence: Cadence, days: Sequence[date]) -> Message:
    """What was set, and when it is due next."""
    later = listed(long_date(day) for day in days[1:4])
    then = f", then by {later}" if later else ""
    return message(
        say(
            Bold(promise.ref),
            f" is to be kept {cadence.words}: next by {day_and_date(days[0])}{then}.",
        )
    )
