"""What concerns the whole group: Start, and what waits on a role."""

from __future__ import annotations

from tests.conversations.ways.acts import Press, Submit
from tests.conversations.ways.cast import SECRETARIAT
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way


def _not_started(scene: Scene) -> Press:
    with scene.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE task_group SET started_at = NULL")
    return Press("group.start", {"group": 1})


def _waits(scene: Scene) -> Press:
    """Evidence waits for somebody of the secretariat to look at it."""
    link = {"link": "https://example.org/x", "title": "The minutes"}
    scene.by("owner", Press("reply.done", scene.button()))
    scene.by("owner", Submit("evidence.add", scene.button(), link))
    return Press("wait.take", {"waiting": scene.newest("waiting")})


TOPIC = Topic(
    title="The group",
    about_an_item=False,
    ways=(
        Way(
            route="button group.start",
            shown="**Start**",
            may=SECRETARIAT,
            gives=Gives.CHANGE,
            given=_not_started,
            refusal="Only the secretariat can start the group",
        ),
        Way(
            route="button wait.take",
            shown="**I'll take it**",
            may=SECRETARIAT,
            gives=Gives.CHANGE,
            given=_waits,
            refusal="Only those whom it was put to can take it",
        ),
    ),
)
