"""More time, and who decides about it (rules 3 and 4)."""

from __future__ import annotations

from tests.conversations.ways.acts import Doing, Press, Submit
from tests.conversations.ways.cast import CHAIRS, MAY_CHANGE, OWNS, SECRET
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

PAST_THE_PROMISE, INSIDE_IT = "30 September 2022", "19 August 2022"
REFUSAL = "decides that, and never the item's owner or whoever asked"
WHY = {"reason": f"The {SECRET} is late"}
ASKS = "Only its owner, their cover or the secretariat"


def _asked(scene: Scene, until: str) -> dict[str, int]:
    """The owner asks for more time."""
    form = Submit("date.request", scene.button(), {"date": until, **WHY})
    scene.by(scene.owner(), form)
    return {"change": scene.newest("date_change")}


def _decide(action: str, shown: str) -> tuple[Way, ...]:
    gives = Gives.FORM if action in ("date.refuse", "date.ask") else Gives.CHANGE
    past = Way(
        route=f"button {action}",
        shown=f"**{shown}**, past what was promised",
        may=CHAIRS - OWNS,
        gives=gives,
        given=lambda scene: Press(action, _asked(scene, PAST_THE_PROMISE)),
        refusal=REFUSAL,
    )
    return (past, *_form(action, shown)) if gives is Gives.FORM else (past,)


def _form(action: str, shown: str) -> tuple[Way, ...]:
    def given(scene: Scene) -> Doing:
        return Submit(action, _asked(scene, PAST_THE_PROMISE), WHY)

    return (
        Way(
            route=f"view {action}",
            shown=f"The form behind **{shown}**",
            may=CHAIRS - OWNS,
            gives=Gives.CHANGE,
            given=given,
            refusal=REFUSAL,
        ),
    )


TOPIC = Topic(
    title="More time",
    note=(
        "Rule 4: a date that would break a promise is the chair's to decide, any other the "
        "secretariat's; nobody decides what they own or asked for."
    ),
    ways=(
        Way(
            route="button reply.more_time",
            shown="**Need more time**",
            may=MAY_CHANGE,
            gives=Gives.FORM,
            given=lambda scene: Press("reply.more_time", scene.button()),
            refusal=ASKS,
        ),
        Way(
            route="view date.request",
            shown="The form behind **Need more time**",
            may=MAY_CHANGE,
            gives=Gives.CHANGE,
            given=lambda scene: Submit(
                "date.request", scene.button(), {"date": PAST_THE_PROMISE, **WHY}
            ),
            refusal=ASKS,
        ),
        *_decide("date.agree_next", "Agree"),
        Way(
            route="button date.agree_next",
            shown="**Agree**, inside what was promised",
            may=(CHAIRS - OWNS) | {"secretariat"},
            gives=Gives.CHANGE,
            given=lambda scene: Press("date.agree_next", _asked(scene, INSIDE_IT)),
            refusal=REFUSAL,
        ),
        *_decide("date.agree_now", "Agree, and write now"),
        *_decide("date.refuse", "Refuse"),
        *_decide("date.ask", "Ask the owner"),
    ),
)
