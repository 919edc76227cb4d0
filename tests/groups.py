"""Groups for tests: a small group file, in whole or with one part of it changed."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.register import History
from bot.services import group_file, setup
from bot.services.group_file import GroupFile
from bot.services.setup import Outcome
from storage import audit, histories
from storage.database import Database

TODAY = date(2022, 5, 12)
NOW = datetime(2022, 5, 12, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
SAMPLE = Path(__file__).parent.parent / "samples" / "diagnostics.yaml"

_TREE: dict[str, Any] = {
    "group": {
        "key": "imaging",
        "name": "Imaging group",
        "sponsor": "Programme Board",
        "ends_on": "2023-03-31",
    },
    "bodies": [
        {"key": "nhse", "names": [{"name": "NHS England", "short": "NHS England"}]},
        {"key": "rcr", "names": [{"name": "Royal College of Radiologists", "short": "RCR"}]},
        {
            "key": "pacac",
            "names": [
                {
                    "name": "Public Administration and Constitutional Affairs Committee",
                    "short": "PACAC",
                }
            ],
            "posts": [
                {
                    "key": "pacac-chair",
                    "titles": [{"title": "Chair", "address": ["House of Commons"]}],
                    "holders": [{"name": "William Wragg MP", "salutation": "Mr Wragg"}],
                }
            ],
        },
    ],
    "people": [
        {
            "name": "Sam Okafor",
            "body": "nhse",
            "accounts": [{"team": "T0HOME", "user": "USAM"}],
        },
        {
            "name": "Helen Marsh",
            "body": "nhse",
            "title": "Chair of the group",
            "accounts": [{"team": "T0HOME", "user": "UHELEN"}],
        },
        {
            "name": "Priya Nair",
            "body": "rcr",
            "accounts": [{"team": "T0COLLEGE", "user": "UPRIYA"}],
        },
        {"name": "Peter Lowe", "body": "rcr"},
    ],
    "roles": [
        {"person": "Sam Okafor", "role": "secretariat", "from": "2022-05-10"},
        {"person": "Helen Marsh", "role": "chair", "from": "2022-05-10"},
        {
            "person": "Helen Marsh",
            "role": "signatory",
            "from": "2022-05-10",
            "title": "Director of Diagnostics",
        },
    ],
    "recommendations": [
        {
            "ref": "R-1",
            "words": "Guidance should say who does what.",
            "title": "Guidance on roles",
            "to": ["rcr"],
            "source": "HC 393",
        }
    ],
    "letters": [
        {
            "date": "2022-05-10",
            "audience": "committees",
            "reference": "IMAGING/01",
            "addressees": ["pacac-chair"],
            "signatories": ["Helen Marsh"],
            "commitments": [
                {
                    "ref": "C-1",
                    "words": "guidance will be published by 31 August 2022",
                    "deadline": "by 31 August 2022",
                    "recommendations": ["R-1"],
                }
            ],
            "statements": [{"ref": "S-1", "words": "A group has been set up"}],
        }
    ],
    "items": [
        {
            "ref": "A-01",
            "title": "Publish the guidance",
            "owner": "Priya Nair",
            "answers": ["C-1", "R-1"],
            "due": "31 August 2022",
        }
    ],
}


def a_tree(**sections: Any) -> dict[str, Any]:
    """The values of a small group file, with these top-level sections in place of its own."""
    return {**copy.deepcopy(_TREE), **sections}


def an_item(**changes: Any) -> list[dict[str, Any]]:
    """The items of a small group file, its one item with these values in place of its own."""
    return [{**a_tree()["items"][0], **changes}]


def a_group_file(*, today: date = TODAY, **sections: Any) -> GroupFile:
    """A small group file: a secretary, a chair, an owner, one letter, one promise, one item."""
    return group_file.read(json.dumps(a_tree(**sections)), today=today)


def the_sample(*, today: date = TODAY) -> GroupFile:
    """The sample group that ships with the bot."""
    return group_file.read_path(SAMPLE, today=today)


def load_group(
    database: Database,
    file: GroupFile | None = None,
    *,
    apply: bool = False,
    now: datetime = NOW,
) -> Outcome:
    """Take a group file in; the small one where none is given."""
    return setup.load(database, file or a_group_file(), apply=apply, now=now)


def links_of(database: Database, group_id: int) -> int:
    """How many links the group's audit chain has."""
    with database.snapshot() as session:
        return len(list(audit.chain(session, group_id)))


def item_of(database: Database, group_id: int, ref: str = "A-01") -> History:
    """An item of the group with all that was entered about it."""
    with database.snapshot() as session:
        return next(h for h in histories.of_group(session, group_id) if h.ref == ref)
