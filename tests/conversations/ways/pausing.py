"""The off switch."""

from __future__ import annotations

from dataclasses import replace

from tests.conversations.ways.acts import Press, Submit
from tests.conversations.ways.cast import CHAIRS, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic

GROUP = {"group": "imaging"}
SWITCH = replace(
    ANSWERED,
    may=SECRETARIAT | CHAIRS,
    gives=Gives.CHANGE,
    refusal="Only the secretariat or a chair can pause or resume",
)
WHY = Submit("pause.reason", GROUP, {"reason": "An election is called", "until": ""})


def _paused(scene: Scene) -> None:
    scene.by("chair", WHY)


def _resumes(scene: Scene) -> Press:
    _paused(scene)
    return Press("pause.resume", GROUP)


TOPIC = Topic(
    title="The off switch",
    about_an_item=False,
    ways=(
        *command("commands.pause", "pause An election is called", nothing, SWITCH),
        *command("commands.resume", "resume", _paused, SWITCH),
        replace(
            SWITCH,
            route="button pause.open",
            shown="**Pause** on the Home tab",
            gives=Gives.FORM,
            given=lambda _scene: Press("pause.open", GROUP),
        ),
        replace(
            SWITCH,
            route="view pause.reason",
            shown="The form behind **Pause**",
            given=lambda _scene: WHY,
        ),
        replace(SWITCH, route="button pause.resume", shown="**Resume**", given=_resumes),
    ),
)
