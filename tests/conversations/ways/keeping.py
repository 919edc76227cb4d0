"""The secretariat keeps the register: cards, forms, what was said elsewhere, objections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.conversations.ways.acts import Doing, Press, Shortcut, Slash, Submit
from tests.conversations.ways.cast import BY_KEY, MAY_CHANGE, MEMBERS, OWNS, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

KEEPERS = "Only the group's secretariat adds action items"
KEEP = SECRETARIAT - OWNS
YOURS = {"secretariat owns": "nobody decides what they own"}
CHANGERS = "their cover or the secretariat can change A-0"
WHY = {"reason": "The group asked for it"}
FORMS: dict[str, dict[str, str]] = {
    "edit": {"title": "Publish the whole guidance", "supporters": ""},
    "give": {"owner": "Grace Adeyemi", **WHY},
    "links": {"answers": "C-1, R-1", "waits_on": "A-02"},
    "ladder": {"ladder": "light"},
    "date": {"date": "19 August 2022", **WHY},
    "pause": WHY,
    "withdraw": WHY,
    "close": {"completed_on": "", "link": "https://example.org/x", **WHY},
    "reopen": WHY,
}
LABELS = {
    "edit": "**Edit**",
    "give": "**Give to somebody else**",
    "links": "**Links**",
    "ladder": "**Reminders**",
    "date": "**Move the date**",
    "pause": "**Pause** an item",
    "withdraw": "**Withdraw** an item",
    "close": "**Close**",
    "reopen": "**Reopen**",
}


def _standing(scene: Scene, verb: str) -> dict[str, Any]:
    """The item as this is done to it: what is to be reopened has been closed."""
    if verb == "reopen":
        scene.by(scene.owner(), Press("reply.done", scene.button()))
    return scene.button(group="imaging")


def _button(verb: str) -> Callable[[Scene], Doing]:
    return lambda scene: Press(f"keep.{verb}", _standing(scene, verb))


def _view(verb: str) -> Callable[[Scene], Doing]:
    return lambda scene: Submit(f"keep.{verb}", _standing(scene, verb), FORMS[verb])


def _verb(verb: str) -> tuple[Way, Way]:
    gives, keeps = verb == "give", verb in {"edit", "links", "ladder"}
    way = Way(
        route=f"button keep.{verb}",
        shown=f"{LABELS[verb]}, on an item's card",
        may=SECRETARIAT if gives else KEEP if keeps else MAY_CHANGE,
        gives=Gives.FORM,
        given=_button(verb),
        refusal=KEEPERS if gives or keeps else CHANGERS,
        others=YOURS if keeps else {},
    )
    form = replace(
        way,
        route=f"view keep.{verb}",
        shown=f"The form behind {LABELS[verb]}",
        gives=Gives.CHANGE,
        given=_view(verb),
    )
    return way, form


def _record(scene: Scene) -> Submit:
    said = {
        "item": scene.item,
        "status": "at_risk",
        "words": "She says that it is late",
        "how": "meeting",
        "said_on": scene.clock.now.date().isoformat(),
        "link": "",
    }
    return Submit("keep.record", {"group": "imaging"}, said)


def _recorded(scene: Scene) -> dict[str, Any]:
    """What the secretariat recorded, by whoever of it does not own the item."""
    scene.by(_recorder(scene), _record(scene))
    recorder = scene.person(BY_KEY[_recorder(scene)].user)
    value = {"item": scene.button()["item"], "update": scene.newest("status_update")}
    return {**value, "by": recorder}


def _recorder(scene: Scene) -> str:
    return "colleague owns" if scene.item == "A-03" else "secretariat owns"


def _objection(scene: Scene) -> dict[str, Any]:
    value = _recorded(scene)
    scene.by(scene.owner(), Submit("recorded.object", value, {"reason": "I said on track"}))
    return value


SAYING = Way(
    route="button keep.record",
    shown="**Record what was said elsewhere**",
    may=SECRETARIAT,
    gives=Gives.FORM,
    given=lambda scene: Press("keep.record", {"item": scene.button()["item"]}),
    refusal=KEEPERS,
)
OBJECTING = Way(
    route="button recorded.object",
    shown="**Not what I said**",
    may=MAY_CHANGE,
    gives=Gives.FORM,
    given=lambda scene: Press("recorded.object", _recorded(scene)),
    refusal="Only the item's owner or their cover can say",
)
SETTLING = Way(
    route="button objection.stands",
    shown="**It stands**",
    may=frozenset({"secretariat", "chair", "deputy above"}),
    gives=Gives.FORM,
    given=lambda scene: Press("objection.stands", _objection(scene)),
    refusal="Only the secretariat settles",
    others={"colleague owns": "You recorded that"},
)
TOPIC = Topic(
    title="Keeping the register",
    note="Rule 5: the secretariat keeps what is somebody else's, and nobody decides their own. "
    "Giving away what is one's own decides nothing: the new owner has yet to accept it.",
    ways=(
        Way(
            route="button keep.card",
            shown="**An item's card**",
            may=MEMBERS,
            gives=Gives.ANSWER,
            given=lambda scene: Press("keep.card", scene.button()),
        ),
        *(way for verb in FORMS for way in _verb(verb)),
        SAYING,
        replace(
            SAYING,
            route="view keep.record",
            shown="The form behind **Record what was said elsewhere**",
            gives=Gives.CHANGE,
            given=_record,
        ),
        OBJECTING,
        replace(
            OBJECTING,
            route="view recorded.object",
            shown="The form behind **Not what I said**",
            gives=Gives.CHANGE,
            given=lambda scene: Submit("recorded.object", _recorded(scene), WHY),
        ),
        SETTLING,
        replace(
            SETTLING,
            route="view objection.stands",
            shown="The form behind **It stands**",
            gives=Gives.CHANGE,
            given=lambda scene: Submit("objection.stands", _objection(scene), WHY),
        ),
        replace(
            SETTLING,
            route="button objection.undo",
            shown="**Take it back**",
            may=SETTLING.may | {"colleague owns"},
            others={},
            gives=Gives.CHANGE,
            given=lambda scene: Press("objection.undo", _objection(scene)),
        ),
    ),
)

ADDING = replace(ANSWERED, may=SECRETARIAT, gives=Gives.FORM, refusal=KEEPERS)
NEW = {
    "title": "Ring the clerk",
    "owner": "Grace Adeyemi",
    "due": "",
    "supporters": "",
    "answers": "",
}
ADDING_TOPIC = Topic(
    title="Keeping the register, by command",
    about_an_item=False,
    ways=(
        replace(
            ADDING,
            route="command /action",
            shown="`/action add`",
            given=lambda _scene: Slash("/action", "add"),
        ),
        *command("words.handle", "action add", nothing, ADDING),
        *command("words.handle", "action A-01", nothing, ANSWERED),
        replace(
            ADDING,
            route="shortcut action.from_message",
            shown="The shortcut that makes an action of a message",
            given=lambda _scene: Shortcut("action.from_message", "Somebody should ring the clerk"),
        ),
        replace(
            ADDING,
            route="view keep.add",
            shown="The form behind `action add`",
            gives=Gives.CHANGE,
            given=lambda _scene: Submit("keep.add", {"group": "imaging"}, NEW),
        ),
    ),
)
