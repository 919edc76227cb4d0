"""What is asked in a modal, as values; `bot/slack/render` draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.errors import UserError
from bot.domain.messages import Part


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    TICK = "tick"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form; `choices` are (value, label) for a choice.

    Of several choices `value` holds those that are chosen, with commas between; a tick is the
    one choice it offers, and is set where `value` says so.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str | None = None
    hint: str | None = None
    optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """A modal: `callback` names the listener, `private` is what it needs back (3,000 characters).

    The title holds 24 characters.
    """

    callback: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    private: Mapping[str, Any] = field(default_factory=dict)
    intro: tuple[Part, ...] = ()


class FieldError(UserError):
    """One field of a form cannot be taken as it is; the sentence stands under that field."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class SeveralFieldsError(FieldError):
    """Several fields cannot be taken; each has its sentence under it."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        name, sentence = next(iter(sentences.items()))
        super().__init__(name, sentence)
        self.sentences = dict(sentences)


class FormAgainError(UserError):
    """What the form was about has changed meanwhile: it is shown again, with what was typed."""

    def __init__(self, form: Form, message: str) -> None:
        super().__init__(message)
        self.form = form
