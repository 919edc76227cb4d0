"""What concerns the whole group: Start, and what waits on a role."""

from __future__ import annotations

from tests.conversations.ways.acts import Press
from tests.conversations.ways.cast import SECRETARIAT
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way


def _not_started(scene: Scene) -> Press:
    with scene.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE task_group SET started_at = NULL")
    return Press("group.start", {"group": 1})


def _waits(scene: Scene) -> Press:
    """Peter has no account: somebody has to pass on to him what he is asked."""
    number = scene.one("SELECT id FROM waiting WHERE kind = 'pass_on' AND group_id = 1")
    return Press("wait.take", {"waiting": number})


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
