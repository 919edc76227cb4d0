"""Evidence: given by the owner's side, looked at by somebody else (rules 2 and 5)."""

from __future__ import annotations

from tests.conversations.ways.acts import Doing, Press, Submit
from tests.conversations.ways.cast import CHAIRS, MAY_CHANGE, OWNS, SECRET, SECRETARIAT
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

JUDGED_BY = "Evidence is verified by the secretariat"
JUDGES = (SECRETARIAT | CHAIRS) - OWNS - {"colleague owns"}
LINK = {"link": f"https://example.org/{SECRET}", "title": "The minutes"}


def _given(scene: Scene) -> dict[str, int]:
    """The owner says that it is done, and what shows that."""
    scene.by(scene.owner(), Press("reply.done", scene.button()))
    scene.by(scene.owner(), Submit("evidence.add", scene.button(), LINK))
    return {"evidence": scene.newest("evidence")}


def _judging(route: str, shown: str, gives: Gives) -> Way:
    kind, name = route.split()

    def given(scene: Scene) -> Doing:
        held = _given(scene)
        return Press(name, held) if kind == "button" else Submit(name, held, {"reason": "No."})

    return Way(route=route, shown=shown, may=JUDGES, gives=gives, given=given, refusal=JUDGED_BY)


TOPIC = Topic(
    title="Evidence",
    note=(
        "Rules 2 and 5: the secretariat looks at evidence, or a chair; nobody at their own, and "
        "the chair where anybody in the secretariat owns the item."
    ),
    ways=(
        Way(
            route="button evidence.add",
            shown="**Add evidence**",
            may=MAY_CHANGE,
            gives=Gives.FORM,
            given=lambda scene: Press("evidence.add", scene.button()),
            refusal="can add evidence",
        ),
        Way(
            route="view evidence.add",
            shown="The form behind **Add evidence**",
            may=MAY_CHANGE,
            gives=Gives.CHANGE,
            given=lambda scene: Submit("evidence.add", scene.button(), LINK),
            refusal="can add evidence",
        ),
        _judging("button evidence.verify", "**It shows it**", Gives.CHANGE),
        _judging("button evidence.reject", "**It does not**", Gives.FORM),
        _judging("view evidence.reject", "The form behind **It does not**", Gives.CHANGE),
    ),
)
