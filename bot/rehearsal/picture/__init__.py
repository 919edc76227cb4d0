"""A picture, as SVG, of conversations in the rehearsal workspace.

    pressed = {nudge.ts: "row-0/reply.on_track"}
    shown = of_messages(slack.workspace, slack.as_user("UDANA").sees(dm), pressed=pressed)
    Path("conversation.svg").write_text(draw(shown, title="Dana Reed", subtitle="June"), "utf-8")

`draw_panels` puts several in one picture. The same conversations give the same bytes. The picture
needs nothing from outside, and its description holds every word, for those who do not see it.
"""

from bot.rehearsal.picture.drawing import Panel, draw, draw_panels
from bot.rehearsal.picture.pieces import UnknownButtonError
from bot.rehearsal.picture.shown import Shown, of_messages

__all__ = ["Panel", "Shown", "UnknownButtonError", "draw", "draw_panels", "of_messages"]
