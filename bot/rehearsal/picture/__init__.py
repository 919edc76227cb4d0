"""A picture, as SVG, of a direct conversation in the rehearsal workspace.

    pressed = {nudge.ts: "row-0/reply.on_track"}
    shown = of_messages(slack.workspace, slack.as_user("UDANA").sees(dm), pressed=pressed)
    Path("conversation.svg").write_text(draw(shown, title="Dana Reed", subtitle="June"), "utf-8")

The same conversation gives the same bytes. The picture needs nothing from outside, and its
description holds every word, for those who do not see it.
"""

from bot.rehearsal.picture.drawing import draw
from bot.rehearsal.picture.pieces import UnknownButtonError
from bot.rehearsal.picture.shown import Shown, of_messages

__all__ = ["Shown", "UnknownButtonError", "draw", "of_messages"]
