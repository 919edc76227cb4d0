"""Letters: drafted, submitted, cleared, sent back, recorded as sent."""

from __future__ import annotations

import json
from typing import Any

from tests.conversations.ways.acts import Press, Slash, Submit
from tests.conversations.ways.cast import CHAIR, CHAIRS, SECRETARIAT
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

CLEARERS = frozenset({"chair", "signatory", "clearer"})
NOT_ASKED = "This letter is cleared by the chair and its signatories only"
ANSWERED_BY = "A finding is answered by the secretariat or the chair"
RECORDED_BY = "The secretariat or the chair records"


def _version(scene: Scene) -> dict[str, Any]:
    number, sha = scene.one("SELECT id, sha256 FROM letter_version ORDER BY id DESC")
    return {"version": number, "sha": sha[:12]}


def _findings(scene: Scene) -> list[str]:
    found = json.loads(scene.one("SELECT findings FROM letter_version ORDER BY id DESC"))
    return [str(each["key"]) for each in found]


def _answered(scene: Scene) -> dict[str, Any]:
    keys = _findings(scene)
    if keys:
        private = {**_version(scene), "findings": keys}
        scene.by("chair", Submit("letter.answer", private, dict.fromkeys(keys, "It is known.")))
    return _version(scene)


def _submitted(scene: Scene) -> dict[str, Any]:
    version = _answered(scene)
    scene.by("secretariat", Press("letter.submit", version))
    return version


def _cleared(scene: Scene) -> dict[str, Any]:
    version = _submitted(scene)
    for role in sorted(CLEARERS):
        scene.by(role, Press("letter.clear", version))
    return version


def _reasons(scene: Scene) -> Submit:
    keys = _findings(scene)
    private = {**_version(scene), "findings": keys}
    return Submit("letter.answer", private, dict.fromkeys(keys, "It is known."))


def _sent(scene: Scene) -> Submit:
    version = _cleared(scene)
    return Submit("letter.sent", version, {"sent_on": scene.clock.now.date().isoformat()})


def _clearing(route: str, shown: str, gives: Gives) -> Way:
    kind, name = route.split()
    return Way(
        route=route,
        shown=shown,
        may=CLEARERS,
        gives=gives,
        given=lambda scene: (
            Press(name, _submitted(scene))
            if kind == "button"
            else Submit(name, _submitted(scene), {"reason": "The date is wrong."})
        ),
        refusal=NOT_ASKED,
        others={"secretariat": "You submitted this version"},
        drafted=True,
        note="Whoever submitted a version may not clear it.",
    )


TOPIC = Topic(
    title="Letters",
    about_an_item=False,
    note="A draft goes only to the secretariat and to those who clear it.",
    ways=(
        Way(
            route="command /draft-update",
            shown="`/draft-update committees`",
            may=SECRETARIAT | CHAIRS | CLEARERS,
            gives=Gives.CHANGE,
            given=lambda _scene: Slash("/draft-update", "committees"),
            refusal="Drafts go to the secretariat",
        ),
        Way(
            route="button letter.answer",
            shown="**Answer the findings**",
            may=SECRETARIAT | CHAIR,
            gives=Gives.FORM,
            given=lambda scene: Press("letter.answer", _version(scene)),
            refusal=ANSWERED_BY,
            drafted=True,
        ),
        Way(
            route="view letter.answer",
            shown="The form behind it",
            may=SECRETARIAT | CHAIR,
            gives=Gives.CHANGE,
            given=_reasons,
            refusal=ANSWERED_BY,
            drafted=True,
        ),
        Way(
            route="button letter.submit",
            shown="**Submit for clearance**",
            may=SECRETARIAT,
            gives=Gives.CHANGE,
            given=lambda scene: Press("letter.submit", _answered(scene)),
            refusal="Only the secretariat submits",
            drafted=True,
        ),
        _clearing("button letter.clear", "**Clear**", Gives.CHANGE),
        _clearing("button letter.send_back", "**Send back**", Gives.FORM),
        _clearing("view letter.send_back", "The form behind **Send back**", Gives.CHANGE),
        Way(
            route="button letter.sent",
            shown="**Record as sent**",
            may=SECRETARIAT | CHAIR,
            gives=Gives.FORM,
            given=lambda scene: Press("letter.sent", _cleared(scene)),
            refusal=RECORDED_BY,
            drafted=True,
        ),
        Way(
            route="view letter.sent",
            shown="The form behind **Record as sent**",
            may=SECRETARIAT | CHAIR,
            gives=Gives.CHANGE,
            given=_sent,
            refusal=RECORDED_BY,
            drafted=True,
        ),
    ),
)
