"""What pydantic found, as sentences that say where and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.services.group_file.contents import (
    AccountPart,
    BodyPart,
    CalendarPart,
    CommitmentPart,
    Contents,
    GroupPart,
    HolderPart,
    HolidayPart,
    HolidaysPart,
    ItemPart,
    LetterPart,
    NamePart,
    PersonPart,
    PostPart,
    RecessPart,
    RecommendationPart,
    RolePart,
    StatementPart,
    TitlePart,
)
from bot.services.group_file.parts import Part
from bot.services.group_file.policy import DigestPart, LetterDaysPart, PolicyPart, ReportPart

_NAMES = ("key", "ref", "reference", "name", "person", "title")
_PARTS: Mapping[str, type[Part]] = {
    "": Contents,
    "group": GroupPart,
    "policy": PolicyPart,
    "report": ReportPart,
    "digest": DigestPart,
    "letter_days": LetterDaysPart,
    "bodies": BodyPart,
    "names": NamePart,
    "posts": PostPart,
    "titles": TitlePart,
    "holders": HolderPart,
    "people": PersonPart,
    "accounts": AccountPart,
    "roles": RolePart,
    "recommendations": RecommendationPart,
    "letters": LetterPart,
    "commitments": CommitmentPart,
    "statements": StatementPart,
    "items": ItemPart,
    "calendar": CalendarPart,
    "recesses": RecessPart,
    "holidays": HolidaysPart,
    "added": HolidayPart,
    "removed": HolidayPart,
}
_KINDS = {
    "date": "is not a date: write it as 2022-08-31",
    "string": "must be text: put it in quotation marks",
    "bool": "must be true or false",
    "int": "must be a whole number",
    "tuple": "must be a list",
    "dict": "must be a mapping of keys",
    "model": "must be a mapping of keys",
}


def sentences(error: ValidationError, tree: Mapping[str, Any]) -> list[str]:
    """One sentence for each thing found, in the order of the file's keys."""
    found = (_sentence(detail, tree) for detail in error.errors(include_url=False))
    return list(dict.fromkeys(found))


def place(path: Sequence[str | int], tree: Any) -> str:
    """`people 3 (Priya Nair), accounts 1`: a path as somebody looking for it reads it."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            tree = tree[step] if isinstance(tree, list) and step < len(tree) else None
            words[-1:] = [f"{words[-1] if words else 'entry'} {step + 1}{_called(tree)}"]
        else:
            tree = tree.get(step) if isinstance(tree, dict) else None
            words.append(step)
    return ", ".join(words)


def _called(value: Any) -> str:
    if isinstance(value, dict):
        for key in _NAMES:
            if isinstance(value.get(key), str):
                return f" ({value[key]})"
    return ""


def _sentence(detail: ErrorDetails, tree: Mapping[str, Any]) -> str:
    path = _file_path(detail["loc"], tree)
    kind, message = detail["type"], detail["msg"]
    if kind == "extra_forbidden":
        return _unknown(path, tree)
    where = place(path, tree) or "the file"
    if kind == "missing":
        return f"{place(path[:-1], tree) or 'The file'} has no `{path[-1]}`: add it."
    if kind == "value_error":
        return f"{where}: {message.removeprefix('Value error, ')}."
    if kind in {"enum", "literal_error"}:
        expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "`")
        return f"{where}: `{detail['input']}` is not known; write one of {expected}."
    if kind == "too_short":
        return f"{where}: there must be at least one."
    for name, sentence in _KINDS.items():
        if kind.startswith(name):
            return f"{where} {sentence}."
    return f"{where}: {message[0].lower()}{message[1:]}."


def _file_path(loc: Sequence[str | int], tree: Any) -> list[str | int]:
    """The part of pydantic's path that stands in the file; branches of a union do not."""
    path: list[str | int] = []
    for number, step in enumerate(loc):
        last = number == len(loc) - 1
        inside = isinstance(tree, dict | list)
        if not inside or (isinstance(tree, dict) and step not in tree and not last):
            break
        path.append(step)
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
    return path


def _unknown(path: Sequence[str | int], tree: Mapping[str, Any]) -> str:
    key = str(path[-1])
    holder = [step for step in path[:-1] if isinstance(step, str)]
    part = _PARTS.get(holder[-1] if holder else "")
    allowed = [f.alias or name for name, f in part.model_fields.items()] if part else []
    near = difflib.get_close_matches(key, allowed, n=1)
    mend = f"did you mean `{near[0]}`?" if near else f"it may hold {', '.join(allowed)}."
    where = place(path[:-1], tree) or "The file"
    return f"{where} has a key that is not known, `{key}`: {mend}"
