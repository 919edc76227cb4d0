"""YAML or JSON text to plain values: one sentence, with its line, for what cannot be read."""

from __future__ import annotations

import re
from typing import Any

import yaml

from bot.domain.errors import UserError
from bot.domain.guard import guard

_TRUE_OR_FALSE = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")


class _Loader(yaml.SafeLoader):
    """YAML where `on`, `no` and `yes` are words, and a key stands once in its mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"`{key.value}` stands there twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


# YAML 1.1 reads `on:` as true, which no reader of a calendar would expect.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _TRUE_OR_FALSE, list("tTfF"))


def parse(text: str, *, name: str) -> dict[str, Any]:
    """The mapping that a file holds; JSON is read as the YAML it is.

    Raises UserError, naming the line, for anything else.
    """
    try:
        value = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise UserError(_sentence(error, name)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UserError(
            f"{name} cannot be read as YAML or JSON: save it as plain text in UTF-8, and look "
            "for characters or dates that do not exist."
        ) from error
    if not isinstance(value, dict):
        raise UserError(
            f"{name} holds no group: it must begin with keys such as `group:` and `people:` "
            "(samples/diagnostics.yaml shows them all)."
        )
    return value


def _sentence(error: yaml.MarkedYAMLError, name: str) -> str:
    mark = error.problem_mark or error.context_mark
    where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    what = error.problem or error.context or "the text ends too early"
    return f"{name}{where}: {guard(what).text}; mend the YAML (or JSON) there and try again."
