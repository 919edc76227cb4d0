"""When somebody wishes to be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.conversations.ways.acts import Press, Says, Submit
from tests.conversations.ways.cast import MAY_CHANGE, MEMBERS, OWNS, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import PLAYED, Scene
from tests.conversations.ways.way import Gives, Topic, Way

ONLY = "Only its owner, their cover or the secretariat can say when it is asked about"
NEXT_WEEK = (PLAYED + timedelta(days=7)).date().isoformat()


def _snooze(scene: Scene) -> Submit:
    day = {"type": "datepicker", "selected_date": NEXT_WEEK}
    return Submit("snooze.set", {"item": scene.button()["item"]}, {"day": day})


def _taken_back(scene: Scene) -> Press:
    scene.by(scene.owner(), _snooze(scene))
    return Press("snooze.undo", {"snooze": scene.newest("snooze")})


def _own_day(scene: Scene) -> dict[str, int]:
    return {"person": scene.person("UPRIYA")}


AGAIN = Topic(
    title="Being asked again on a day",
    ways=(
        Way(
            route="button snooze.open",
            shown="**Ask me again on…** after “on track”",
            may=MAY_CHANGE,
            gives=Gives.FORM,
            given=lambda scene: Press("snooze.open", {"item": scene.button()["item"]}),
            refusal=ONLY,
        ),
        Way(
            route="view snooze.set",
            shown="The form behind it",
            may=MAY_CHANGE,
            gives=Gives.CHANGE,
            given=_snooze,
            refusal=ONLY,
        ),
        Way(
            route="event message",
            shown="“A-01 is on track, ask me again on Friday week”",
            may=MAY_CHANGE,
            gives=Gives.CHANGE,
            given=lambda scene: Says(f"{scene.item} is on track, ask me again on {NEXT_WEEK}"),
            refusal="is not yours to change: I have kept your words as a remark",
            keeps=frozenset({"remark", "words", "audit", "audit_head"}),
        ),
        Way(
            route="button snooze.undo",
            shown="**Ask as before**",
            may=OWNS | SECRETARIAT,
            gives=Gives.CHANGE,
            given=_taken_back,
            refusal="Only whoever wished it",
        ),
    ),
)
CHOOSING = replace(ANSWERED, may=MEMBERS, gives=Gives.CHANGE)
DAYS = Topic(
    title="The weekday of one’s reminders",
    about_an_item=False,
    ways=(
        *command("asking_days.command", "ask me on Tuesdays", nothing, CHOOSING),
        Way(
            route="button days.open",
            shown="**Choose a day** in every reminder",
            may=SECRETARIAT | {"owner"},
            gives=Gives.FORM,
            given=lambda scene: Press("days.open", _own_day(scene)),
            refusal="Everybody chooses their own day",
        ),
        Way(
            route="view days.set",
            shown="The form behind it",
            may=SECRETARIAT | {"owner"},
            gives=Gives.CHANGE,
            given=lambda scene: Submit("days.set", _own_day(scene), {"weekday": "1"}),
            refusal="Everybody chooses their own day",
        ),
    ),
)
