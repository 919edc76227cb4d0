"""Words that are to go, and holds that keep everything (rule 7)."""

from __future__ import annotations

from dataclasses import replace

from tests.conversations.ways.acts import Press, Says, Submit
from tests.conversations.ways.cast import CHAIR, CHAIRS, SECRET, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

ASKS = "Only the secretariat can ask that words be removed"
AGREES = "Only the secretariat or a chair can settle that"
HOLDS = "Only the chair or the secretariat can place or release a hold"
NOT_TWICE = dict.fromkeys(("secretariat", "colleague owns"), "You asked for this")
OTHERS = (CHAIRS | SECRETARIAT) - set(NOT_TWICE)
REQUEST = Submit(
    "removal.ask",
    {},
    {"subject": "", "words": f"because the {SECRET} is late", "reason": "It names somebody"},
)
HOLD = Submit("hold.place", {}, {"reason": "The inquiry asks for everything"})


def _said(scene: Scene) -> None:
    scene.by(scene.owner(), Says(f"{scene.item} is at risk because the {SECRET} is late"))


def _asks(scene: Scene) -> Submit:
    _said(scene)
    return REQUEST


def _opens(scene: Scene) -> Press:
    _said(scene)
    return Press("removal.open", {"item": scene.item})


def _asked(scene: Scene) -> dict[str, int]:
    scene.by("secretariat", _asks(scene))
    return {"removal": scene.newest("removal")}


def _held(scene: Scene) -> None:
    scene.by("chair", HOLD)


def _releases(scene: Scene) -> Submit:
    _held(scene)
    return Submit("hold.release", {}, {"reason": "The inquiry has reported"})


def _settles(action: str, shown: str) -> Way:
    return Way(
        route=f"button {action}",
        shown=shown,
        may=OTHERS,
        gives=Gives.CHANGE,
        given=lambda scene: Press(action, _asked(scene)),
        refusal=AGREES,
        others=NOT_TWICE,
        note="Whoever asked may not.",
    )


HOLDING = replace(ANSWERED, may=SECRETARIAT | CHAIR, gives=Gives.FORM, refusal=HOLDS)
REMOVING = replace(ANSWERED, may=SECRETARIAT, gives=Gives.FORM, refusal=ASKS)
TOPIC = Topic(
    title="Words that are to go",
    note="Rule 7: one of the secretariat asks, somebody else agrees; nobody while a hold is on.",
    ways=(
        replace(REMOVING, route="button removal.open", shown="**Remove words**", given=_opens),
        replace(
            REMOVING,
            route="view removal.ask",
            shown="The form behind **Remove words**",
            given=_asks,
            gives=Gives.CHANGE,
        ),
        Way(
            route="button removal.show",
            shown="**Show the words**",
            may=SECRETARIAT,
            gives=Gives.FORM,
            given=lambda scene: Press("removal.show", _asked(scene)),
            refusal="Only the secretariat is shown the words",
        ),
        Way(
            route="view removal.seen",
            shown="**Close**, under the words",
            may=SECRETARIAT,
            gives=Gives.NOTHING,
            given=lambda _scene: Submit("removal.seen", {}),
            refusal="Only the secretariat is shown the words",
        ),
        _settles("removal.agree", "**Remove them**"),
        _settles("removal.refuse", "**Keep them**"),
    ),
)
HOLDS_TOPIC = Topic(
    title="Holds, and words to be removed, by command",
    about_an_item=False,
    ways=(
        *command(
            "removal_commands.remove",
            "remove zebra crossings",
            nothing,
            REMOVING,
        ),
        *command("removal_commands.hold", "legal hold", nothing, HOLDING),
        *command("removal_commands.release", "release hold", _held, HOLDING),
        replace(
            HOLDING,
            route="view hold.place",
            shown="The form behind `legal hold`",
            gives=Gives.CHANGE,
            given=lambda _scene: HOLD,
        ),
        replace(
            HOLDING,
            route="view hold.release",
            shown="The form behind `release hold`",
            gives=Gives.CHANGE,
            given=_releases,
        ),
        replace(
            HOLDING,
            route="button command.open",
            shown="**Open the form**, of a command said where no form can open",
            given=lambda _scene: Press("command.open", {"words": "legal hold"}),
        ),
    ),
)
