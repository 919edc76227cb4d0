"""What people wrote is shown as they wrote it: it pings nobody, and hides no link."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.rehearsal import Answer
from tests.conversations.conftest import BOT, CHAIR, CLEARANCE, OWNER, SECRETARY, Running
from tests.conversations.forging import Hand, carries

COLLEAGUE = "UGRACE"
HOSTILE = (
    "<!channel> <@U0FOLLOW01> <!here|x> *bold* _i_ ~s~ `c` <https://evil.example|ok> &amp; :tada:"
)


@pytest.fixture
def hostile(bot: Running) -> Running:
    """A register whose titles and names would do things if Slack parsed them."""
    titles = ("action_item.title", "item_terms.title", "recommendation_words.title")
    names = ("body_name.short", "person.name", "task_group.name")
    others = ("recommendation_words.words", "commitment.words")
    with bot.database.engine.begin() as connection:
        for place in (*titles, *names, *others):
            table, column = place.split(".")
            hostile = sa.text(f"UPDATE {table} SET {column} = {column} || :more")
            connection.execute(hostile, {"more": f" {HOSTILE}"})
    return bot


def parsed(value: object) -> list[str]:
    """Whatever in blocks Slack would parse as mark-up or show as a mention, link or emoji."""
    if isinstance(value, list):
        return [found for each in value for found in parsed(each)]
    if not isinstance(value, dict):
        return []
    kind = value.get("type")
    bad = kind in {"mrkdwn", "user", "broadcast", "channel", "usergroup", "emoji"}
    bad |= kind == "plain_text" and value.get("emoji", True)
    # A bare address is a link of its own; a label that hides one is what may not be.
    bad |= kind == "link" and value.get("text") == "ok"
    found = [str(value)] if bad else []
    return found + [more for each in value.values() for more in parsed(each)]


def play(bot: Running) -> list[Answer]:
    """Make the bot say one of everything: echoes, questions, requests, letters, nudges, digests."""
    bot.begin()
    aisha, secretary, chair = (bot.person(u) for u in (OWNER, SECRETARY, CHAIR))
    aisha.reply(aisha.inbox()[0], f"A-04 is done, {HOSTILE} https://example.org/x")
    for said in (
        "A-07 needs until 30 November because",
        "please withdraw A-07,",
        "one of them is at risk",
        "A-08 is fine",
    ):
        aisha.tell(f"{said} {HOSTILE}")
    link = {"link": "https://a.example", "title": HOSTILE}
    Hand(bot, OWNER).submit("evidence.add", carries(bot, "A-04"), link)
    bot.settle()
    asked = ("", "A-04", "R-3", "C-3", "waiting", "mine", HOSTILE, "was I asked about A-04?")
    answers = [secretary.command("/status", text) for text in asked]
    answers += [secretary.command("/draft-update", f"phso{more}") for more in ("", f" {HOSTILE}")]
    decision = next(m for m in secretary.sees(CLEARANCE) if "date.refuse" in str(m.blocks))
    assert secretary.press(decision, "date.refuse") == ""
    bot.settle()
    bot.advance(days=15)
    bot.advance(days=50)
    grace = bot.person(COLLEAGUE)
    nudge = next(m for m in reversed(grace.inbox()) if "reply.more_time" in str(m.blocks))
    assert grace.press(nudge, "reply.more_time") == ""
    for person in (aisha, secretary, chair):
        person.open_home()
    bot.settle()
    return answers


def test_titles_names_and_words_are_literal_in_every_kind_of_message(hostile: Running) -> None:
    answers = play(hostile)

    workspace = hostile.slack.workspace
    said = [m for each in workspace.messages.values() for m in each if m.user == BOT]
    said += [m for m in workspace.ephemerals if m.user == BOT]
    views = [v.body for v in workspace.homes.values()]
    views += [v.body for stack in workspace.modals.values() for v in stack]
    assert len(said) > 40
    assert len(views) >= 5
    blocks = [*(m.blocks for m in said), *(a.blocks for a in answers), *views]
    assert [found for each in blocks for found in parsed(each)] == []
    texts = [*(m.text for m in said), *(a.text for a in answers)]
    assert [text for text in texts if "<" in text or ">" in text] == []
    assert any("&lt;!channel&gt; &lt;@U0FOLLOW01&gt;" in text for text in texts)
    assert any(HOSTILE in str(m.blocks) for m in said)
