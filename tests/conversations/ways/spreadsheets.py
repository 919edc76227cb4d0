"""Files dropped in a direct message, and the button under the report on one."""

from __future__ import annotations

from dataclasses import replace

from bot.services.fetching import Fetched
from bot.services.spreadsheets import reading
from tests.conversations.ways.acts import Press, Says
from tests.conversations.ways.cast import MEMBERS, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic
from tests.services.shelves import Shelf

SHEET = {"id": "F0000001", "name": "log.csv", "size": 99, "mode": "snippet"}
CONTENT = b"Ref,Action,Owner,Due\r\nA-91,Book the room,Grace Adeyemi,30 June 2022\r\n"
DROPPED = Says("", files=(SHEET,))
ONLY = replace(
    ANSWERED, may=SECRETARIAT, gives=Gives.CHANGE, refusal="Only the secretariat imports a"
)


def _reported(scene: Scene) -> Press:
    scene.by("secretariat", DROPPED)
    shelf = Shelf({"F0000001": Fetched(name="log.csv", content=CONTENT)})
    reading.sweep(scene.database, shelf, now=scene.clock.now)
    wish, report = scene.one("SELECT id, fingerprint FROM sheet_wish WHERE state = 'reported'")
    return Press("sheet.import", {"sheet": wish, "report": report})


TOPIC = Topic(
    title="A spreadsheet",
    about_an_item=False,
    ways=(
        replace(
            ONLY,
            route="event message",
            shown="A spreadsheet dropped in a direct message, to be reported on",
            given=lambda _scene: DROPPED,
        ),
        replace(
            ANSWERED,
            route="event message",
            shown="Any other file dropped there: how to give evidence",
            may=MEMBERS,
            given=lambda _scene: Says("", files=({**SHEET, "name": "plan.pdf"},)),
        ),
        replace(
            ONLY, route="button sheet.import", shown="**Import these 2 actions**", given=_reported
        ),
    ),
)
