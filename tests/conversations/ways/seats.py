"""Who has which account: claimed by anybody in the channel, confirmed by the secretariat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.services.seats import number_of
from storage import outbox, people
from tests.conversations.ways.acts import Doing, Press, Submit
from tests.conversations.ways.cast import BY_KEY, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

WITHOUT_A_SEAT = frozenset({"outsider", "stranger", "other group"})
HAS_A_SEAT = "You have a seat"
SAID = {"name": "Peter Lowe", "email": "peter.lowe@example.org"}
CONFIRMED_BY = "Only the secretariat can say whose account it is"
ANSWER = "The secretariat will confirm it."


def _peter(scene: Scene) -> int:
    """He has no account."""
    return int(scene.one("SELECT id FROM person WHERE name = 'Peter Lowe'"))


def _claimed(scene: Scene) -> dict[str, Any]:
    scene.by("outsider", Submit("seat.claim", {"group": 1}, SAID))
    return {"claim": number_of(BY_KEY["outsider"].account), "person": _peter(scene)}


def _errand(scene: Scene) -> Press:
    """His introduction could not be sent, and waits for the secretariat to pass it on."""
    from bot.services import unreachable

    database, peter = scene.database, _peter(scene)
    with database.transaction() as session:
        session.connection().exec_driver_sql(
            f"UPDATE outbox SET state = 'owed' WHERE person_id = {peter}"
        )
        for owed in outbox.lease(session, token="t", now=scene.clock.now):
            if owed.person_id == peter:
                directory = people.directory(session, 1)
                unreachable.hold(session, owed, directory, now=scene.clock.now)
    number = scene.one("SELECT id FROM outbox WHERE person_id = :who ORDER BY id", who=peter)
    return Press("seat.sent", {"person": peter, "of": [number]})


def _answers(
    route: str, shown: str, refusal: str, gives: Gives, given: Callable[[Scene], Doing]
) -> Way:
    return Way(route=route, shown=shown, may=SECRETARIAT, gives=gives, given=given, refusal=refusal)


ONLY = replace(ANSWERED, may=SECRETARIAT)
TOPIC = Topic(
    title="Accounts",
    about_an_item=False,
    note="Whoever has no account may say who they are; only the secretariat says that it is so.",
    ways=(
        Way(
            route="button seat.claim",
            shown="**This is me**, in the group's channel",
            may=WITHOUT_A_SEAT,
            gives=Gives.FORM,
            given=lambda _scene: Press("seat.claim", {"group": 1}),
            refusal=HAS_A_SEAT,
            others={"gone": HAS_A_SEAT},
            note="Anybody who reads the channel and is not known to the bot.",
        ),
        Way(
            route="view seat.claim",
            shown="The form behind **This is me**",
            may=WITHOUT_A_SEAT,
            gives=Gives.CHANGE,
            given=lambda _scene: Submit("seat.claim", {"group": 1}, SAID),
            refusal=ANSWER,
            others={"gone": ANSWER},
            note="Anybody who reads the channel and is not known to the bot.",
        ),
        _answers(
            "button seat.confirm",
            "**Confirm**",
            CONFIRMED_BY,
            Gives.CHANGE,
            lambda scene: Press("seat.confirm", _claimed(scene)),
        ),
        _answers(
            "button seat.who",
            "**Somebody else**",
            CONFIRMED_BY,
            Gives.FORM,
            lambda scene: Press("seat.who", _claimed(scene)),
        ),
        _answers(
            "view seat.confirm",
            "The form behind **Somebody else**",
            CONFIRMED_BY,
            Gives.CHANGE,
            lambda scene: Submit("seat.confirm", _claimed(scene), {"person": str(_peter(scene))}),
        ),
        _answers(
            "button seat.refuse",
            "**Not them**",
            "Only the secretariat can answer that",
            Gives.CHANGE,
            lambda scene: Press("seat.refuse", _claimed(scene)),
        ),
        _answers(
            "button seat.take_back",
            "**Take it back**",
            "Only the secretariat can take a seat back",
            Gives.CHANGE,
            lambda scene: Press(
                "seat.take_back",
                {"person": scene.person("UGRACE"), "account": ["T0HOME", "UGRACE"]},
            ),
        ),
        _answers(
            "button seat.sent",
            "**Sent it**, under an e-mail to somebody without an account",
            "Only the secretariat records that an e-mail went",
            Gives.CHANGE,
            _errand,
        ),
        *command(
            "seat_commands.people", "people", nothing, replace(ONLY, refusal="see who has a seat")
        ),
        *command(
            "seat_commands.ask", "seats", nothing, replace(ONLY, refusal="ask who has no seat yet")
        ),
        *command(
            "seat_commands.seat",
            "seat Grace Adeyemi take back",
            nothing,
            replace(ONLY, gives=Gives.CHANGE, refusal="Only the secretariat can take a seat back"),
        ),
    ),
)
