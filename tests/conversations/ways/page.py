"""The page that says who may do what, written from the ways that are tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.services.intake import REFUSAL
from tests.conversations.ways.cast import MEMBERS, ROLES, Role
from tests.conversations.ways.every import TOPICS
from tests.conversations.ways.way import Gives, Topic, Way

PLACE = Path(__file__).parents[3] / "docs" / "who-may-do-what.md"
YES, NO = "✓", "–"
OPENING = f"""# Who may do what

Each line of these tables is something that can be done in Slack: a command, a button, a form, a
message. ✓ means that it is done, – that it is refused with one sentence, which says who may. The
tables are written by the test that tries each line as every role, through the bot's own
listeners, and nothing here is said by hand.

Tried as: {"; ".join(role.title for role in ROLES)}.

Not in the tables, since it is the same everywhere:

- **Anybody who is not in a group**, whether in the same workspace or of another organisation, and
  anybody whose roles have all ended and who owns nothing any more, is told one sentence:
  “{REFUSAL}” Where others would read it, in a channel, they are told nothing.
- **A member of another group** is answered from their own group's register, and is never told
  anything of this one.
- Roles are those of the day: whoever stands in for an owner is their cover between two dates, and
  whoever was secretary until yesterday is a member today.
"""


def page() -> str:
    """The whole page, in Markdown."""
    return OPENING + "".join(f"\n{_topic(topic)}" for topic in TOPICS)


def _topic(topic: Topic) -> str:
    groups = list(_alike(topic))
    head = ["", *(_titles(group) for group in groups[:-1]), "Everybody else in the group"]
    lines = [head, ["---", *([":-:"] * len(groups))]]
    notes: list[str] = []
    for way in topic.ways:
        cells = [YES if group[0].key in way.may else NO for group in groups]
        line = [way.shown + _mark(way, notes), *cells]
        if line not in lines:
            lines.append(line)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    said = f"{topic.note}\n\n" if topic.note else ""
    below = "".join(f"\n{number}. {note}" for number, note in enumerate(notes, start=1))
    return f"## {topic.title}\n\n{said}{table}\n" + (f"{below}\n" if notes else "")


def _alike(topic: Topic) -> Iterator[list[Role]]:
    """Members by what they may do, so that who may the same shares a column; the most last."""
    by_column: dict[tuple[bool, ...], list[Role]] = {}
    for role in topic.roles():
        if role.key in MEMBERS:
            column = tuple(role.key in way.may for way in topic.ways)
            by_column.setdefault(column, []).append(role)
    most = max(by_column.values(), key=len)
    yield from (group for group in by_column.values() if group is not most)
    yield most


def _titles(group: list[Role]) -> str:
    titles = "; ".join(dict.fromkeys(role.title for role in group))
    return titles[:1].upper() + titles[1:]


def _mark(way: Way, notes: list[str]) -> str:
    said = [way.note] if way.note else []
    if way.keeps:
        said.append("From anybody else the words are kept as a remark, and put to the owner.")
    if way.gives is Gives.WORDS:
        said.append("Anybody else in the group gets the answer without those words.")
    marks = []
    for note in said:
        if note not in notes:
            notes.append(note)
        marks.append(str(notes.index(note) + 1))
    return f" ({', '.join(marks)})" if marks else ""
