"""A pasted list of actions: read, checked, added by the secretariat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.conversations.ways.acts import Press, Shortcut, Submit
from tests.conversations.ways.cast import SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic

LIST = "Grace Adeyemi: send the minutes round by 30 June 2022"
ONLY = replace(
    ANSWERED, may=SECRETARIAT, gives=Gives.CHANGE, refusal="Only the secretariat adds to the"
)
TICK = {"type": "checkboxes", "selected_options": [{"value": "yes"}]}


def _pasted(scene: Scene) -> dict[str, Any]:
    scene.by("secretariat", Submit("pasted.list", {}, {"list": LIST}))
    return {"list": scene.newest("pasted_list")}


def _ticked(scene: Scene) -> Submit:
    private = {**_pasted(scene), "lines": [1]}
    entered: dict[str, str | dict[str, Any]] = {
        "title-1": "Send the minutes round",
        "owner-1": str(scene.person("UGRACE")),
        "due-1": "30 June 2022",
        "add-1": TICK,
    }
    return Submit("pasted.add", private, entered)


TOPIC = Topic(
    title="A pasted list of actions",
    about_an_item=False,
    ways=(
        *command("commands.paste", f"action paste {LIST}", nothing, ONLY),
        replace(
            ONLY,
            route="view pasted.list",
            shown="The form to paste in",
            given=lambda _scene: Submit("pasted.list", {}, {"list": LIST}),
        ),
        replace(
            ONLY,
            route="shortcut pasted.message",
            shown="The shortcut on a message that holds a list",
            given=lambda _scene: Shortcut("pasted.message", LIST),
        ),
        replace(
            ONLY,
            route="button pasted.check",
            shown="**Check and add**",
            gives=Gives.FORM,
            given=lambda scene: Press("pasted.check", _pasted(scene)),
        ),
        replace(ONLY, route="view pasted.add", shown="The form behind it", given=_ticked),
    ),
)
