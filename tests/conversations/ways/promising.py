"""How often a standing promise is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.conversations.ways.acts import Press, Submit
from tests.conversations.ways.cast import CHAIRS
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic

OFTEN = {"often": "3", "first_on": "", "days": ""}
SETTING = replace(
    ANSWERED,
    may=CHAIRS,
    gives=Gives.CHANGE,
    refusal="Only the chair or the deputy sets how often a standing promise is kept",
)


def _promise(scene: Scene) -> dict[str, Any]:
    return {"commitment": scene.one("SELECT id FROM commitment WHERE ref = 'C-2'")}


TOPIC = Topic(
    title="Standing promises",
    about_an_item=False,
    note="A promise such as “regular updates” is kept as often as the chair says.",
    ways=(
        *command("cadence_setting.in_words", "cadence C-2 quarterly", nothing, SETTING),
        replace(
            SETTING,
            route="button cadence.choose",
            shown="**Every quarter**, and the other usual answers",
            given=lambda scene: Press("cadence.choose", {**_promise(scene), "months": 3}),
        ),
        replace(
            SETTING,
            route="button cadence.set",
            shown="**Another…**",
            gives=Gives.FORM,
            given=lambda scene: Press("cadence.set", _promise(scene)),
        ),
        replace(
            SETTING,
            route="view cadence.set",
            shown="The form behind **Another…**",
            given=lambda scene: Submit("cadence.set", _promise(scene), OFTEN),
        ),
    ),
)
