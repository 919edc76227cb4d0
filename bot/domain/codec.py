"""Frozen dataclasses to JSON and back without loss: what letters and fact sheets are kept as.

A dataclass becomes an object that also names its class under "is", so that unions come back
as what they were. Floats are refused: the same value must give the same bytes everywhere.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from bot.domain.audit import instant

T = TypeVar("T")

_HINTS: dict[type[Any], dict[str, Any]] = {}


def dump(value: Any) -> Any:
    """A value as JSON values. Raises TypeError for a float or anything unknown."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case tuple():
            return [dump(entry) for entry in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: dump(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    raise TypeError(f"{type(value).__name__} has no place in a canonical record.")


def load(kind: type[T], value: Any) -> T:
    """The value that `dump` was given, if it was of this type."""
    return typing.cast("T", _load(kind, value))


def text(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, the same value always the same bytes."""
    return json.dumps(dump(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def parse(kind: type[T], written: str) -> T:
    """The value that `text` was given."""
    return load(kind, json.loads(written))


def _load(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _load_union(typing.get_args(kind), value)
    if origin is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(_load(inner, entry) for entry in value)
    if dataclasses.is_dataclass(kind):
        return _load_dataclass(typing.cast("type[Any]", kind), value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


def _load_union(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Mapping):
        named = next(k for k in kinds if getattr(k, "__name__", "") == value["is"])
        return _load(named, value)
    return _load(next(k for k in kinds if k is not type(None)), value)


def _load_dataclass(kind: type[Any], value: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _load(hint, value[name]) for name, hint in hints.items()})


def _hints(kind: type[Any]) -> dict[str, Any]:
    found = _HINTS.get(kind)
    if found is None:
        hints = typing.get_type_hints(kind)
        found = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
        _HINTS[kind] = found
    return found
