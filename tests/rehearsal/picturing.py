"""A conversation to draw, and what can be read from its picture."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from bot.domain.messages import Bold, Button, Buttons, Note, Part, Quote, bullets, say
from bot.rehearsal.picture import Shown, draw
from bot.rehearsal.typed import as_sent
from bot.slack.render.messages import to_blocks

SVG = "{http://www.w3.org/2000/svg}"
ANSWERS = (
    ("On track", "reply.on_track"),
    ("At risk", "reply.at_risk"),
    ("Done", "reply.done"),
    ("Need more time", "reply.more_time"),
    ("Not mine", "reply.not_mine"),
)


def answers(item: str) -> Buttons:
    """The five answers to a nudge."""
    return Buttons(
        tuple(Button(label=label, action=action, value=item) for label, action in ANSWERS)
    )


def by_bot(*parts: Part, when: str = "Thursday 16 June 2022, 09:00", **more: Any) -> Shown:
    """Something the bot says."""
    return Shown(
        name="Followthrough", when=when, is_bot=True, blocks=to_blocks(parts), text="", **more
    )


def by_fiona(text: str, when: str = "Thursday 16 June 2022, 11:00", **more: Any) -> Shown:
    """Something Fiona Grant says."""
    sent, blocks = as_sent(text)
    return Shown(name="Fiona Grant", when=when, is_bot=False, blocks=blocks, text=sent, **more)


NUDGE = by_bot(
    say("Good morning, Fiona. How are these 2 going?"),
    say(
        Bold("A-11 Write up how unexpected findings reach the GP & the patient"),
        ". It was due Tuesday 14 June 2022, 2 working days ago. You said at risk on Monday "
        "30 May 2022.",
    ),
    Note("Your lead, Joan Whitaker, was told this morning."),
    answers("11"),
    say(
        Bold("A-05 Compare the pathway with the one used in Scotland"),
        ". It is due Thursday 30 June 2022, in 10 working days. Nothing has been said about it "
        "yet.",
    ),
    Note(
        "Unless it is done, blocked or has a new date by then, the secretariat will be asked to "
        "step in on Thursday 7 July 2022."
    ),
    answers("5"),
    Note("A sentence in reply works as well as a button."),
    pressed="row-0/reply.more_time",
)
REPLY = by_fiona(
    "A-05 is on track – the comparison is drafted and with colleagues in Edinburgh, who have "
    "promised their remarks by 24 June"
)
ECHO = by_bot(
    say("Recorded for ", Bold("A-05 Compare the pathway with the one used in Scotland"), ":"),
    bullets(("Position: ", Bold("on track"), "."), "Next: remarks from Edinburgh, by 24 June."),
    Quote(
        "A-05 is on track – the comparison is drafted and with colleagues in Edinburgh, who have "
        "promised their remarks by 24 June"
    ),
    say("The rest I kept as a remark."),
    Buttons((Button(label="Undo", action="undo", value="7"),)),
    when="Thursday 16 June 2022, 11:00",
)
CONVERSATION = (NUDGE, REPLY, ECHO)


def picture(*conversation: Shown, title: str = "Fiona Grant and Followthrough") -> str:
    """The picture of these messages."""
    return draw(conversation, title=title, subtitle="A direct conversation in rehearsal")


def texts(svg: str) -> list[str]:
    """The lines that are drawn, from top to bottom."""
    lines = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return ["".join(line.itertext()) for line in lines]


def description(svg: str) -> str:
    """What is read out to those who do not see the picture."""
    return ElementTree.fromstring(svg).findtext(f"{SVG}desc") or ""


def height(svg: str) -> float:
    """How tall the picture is."""
    return float(ElementTree.fromstring(svg).get("height", "0"))


def boxes(svg: str) -> list[ElementTree.Element]:
    """Every rectangle."""
    return list(ElementTree.fromstring(svg).iter(f"{SVG}rect"))


def filled(svg: str, *, label: str) -> bool:
    """Whether the button of this label is drawn filled: its words are white."""
    drawn = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return [t.get("fill") for t in drawn if "".join(t.itertext()) == label] == ["#ffffff"]


def squeezed(text: str) -> str:
    """Text without its spaces, so that it does not matter where lines end."""
    return re.sub(r"\s", "", text)
