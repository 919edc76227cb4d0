"""Small checks that build bigger ones: each notes what is wrong, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Problems = list[str]
Check = Callable[[Any, str, Problems], None]


def problem(what: str, where: str) -> str:
    """One finding in Slack's wording; `where` is a JSON pointer."""
    return f"[ERROR] {what} [json-pointer:{where or '/'}]"


def as_list(value: Any) -> list[Any]:
    """The list that it is, or none: for rules that look past a fault already noted."""
    return value if isinstance(value, list) else []


def text(limit: int, *, least: int = 1) -> Check:
    """A string of so many characters."""

    def check(value: Any, where: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problems.append(problem("must be a string", where))
        elif len(value) < least:
            problems.append(problem(f"must be more than {least - 1} characters", where))
        elif len(value) > limit:
            problems.append(problem(f"must be less than {limit + 1} characters", where))

    return check


def pattern(expression: str, what: str) -> Check:
    """A string that matches from end to end."""
    compiled = re.compile(expression)

    def check(value: Any, where: str, problems: Problems) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            problems.append(problem(f"must be {what}", where))

    return check


def address(limit: int = 3000) -> Check:
    """An absolute URL."""
    shape = pattern(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>]+", "a valid URL")

    def check(value: Any, where: str, problems: Problems) -> None:
        shape(value, where, problems)
        if isinstance(value, str) and len(value) > limit:
            problems.append(problem(f"must be less than {limit + 1} characters", where))

    return check


def boolean(value: Any, where: str, problems: Problems) -> None:
    """True or false."""
    if not isinstance(value, bool):
        problems.append(problem("must be a boolean", where))


def anything(_value: Any, _where: str, _problems: Problems) -> None:
    """No demands."""


def whole(least: int, most: int) -> Check:
    """A whole number within bounds, both included."""

    def check(value: Any, where: str, problems: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            problems.append(problem("must be an integer", where))
        elif not least <= value <= most:
            problems.append(problem(f"must be between {least} and {most}", where))

    return check


def number(value: Any, where: str, problems: Problems) -> None:
    """Any number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        problems.append(problem("must be a number", where))


def one_of(*allowed: Any) -> Check:
    """One of these values."""

    def check(value: Any, where: str, problems: Problems) -> None:
        if not any(value == a and type(value) is type(a) for a in allowed):
            words = ", ".join(str(a) for a in allowed)
            problems.append(problem(f"must be one of: {words}", where))

    return check


def listing(each: Check, *, most: int, least: int = 1, unique: bool = False) -> Check:
    """A list of so many, each of which passes."""

    def check(value: Any, where: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problems.append(problem("must be an array", where))
            return
        if len(value) < least:
            problems.append(problem(f"no less than {least} items allowed", where))
        if len(value) > most:
            problems.append(problem(f"no more than {most} items allowed", where))
        if unique and any(a in value[:i] for i, a in enumerate(value)):
            problems.append(problem("items must be unique", where))
        for index, item in enumerate(value):
            each(item, f"{where}/{index}", problems)

    return check


Rule = Callable[[dict[str, Any], str, Problems], None]


def thing(
    fields: Mapping[str, Check],
    *,
    required: Iterable[str] = (),
    rules: Iterable[Rule] = (),
) -> Check:
    """An object of these fields and no others."""
    needed, extra = tuple(required), tuple(rules)

    def check(value: Any, where: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.append(problem("must be an object", where))
            return
        for name in needed:
            if name not in value:
                problems.append(problem(f"missing required field: {name}", where))
        for name, inner in value.items():
            if name in fields:
                fields[name](inner, f"{where}/{name}", problems)
            else:
                problems.append(problem(f"unexpected field: {name}", where))
        for rule in extra:
            rule(value, where, problems)

    return check


def kinds(by_type: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check it must pass."""

    def check(value: Any, where: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.append(problem("must be an object", where))
        elif "type" not in value:
            problems.append(problem("missing required field: type", where))
        elif not isinstance(value["type"], str) or value["type"] not in by_type:
            problems.append(problem(f"unsupported type: {value['type']}", f"{where}/type"))
        else:
            by_type[value["type"]](value, where, problems)

    return check


def exactly_one(*names: str) -> Rule:
    """A rule: one of these fields, and not two."""

    def rule(value: dict[str, Any], where: str, problems: Problems) -> None:
        if sum(name in value for name in names) != 1:
            problems.append(problem(f"exactly one of {', '.join(names)} is required", where))

    return rule


def at_least_one(*names: str) -> Rule:
    """A rule: one of these fields, or more."""

    def rule(value: dict[str, Any], where: str, problems: Problems) -> None:
        if not any(name in value for name in names):
            problems.append(problem(f"at least one of {', '.join(names)} is required", where))

    return rule
