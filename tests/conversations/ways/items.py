"""One tap about an item, and what is asked back."""

from __future__ import annotations

from tests.conversations.ways.acts import Press, Says
from tests.conversations.ways.cast import CHAIRS, MAY_CHANGE, OWNS, SECRETARIAT
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

ONLY = "their cover or the secretariat can change that item"


def _tap(route: str, shown: str) -> Way:
    action = route.removeprefix("button ")
    return Way(
        route=route,
        shown=shown,
        may=MAY_CHANGE,
        gives=Gives.CHANGE,
        given=lambda scene: Press(action, scene.button()),
        refusal=ONLY,
    )


def _update(scene: Scene) -> Press:
    scene.by(scene.owner(), Press("reply.at_risk", scene.button()))
    return Press("reply.undo", {"update": scene.newest("status_update")})


def _question(scene: Scene) -> Press:
    scene.by(scene.owner(), Says(f"{scene.item} may be done or not"))
    return Press("question.answer", {"question": scene.newest("question"), "option": 0})


def _aside(action: str) -> Way:
    def given(scene: Scene) -> Press:
        scene.by(
            scene.owner(),
            Says(f"{scene.item} is withdrawn because the programme was stopped"),
        )
        return Press(action, scene.button(status="withdrawn"))

    return Way(
        route=f"button {action}",
        shown=f"**{'Withdraw' if action.endswith('agree') else 'Keep it going'}**",
        may=CHAIRS - OWNS,
        gives=Gives.CHANGE,
        given=given,
        refusal="never its owner",
        note="The item answers a promise; where it does not, the secretariat may too.",
    )


TOPIC = Topic(
    title="An item, by its buttons",
    note="Rule 5: only the owner, a named cover or the secretariat changes an item.",
    ways=(
        _tap("button reply.on_track", "**On track**"),
        _tap("button reply.at_risk", "**At risk**"),
        _tap("button reply.done", "**Done**"),
        _tap("button reply.not_mine", "**Not mine**"),
        _tap("button intro.mine", "**Yes, mine**"),
        _tap("button intro.not_mine", "**Not mine** under an introduction"),
        Way(
            route="button reply.undo",
            shown="**Undo**",
            may=OWNS | SECRETARIAT,
            gives=Gives.CHANGE,
            given=_update,
            refusal="Only whoever said it",
        ),
        Way(
            route="button question.answer",
            shown="An answer to what was asked back",
            may=OWNS,
            gives=Gives.CHANGE,
            given=_question,
            refusal="not put to you",
        ),
        _aside("aside.agree"),
        _aside("aside.refuse"),
        Way(
            route="button nudge.others",
            shown="**Answer the others**",
            may=MAY_CHANGE,
            gives=Gives.ANSWER,
            given=lambda scene: Press("nudge.others", {"items": [scene.button()["item"]]}),
            refusal="None of the others is open and yours",
        ),
    ),
)
