"""The calendar that the secretariat keeps; when somebody works, and who covers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.conversations.ways.acts import Doing, Press, Slash, Submit
from tests.conversations.ways.cast import MEMBERS, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.scene import Scene
from tests.conversations.ways.way import Gives, Topic, Way

GROUP = {"group": "imaging"}
KEEPS = replace(
    ANSWERED,
    may=SECRETARIAT,
    gives=Gives.CHANGE,
    refusal="Only the group's secretariat changes its calendar",
)
FILLED: dict[str, Mapping[str, str]] = {
    "meeting": {"on": "2022-09-14"},
    "recess": {"name": "summer", "rises": "2022-07-21", "returns": "2022-09-05"},
    "holiday": {"on": "2022-09-30", "nations": "england,wales", "name": "A day off"},
}
SHOWN = {
    "meeting": "**Add a meeting**, **Move**",
    "recess": "**Add a recess**, **Change**",
    "holiday": "**Add a bank holiday**, **Remove a bank holiday**",
}


def _given(doing: Doing) -> Callable[[Scene], Doing]:
    return lambda _scene: doing


def _form(kind: str) -> tuple[Way, Way]:
    button = replace(
        KEEPS,
        route=f"button calendar.{kind}",
        shown=SHOWN[kind],
        gives=Gives.FORM,
        given=_given(Press(f"calendar.{kind}", {})),
    )
    view = replace(
        KEEPS,
        route=f"view calendar.{kind}",
        shown=f"The form behind {SHOWN[kind]}",
        given=_given(Submit(f"calendar.{kind}", GROUP, FILLED[kind])),
    )
    return button, view


def _cancels(scene: Scene) -> Press:
    scene.by("secretariat", Slash("/followthrough", "calendar add meeting 14 September"))
    return Press("calendar.cancel", {"entry": scene.newest("calendar_entry")})


TOPIC = Topic(
    title="The calendar",
    about_an_item=False,
    ways=(
        *command("calendar_words.handle", "calendar", nothing, ANSWERED),
        *command("calendar_words.handle", "calendar add meeting 14 September", nothing, KEEPS),
        replace(
            ANSWERED,
            route="button calendar.show",
            shown="**Calendar** on the Home tab",
            given=_given(Press("calendar.show", GROUP)),
        ),
        *(way for kind in FILLED for way in _form(kind)),
        replace(
            KEEPS,
            route="button calendar.cancel",
            shown="**Cancel it**, **Take it out**",
            given=_cancels,
        ),
    ),
)

OWN = replace(ANSWERED, may=MEMBERS, gives=Gives.CHANGE)
TOMORROW = {"from_on": "2022-05-23", "until_on": "2022-05-27", "cover": "0"}
"""The week after next."""
PATTERN = {"weekdays": "0,1,2", "nation": "wales", "zone": "Europe/London"}
GRACE = "UGRACE"
OF_ANOTHER = replace(
    OWN, may=SECRETARIAT | {"member"}, refusal="Only Grace Adeyemi (CQC) or the secretariat can"
)


def _grace(scene: Scene) -> dict[str, Any]:
    return {**GROUP, "person": scene.person(GRACE)}


def _is_away(scene: Scene) -> dict[str, Any]:
    """Grace is away, for longer than anybody else who tries."""
    scene.by("member", Slash("/followthrough", "away until 27 May, nobody covers"))
    return {"absence": scene.newest("cover")}


def _everybody_away(scene: Scene) -> None:
    for role in ("owner", "cover", "supporter", "lead", "other owner", "secretariat", "chair"):
        scene.by(role, Slash("/followthrough", "away until 27 May, nobody covers"))
    for role in ("deputy", "signatory", "clearer", "sponsor", "former", "member"):
        scene.by(role, Slash("/followthrough", "away until 27 May, nobody covers"))


DAYS_TOPIC = Topic(
    title="Working days and absences",
    about_an_item=False,
    note="One's own days are one's own to say; the secretariat says those of anybody.",
    ways=(
        *command("absence_words.away", "away until 27 May, nobody covers", nothing, OWN),
        *command("absence_words.away", "I'm off until 27 May, nobody covers", nothing, OWN),
        *command("absence_words.back", "back", _everybody_away, OWN),
        *command("absence_words.my_days", "my days Mon-Wed", nothing, OWN),
        *command("absence_words.my_days", "I work Monday to Wednesday", nothing, OWN),
        *command("absence_words.person", "person", nothing, ANSWERED),
        *command(
            "absence_words.person",
            "person Grace Adeyemi",
            nothing,
            replace(OF_ANOTHER, gives=Gives.ANSWER),
        ),
        *command("absence_words.person", "person Grace Adeyemi days Mon-Wed", nothing, OF_ANOTHER),
        replace(
            OF_ANOTHER,
            route="button person.days",
            shown="**Working days**, **My working days**",
            gives=Gives.FORM,
            given=lambda scene: Press("person.days", _grace(scene)),
        ),
        replace(
            OF_ANOTHER,
            route="view person.days",
            shown="The form behind **Working days**",
            given=lambda scene: Submit("person.days", _grace(scene), PATTERN),
        ),
        replace(
            OF_ANOTHER,
            route="button person.away",
            shown="**Away**, **I am away**",
            gives=Gives.FORM,
            given=lambda scene: Press("person.away", _grace(scene)),
        ),
        replace(
            OF_ANOTHER,
            route="view person.away",
            shown="The form behind **Away**",
            given=lambda scene: Submit("person.away", _grace(scene), TOMORROW),
        ),
        replace(
            OF_ANOTHER,
            route="button person.back",
            shown="**End it**, of an absence",
            given=lambda scene: Press("person.back", _is_away(scene)),
        ),
    ),
)
