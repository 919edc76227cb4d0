"""The register as a file: asked for in a word or by a button, brought by direct message."""

from __future__ import annotations

from dataclasses import replace

from tests.conversations.ways.acts import Press
from tests.conversations.ways.cast import CHAIRS, SECRETARIAT
from tests.conversations.ways.commanding import ANSWERED, command, nothing
from tests.conversations.ways.way import Gives, Topic

EXPORT = replace(
    ANSWERED,
    may=SECRETARIAT | CHAIRS,
    gives=Gives.CHANGE,
    refusal="goes to the secretariat and the chairs only",
)

TOPIC = Topic(
    title="The register as a file",
    about_an_item=False,
    note="It comes by direct message to whoever asked, who is looked up again when it is sent.",
    ways=(
        *command("export_files.command", "export csv", nothing, EXPORT),
        replace(
            EXPORT,
            route="button register.export",
            shown="**Export the register** on the Home tab",
            given=lambda _scene: Press("register.export", {"group": "imaging"}),
        ),
    ),
)
