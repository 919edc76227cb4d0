"""One hash chain a group over keyed digests: words can be expunged and it still verifies."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One link; `words_digest` stands for what somebody said, keyed by a key kept beside it."""

    seq: int
    at: datetime
    recorded_at: datetime
    by_id: int | None
    action: str
    subject: str
    detail: dict[str, Any]
    words_digest: str | None
    previous: str
    hash: str = ""

    def hashed(self) -> AuditEntry:
        """The same link with its hash."""
        return replace(self, hash=_hash(self))


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the same value, the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(words: str, key: str) -> str:
    """HMAC-SHA256 of somebody's words, in hex; `key` is hex too."""
    return hmac.digest(bytes.fromhex(key), words.encode(), "sha256").hex()


def instant(moment: datetime) -> str:
    """An instant as the chain and the fact sheets write it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _hash(entry: AuditEntry) -> str:
    body = canonical(
        {
            "seq": entry.seq,
            "at": instant(entry.at),
            "recorded_at": instant(entry.recorded_at),
            "by": entry.by_id,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
            "words": entry.words_digest,
            "previous": entry.previous,
        }
    )
    return hashlib.sha256(body.encode()).hexdigest()


def first_break(
    entries: Iterable[AuditEntry], *, previous: str = GENESIS, number: int = 1
) -> int | None:
    """The number of the first link that does not follow from the one before, if any.

    `previous` and `number` are for a chain that is read on from where it was found whole.
    """
    expected = number
    for entry in entries:
        if _hash(entry) != entry.hash or entry.previous != previous or entry.seq != expected:
            return expected
        previous, expected = entry.hash, expected + 1
    return None
