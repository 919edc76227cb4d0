"""What is said: commands in words and with a slash, answers, edits, the Home tab."""

from __future__ import annotations

from dataclasses import replace

from tests.conversations.ways.acts import Doing, Opens, Press, Says, Slash
from tests.conversations.ways.cast import (
    CHAIRS,
    MAY_CHANGE,
    SECRET,
    SECRETARIAT,
)
from tests.conversations.ways.commanding import ANSWERED, command, given, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

REMARK = frozenset({"remark", "words", "audit", "audit_head"})
PUT_TO_OWNER = "is not yours to change: I have kept your words as a remark"
SEES_WORDS = MAY_CHANGE | CHAIRS


def _said(scene: Scene) -> None:
    """The owner says something of the item."""
    scene.by(scene.owner(), Says(f"{scene.item} is at risk because the {SECRET} is late"))


def _status(scene: Scene) -> Doing:
    _said(scene)
    return Slash("/status", scene.item)


def _not_started(scene: Scene) -> None:
    with scene.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE task_group SET started_at = NULL")


STARTS = replace(ANSWERED, may=SECRETARIAT, refusal="Only the secretariat can start the group")
DRAFTS = replace(
    ANSWERED,
    may=SECRETARIAT | CHAIRS | {"signatory", "clearer"},
    gives=Gives.CHANGE,
    refusal="Drafts go to the secretariat",
)
ASKING = Topic(
    title="Commands",
    about_an_item=False,
    ways=(
        ANSWERED,
        *command("commands.status", "status", nothing, ANSWERED),
        *command("commands.nudges", "nudges", nothing, ANSWERED),
        *command("commands.help", "help", nothing, ANSWERED),
        *command("commands.start", "start", _not_started, STARTS),
        *command("commands.draft", "draft-update committees", nothing, DRAFTS),
        replace(
            DRAFTS,
            route="button command.open",
            shown="**Open the form**, of a command said where no form can open",
            given=given(nothing, Press("command.open", {"words": "draft-update committees"})),
        ),
        replace(
            ANSWERED,
            route="button command.open",
            shown="The same, where by now there is nothing to fill in",
            given=given(nothing, Press("command.open", {"words": "status"})),
        ),
        replace(
            ANSWERED,
            route="event app_home_opened",
            shown="The Home tab",
            given=given(nothing, Opens()),
        ),
    ),
)


def _edit(scene: Scene) -> Says:
    return Says(f"{scene.item} is at risk", subtype="message_changed", ts="1652000001.000200")


def _asked_about(written: str, text: str) -> Way:
    return Way(
        route=f"words {written}",
        shown=f"“{text} A-01”: who was asked, and when",
        may=SEES_WORDS,
        gives=Gives.ANSWER,
        given=lambda scene: Says(f"{text} {scene.item}"),
        refusal="the secretariat and the chairs only",
    )


TOPIC = Topic(
    title="Words about an item",
    ways=(
        Way(
            route="event message",
            shown="“A-01 is on track”",
            may=MAY_CHANGE,
            gives=Gives.CHANGE,
            given=lambda scene: Says(f"{scene.item} is on track"),
            refusal=PUT_TO_OWNER,
            keeps=REMARK,
        ),
        Way(
            route="event message",
            shown="An edit of a message",
            may=MAY_CHANGE,
            gives=Gives.CHANGE,
            given=_edit,
            refusal=PUT_TO_OWNER,
            keeps=REMARK,
        ),
        Way(
            route="command /status",
            shown="`/status A-01`: what its owner said",
            may=SEES_WORDS,
            gives=Gives.WORDS,
            given=_status,
        ),
        _asked_about("commands.asked", "was I asked about"),
        _asked_about("commands.nudges", "nudges"),
    ),
)
