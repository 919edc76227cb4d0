"""Write `docs/who-may-do-what.md` anew: `python -m tests.conversations.ways`."""

from __future__ import annotations

from tests.conversations.ways import page

page.PLACE.write_text(page.page(), "utf-8")
