"""Texts of a group file, guarded and checked; the one door for everything a file says."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, JsonValue, StrictStr

from bot.domain import ladders
from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.weekly import WEEKDAYS

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REF = re.compile(r"[A-Z]{1,3}-\d{1,5}[a-z]?")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _text(text: str) -> str:
    guarded = guard(" ".join(text.split()))
    if guarded.redactions:
        kinds = " and ".join(guarded.redactions)
        raise ValueError(f"holds what looks like personal data ({kinds}): take it out")
    if not guarded:
        raise ValueError("is empty: write something, or leave the key out")
    return guarded.text


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError("must be small letters, digits and hyphens, such as `nhs-england`")
    return text


def _ref(text: str) -> str:
    if not _REF.fullmatch(text):
        raise ValueError("must be capital letters, a hyphen and a number, such as `A-01`")
    return text


def _channel(text: str) -> str:
    if not _CHANNEL.fullmatch(text):
        raise ValueError(
            "must be the channel's id, such as C024BE91L (Slack shows it at the foot of About)"
        )
    return text


def _weekday(text: str) -> str:
    if text.casefold() not in WEEKDAYS:
        raise ValueError("must be a weekday in full, such as `Monday`")
    return text.capitalize()


def _ladder(value: JsonValue) -> JsonValue:
    try:
        ladders.load(value)
    except UserError as error:
        message = str(error).rstrip(".")
        raise ValueError(message[0].lower() + message[1:]) from error
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[StrictStr, AfterValidator(_text)]
Key = Annotated[Text, AfterValidator(_key)]
Ref = Annotated[Text, AfterValidator(_ref)]
Channel = Annotated[Text, AfterValidator(_channel)]
Weekday = Annotated[Text, AfterValidator(_weekday)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
Rungs = Annotated[JsonValue, AfterValidator(_ladder)]
