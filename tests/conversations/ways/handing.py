"""What one person has goes to another."""

from __future__ import annotations

from dataclasses import replace

from tests.conversations.ways.acts import Press, Submit
from tests.conversations.ways.cast import OWNS, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

ONLY = replace(
    ANSWERED,
    may=SECRETARIAT,
    gives=Gives.FORM,
    refusal="Only the secretariat can hand over what somebody",
)


def _giver(scene: Scene) -> dict[str, int]:
    return {"from": scene.person("UAISHA")}


def _form(scene: Scene) -> Submit:
    to = {"to": str(scene.person("UGRACE")), "what": "items", "from_on": "", "reason": ""}
    return Submit("handover.do", _giver(scene), to)


def _shown(scene: Scene) -> Press:
    item = scene.button()
    return Press("handover.accept", {"items": [[item["item"], item["v"]]]})


TOPIC = Topic(
    title="Handing over",
    ways=(
        *command("handing_in.command", "hand over Peter Lowe to Grace Adeyemi", nothing, ONLY),
        replace(
            ONLY,
            route="button handover.open",
            shown="**Hand over**",
            given=lambda scene: Press("handover.open", _giver(scene)),
        ),
        replace(
            ONLY,
            route="view handover.do",
            shown="The form behind **Hand over**",
            gives=Gives.CHANGE,
            given=_form,
        ),
        Way(
            route="button handover.accept",
            shown="**All of these are mine**",
            may=OWNS,
            gives=Gives.CHANGE,
            given=_shown,
            refusal="None of these waits for you",
        ),
    ),
)
