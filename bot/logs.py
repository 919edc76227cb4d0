"""Log lines with ids and never with people's words: for reading, or as JSON.

What we log ourselves is a constant sentence, ids, and our own sentences about failures. What a
library logs may quote a message or a failing statement, so of that only its kind and its place
are kept; the same goes for whatever nobody caught.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

OURS = ("bot", "storage")
ABOUT = "about"
FRAMES = 6
MOST_ITEMS = 12
_PLACEHOLDER = re.compile(r"%[sd].*", re.S)
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


def about(**ids: object) -> dict[str, dict[str, object]]:
    """Keys and numbers for `extra=`: group, outbox, item, person; what is None is left out."""
    return {ABOUT: {name: value for name, value in ids.items() if value is not None}}


def items(subject: Mapping[str, Any]) -> str | None:
    """The items something is about, as a line can bear them."""
    numbers = subject.get("items") or []
    return ",".join(str(number) for number in numbers[:MOST_ITEMS]) or None


def where(trace: TracebackType | None) -> str:
    """The places a failure came through, the innermost first; no text of any of them."""
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno}" for f in reversed(frames))


def values(record: logging.LogRecord) -> dict[str, object]:
    """What a line says of a record, in its order."""
    found: dict[str, object] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "event": _event(record),
    }
    if _is_ours(record):
        found["says"] = record.getMessage()
        found |= getattr(record, ABOUT, {})
    else:
        found["says"] = f"{record.name} reported something at {record.module}:{record.lineno}"
    if record.exc_info and record.exc_info[0] is not None:
        found |= {"failure": record.exc_info[0].__name__, "where": where(record.exc_info[2])}
    return {**found, "logger": record.name}


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _event(record: logging.LogRecord) -> str:
    """The constant part of what is said: `put off %s: %s` is the event `put_off`."""
    if not _is_ours(record):
        return "library"
    named = getattr(record, ABOUT, {}).get("event")
    constant = named or _PLACEHOLDER.sub("", str(record.msg))
    return _NOT_IN_A_NAME.sub("_", constant.lower()).strip("_") or "said"


class Plain(logging.Formatter):
    """`2022-05-12T09:00:00.000+00:00 INFO sent nudge:4:2022-05-12 event=sent group=imaging`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        found = values(record)
        head = " ".join(str(found.pop(name)) for name in ("at", "level", "says"))
        line = " ".join([head, *(f"{name}={_plainly(value)}" for name, value in found.items())])
        return line.replace("\n", " ").replace("\r", " ")


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return json.dumps(values(record), ensure_ascii=False, default=str)


def _plainly(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if re.search(r'[\s"=]', text) else text


def start(*, as_json: bool = False) -> None:
    """Every line of this process goes to stderr in one form; what nobody catches, too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if as_json else Plain())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.raiseExceptions = False  # it would print the arguments of a line that fails
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _log_uncaught(args.exc_type, args.exc_traceback)


def dress(logger: logging.Logger) -> None:
    """A library that brings handlers of its own writes in our form as well."""
    ours = logging.getLogger().handlers
    for handler in logger.handlers:
        handler.setFormatter(ours[0].formatter if ours else Plain())


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    _log_uncaught(kind, trace)


def _log_uncaught(kind: type[BaseException], trace: TracebackType | None) -> None:
    if not issubclass(kind, SystemExit):
        ids = about(failure=kind.__name__, where=where(trace))
        logging.getLogger(__name__).critical("nobody caught a failure", extra=ids)
