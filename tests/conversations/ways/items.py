"""One tap about an item, and what is asked back."""

from __future__ import annotations

from collections.abc import Callable

from tests.conversations.ways.acts import Doing, Press, Says, Submit
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


def _declines(route: str, shown: str) -> Way:
    action = route.removeprefix("button ")
    return Way(
        route=route,
        shown=shown,
        may=MAY_CHANGE,
        gives=Gives.FORM,
        given=lambda scene: Press(action, scene.button()),
        refusal="Only its owner, their cover or the secretariat can say that",
    )


def _settling() -> tuple[Way, ...]:
    """Whose it is, once somebody has said that it is not theirs."""
    ways: tuple[tuple[str, str, Gives, Callable[[Scene], Doing]], ...] = (
        (
            "button owner.give",
            "**Give it to somebody else**",
            Gives.FORM,
            lambda scene: Press("owner.give", _owned(scene)),
        ),
        (
            "view owner.give",
            "The form behind it",
            Gives.CHANGE,
            lambda scene: Submit(
                "owner.give", _owned(scene), {"person": str(scene.person("UGRACE")), "reason": ""}
            ),
        ),
        (
            "button owner.ask",
            "**Ask again**",
            Gives.CHANGE,
            lambda scene: Press("owner.ask", _owned(scene)),
        ),
    )
    return tuple(
        Way(
            route=route,
            shown=shown,
            may=SECRETARIAT,
            gives=gives,
            given=given,
            refusal="Only the secretariat settles whose an item is",
        )
        for route, shown, gives, given in ways
    )


def _owned(scene: Scene) -> dict[str, int]:
    found = scene.one("SELECT id, owner_id FROM action_item WHERE ref = :ref", ref=scene.item)
    return {"item": found[0], "owner": found[1]}


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
        _declines("button reply.not_mine", "**Not mine**"),
        _tap("button intro.mine", "**Yes, mine**"),
        _declines("button intro.not_mine", "**Not mine** under an introduction"),
        Way(
            route="view owner.decline",
            shown="The form behind **Not mine**",
            may=MAY_CHANGE,
            gives=Gives.CHANGE,
            given=lambda scene: Submit(
                "owner.decline",
                scene.button(place=[None, None]),
                {"why": "others", "words": "It was always theirs"},
            ),
            refusal=ONLY,
        ),
        *_settling(),
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
