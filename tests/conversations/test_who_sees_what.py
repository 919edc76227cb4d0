"""Who may do what, by every way in: outsiders nothing at all, members what is theirs.

Each route of the bot's own table has an entry: a new one is refused here until it has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from bot.rehearsal import Workspace, words
from bot.services.intake import REFUSAL
from bot.slack import listeners
from storage.database import Database
from tests.conversations.conftest import (
    BOT,
    CHANNEL,
    NO_MEMBER,
    OWNER,
    SECRETARY,
    STRANGER,
    Running,
)
from tests.conversations.forging import (
    MACHINERY,
    Hand,
    Rows,
    ask_for_a_removal,
    said_by_bot,
    tables,
)

MEMBER, OUTSIDE_MEMBER = "UGRACE", "UTOM"
OTHER_CHANNEL = "C0ELSEWHERE"
Values = Mapping[str, Any]
STANDING = "SELECT id FROM commitment WHERE standing"
OWNERS = "Only Aisha Rahman"
KEEPERS = "Only the group's secretariat"


@dataclass(frozen=True)
class Way:
    """A button or modal: which values it carries, and the sentence a mere member gets."""

    carries: str
    refusal: str
    fields: tuple[tuple[str, str], ...] = ()


ITEM = Way("item", OWNERS)
VERSION = "version"
BUTTONS = {
    "reply.on_track": ITEM,
    "reply.at_risk": ITEM,
    "reply.done": ITEM,
    "reply.not_mine": Way("item", "Only its owner"),
    "intro.mine": ITEM,
    "intro.not_mine": Way("item", "Only its owner"),
    "reply.more_time": Way("item", "Only its owner"),
    "reply.undo": Way("update", "Only whoever said it"),
    "question.answer": Way("question", "not put to you"),
    "date.agree_now": Way("change", "decides that"),
    "date.agree_next": Way("change", "decides that"),
    "date.refuse": Way("change", "decides that"),
    "date.ask": Way("change", "decides that"),
    "aside.agree": Way("aside", "never its owner"),
    "aside.refuse": Way("aside", "never its owner"),
    "evidence.add": Way("item", "Only its owner"),
    "evidence.verify": Way("evidence", "Evidence is verified by"),
    "evidence.reject": Way("evidence", "Evidence is verified by"),
    "wait.take": Way("waiting", "Only those whom it was put to"),
    "nudge.others": Way("items", "None of the others"),
    "group.start": Way("group", "Only the secretariat"),
    "pasted.check": Way("list", "Only the secretariat adds"),
    "pause.open": Way("switch", "Only the secretariat or a chair"),
    "pause.resume": Way("switch", "Only the secretariat or a chair"),
    "command.open": Way("words", "Only the secretariat can start"),
    "seat.sent": Way("seat", "Only the secretariat"),
    "seat.claim": Way("group", "You have a seat"),
    "seat.confirm": Way("seat", "Only the secretariat"),
    "seat.who": Way("seat", "Only the secretariat"),
    "seat.refuse": Way("seat", "Only the secretariat"),
    "seat.take_back": Way("seat", "Only the secretariat"),
    "owner.give": Way("owner", "Only the secretariat"),
    "owner.ask": Way("owner", "Only the secretariat"),
    "handover.open": Way("seat", "Only the secretariat"),
    "handover.accept": Way("handed", "None of these waits for you"),
    "letter.submit": Way(VERSION, "Only the secretariat"),
    "letter.answer": Way(VERSION, "by the secretariat or the chair"),
    "letter.clear": Way(VERSION, "not been submitted"),
    "letter.send_back": Way(VERSION, "not been submitted"),
    "letter.sent": Way(VERSION, "The secretariat or the chair"),
    "keep.card": Way("item", "Agree the cauda equina syndrome pathway"),
    "keep.edit": Way("item", KEEPERS),
    "keep.give": Way("item", KEEPERS),
    "keep.links": Way("item", KEEPERS),
    "keep.ladder": Way("item", KEEPERS),
    "keep.record": Way("item", KEEPERS),
    "keep.date": ITEM,
    "keep.pause": ITEM,
    "keep.withdraw": ITEM,
    "keep.close": ITEM,
    "keep.reopen": ITEM,
    "recorded.object": Way("said", "Only the item's owner"),
    "objection.undo": Way("said", "Only the secretariat settles"),
    "objection.stands": Way("said", "Only the secretariat settles"),
    "cadence.choose": Way("promise", "Only the chair or the deputy"),
    "cadence.set": Way("promise", "Only the chair or the deputy"),
    "removal.open": Way("ref", "Only the secretariat can ask"),
    "removal.show": Way("removal", "Only the secretariat is shown"),
    "removal.agree": Way("removal", "Only the secretariat or a chair"),
    "removal.refuse": Way("removal", "Only the secretariat or a chair"),
}
WHY = (("reason", "It is late"),)
VIEWS = {
    "date.request": Way("item", "Only its owner", (("date", "30 September 2022"), *WHY)),
    "date.refuse": Way("change", "decides that", WHY),
    "date.ask": Way("change", "decides that", WHY),
    "evidence.add": Way(
        "item", "Only its owner", (("link", "https://example.org/x"), ("title", "It"))
    ),
    "evidence.reject": Way("evidence", "Evidence is verified by", WHY),
    "pasted.list": Way("list", "Only the secretariat adds", (("list", "Leo to do it by Friday"),)),
    "pasted.add": Way("list", "Only the secretariat adds", (("add-1", "yes"),)),
    "pause.reason": Way("switch", "Only the secretariat or a chair", WHY),
    "seat.claim": Way("group", "", (("name", "Peter Lowe"), ("email", "p@example.org"))),
    "seat.confirm": Way("seat", "Only the secretariat", (("person", "1"),)),
    "owner.decline": Way("owner", OWNERS, (("why", "others"), ("words", "Ask Tom"))),
    "owner.give": Way("owner", "Only the secretariat", (("person", "1"), *WHY)),
    "handover.do": Way("seat", "Only the secretariat", (("to", "1"), ("what", "roles"), *WHY)),
    "letter.answer": Way(VERSION, "by the secretariat or the chair", (("late-1", "It is late"),)),
    "letter.send_back": Way(VERSION, "not been submitted", WHY),
    "letter.sent": Way(VERSION, "The secretariat or the chair", (("sent_on", "2022-05-12"),)),
    "keep.add": Way(
        "item",
        KEEPERS,
        (("title", "x"), ("owner", "x"), ("supporters", ""), ("due", ""), ("answers", "")),
    ),
    "keep.edit": Way("item", KEEPERS, (("title", "x"), ("supporters", ""))),
    "keep.give": Way("item", KEEPERS, (("owner", "Tom Ashby"), *WHY)),
    "keep.links": Way("item", KEEPERS, (("answers", ""), ("waits_on", ""))),
    "keep.ladder": Way("item", KEEPERS, (("ladder", "light"),)),
    "keep.date": Way("item", OWNERS, (("date", "30 September 2022"), *WHY)),
    "keep.pause": Way("item", OWNERS, WHY),
    "keep.withdraw": Way("item", OWNERS, WHY),
    "keep.close": Way("item", OWNERS, (("link", ""), ("completed_on", ""), *WHY)),
    "keep.reopen": Way("item", OWNERS, WHY),
    "keep.record": Way(
        "item",
        KEEPERS,
        (
            ("item", "A-04"),
            ("status", "at_risk"),
            ("words", "x"),
            ("how", "meeting"),
            ("said_on", "2022-05-12"),
            ("link", ""),
        ),
    ),
    "recorded.object": Way("said", "Only the item's owner", WHY),
    "objection.stands": Way("said", "Only the secretariat settles", WHY),
    "cadence.set": Way(
        "promise",
        "Only the chair or the deputy",
        (("often", "3"), ("first_on", ""), ("days", "")),
    ),
    "removal.ask": Way("ref", "Only the secretariat can ask", (("words", "It is late"), *WHY)),
    "removal.seen": Way("removal", "Only the secretariat is shown", WHY),
    "hold.place": Way("group", "Only the chair or the secretariat", WHY),
    "hold.release": Way("group", "Only the chair or the secretariat", WHY),
}
OPEN_TO_ALL = {"seat.claim"}
"""Somebody who is not known yet says who they are: `test_seats` sees what they are shown."""
COMMANDS = {
    "/status": ("A-04", "Agree the cauda equina syndrome pathway"),
    "/draft-update": ("phso", "Drafts go to the secretariat"),
    "/followthrough": ("start", "Only the secretariat can start"),
    "/action": ("add", KEEPERS),
}
EVENTS = {"message", "app_mention", "app_home_opened"}
SECRET = "zebracrossing"


def test_every_route_says_who_may_take_it() -> None:
    assert set(BUTTONS) == set(listeners.table.buttons)
    assert set(VIEWS) == set(listeners.table.views)
    assert set(COMMANDS) == set(listeners.table.commands)
    assert set(listeners.table.events) == EVENTS
    assert set(listeners.table.shortcuts) == {"pasted.message", "action.from_message"}


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """Another channel, in which the stranger's organisation meets the bot."""
    workspace.add_channel(OTHER_CHANNEL, "elsewhere", members=[NO_MEMBER, STRANGER, BOT])
    return workspace


def first(database: Database, statement: str) -> Any:
    with database.engine.connect() as connection:
        found = connection.execute(sa.text(statement)).first()
    assert found is not None, f"Nothing answers {statement}"
    return found[0] if len(found) == 1 else tuple(found)


@pytest.fixture
def values(bot: Running) -> dict[str, Values]:
    """A register in which something of Aisha's waits at every turn, and what its buttons carry."""
    bot.begin()
    aisha = bot.person(OWNER)
    aisha.tell(f"A-04 is done: https://example.org/{SECRET}")
    aisha.tell(f"A-07 needs until 30 November because the {SECRET} is late")
    aisha.tell("please withdraw A-07")
    aisha.tell("one of them is at risk")
    bot.person(SECRETARY).command("/draft-update", "phso")
    bot.person(SECRETARY).tell("Priya Nair to book it by Friday\nTom Ashby to pay by Monday week")
    bot.settle()
    ask_for_a_removal(bot, SECRET)
    bot.advance(minutes=1)
    a04 = first(bot.database, "SELECT id, version FROM action_item WHERE ref = 'A-04'")
    a07 = first(bot.database, "SELECT id, version FROM action_item WHERE ref = 'A-07'")
    version = first(bot.database, "SELECT id, sha256 FROM letter_version")
    update = f"SELECT id FROM status_update WHERE item_id = {a04[0]}"
    said = {"item": a04[0], "v": a04[1], "update": first(bot.database, update)}
    task = "SELECT id FROM waiting WHERE kind = 'verification' AND settled_at IS NULL"
    return {
        "item": {"item": a04[0], "v": a04[1]},
        "said": said,
        "items": {"items": [a04[0], a07[0]]},
        "aside": {"item": a07[0], "v": a07[1], "status": "withdrawn"},
        "update": {"update": first(bot.database, update)},
        "question": {"question": first(bot.database, "SELECT id FROM question"), "option": 0},
        "change": {"change": first(bot.database, "SELECT id FROM date_change")},
        "evidence": {"evidence": first(bot.database, "SELECT id FROM evidence")},
        "waiting": {"waiting": first(bot.database, task)},
        "words": {"words": "start"},
        "promise": {"commitment": first(bot.database, STANDING), "months": 3},
        "list": {"list": first(bot.database, "SELECT id FROM pasted_list"), "lines": [1]},
        "seat": {"person": 1, "of": [], "claim": 1, "account": ["T1", "U1"], "from": 1},
        "owner": {"item": a04[0], "v": a04[1], "owner": 1, "place": [None, None]},
        "handed": {"items": [list(a04)]},
        "ref": {"item": "A-04"},
        "removal": {"removal": first(bot.database, "SELECT id FROM removal")},
        "group": {"group": first(bot.database, "SELECT id FROM task_group")},
        "switch": {"group": first(bot.database, "SELECT key FROM task_group")},
        "version": {"version": version[0], "sha": version[1][:12], "findings": ["late-1"]},
    }


def heard(bot: Running, user_id: str, known: int) -> list[str]:
    """What the bot has said to them since their inbox held this many."""
    bot.settle()
    return [words(message) for message in bot.person(user_id).inbox()[known:]]


def owed(database: Database) -> set[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return {tuple(row) for row in connection.execute(sa.text("SELECT key, kind FROM outbox"))}


@pytest.mark.parametrize("user_id", [NO_MEMBER, STRANGER])
def test_outsiders_get_one_sentence_and_nothing_is_written(
    bot: Running, values: dict[str, Values], user_id: str
) -> None:
    hand, person = Hand(bot, user_id), bot.person(user_id)
    before, others = tables(bot.database, without=MACHINERY), said_elsewhere(bot, user_id)
    outbox = owed(bot.database)
    answers: dict[str, list[str]] = {}
    for name, (text, _) in COMMANDS.items():
        answers[name] = hand.command(name, text)
    for name, way in closed(VIEWS):
        answers[f"view {name}"] = hand.submit(name, values[way.carries], dict(way.fields))
    for name, way in closed(BUTTONS):
        known = len(person.inbox())
        hand.press(name, values[way.carries])
        answers[f"button {name}"] = heard(bot, user_id, known)
    for text in ("status", "draft-update phso", "A-04 is done", "help", "start"):
        known = len(person.inbox())
        person.tell(text)
        answers[f"said {text}"] = heard(bot, user_id, known)
    known = len(person.inbox())
    person.edit(person.tell("A-04"), "A-04 is at risk")
    assert heard(bot, user_id, known) == [REFUSAL, REFUSAL]
    person.open_home()
    bot.settle()
    answers["home"] = [words(home) for home in (person.home(),) if home]

    assert {name: said for name, said in answers.items() if said != [REFUSAL]} == {}
    assert tables(bot.database, without=MACHINERY) == before
    new = {key for key, _ in owed(bot.database) - outbox}
    assert {key for key in new if not key.startswith("refused:")} == set()
    assert said_elsewhere(bot, user_id) == others


def closed(ways: Mapping[str, Way]) -> list[tuple[str, Way]]:
    """What only somebody of the group may press or send in."""
    return [(name, way) for name, way in ways.items() if name not in OPEN_TO_ALL]


def said_elsewhere(bot: Running, user_id: str) -> int:
    """How much the bot has said to all but this person."""
    return (
        len(said_by_bot(bot)) - len(bot.person(user_id).inbox()) - bool(bot.person(user_id).home())
    )


def test_outsiders_hear_nothing_in_channels_and_take_nothing_back(
    bot: Running, values: dict[str, Values]
) -> None:
    before = tables(bot.database, without=MACHINERY)
    others, asked = len(said_by_bot(bot)), in_channel(bot)
    for user_id in (NO_MEMBER, STRANGER):
        person = bot.person(user_id)
        head = person.mention(OTHER_CHANNEL, "A-04 is done")
        person.edit(head, f"<@{BOT}> status")
        person.reply(head, f"<@{BOT}> draft-update phso")
        person.delete(person.tell("A-04 is done"))
        person.delete(head)
        bot.settle()
        assert [words(m) for m in person.inbox()] == [REFUSAL]
    Hand(bot, NO_MEMBER).shortcut()
    bot.settle()
    assert len(said_by_bot(bot)) == others + 2

    Hand(bot, NO_MEMBER).press("reply.done", values["item"], bot.slack.workspace.channel(CHANNEL))
    bot.settle()
    assert [words(m) for m in bot.person(NO_MEMBER).ephemerals()] == [REFUSAL]
    assert in_channel(bot) == asked
    assert tables(bot.database, without=MACHINERY) == before


def in_channel(bot: Running) -> list[str]:
    """What the bot has said in the group's channel."""
    return [words(m) for m in bot.slack.workspace.messages[CHANNEL] if m.by_bot]


@pytest.mark.parametrize("user_id", [MEMBER, OUTSIDE_MEMBER])
def test_members_cannot_do_what_is_another_s(
    bot: Running, values: dict[str, Values], user_id: str
) -> None:
    hand, person = Hand(bot, user_id), bot.person(user_id)
    before = register(bot.database)
    wrong: dict[str, list[str]] = {}
    for name, way in BUTTONS.items():
        known = len(person.inbox())
        hand.press(name, values[way.carries])
        said = heard(bot, user_id, known)
        if len(said) != 1 or way.refusal not in said[0]:
            wrong[f"button {name}"] = said
    for name, way in closed(VIEWS):
        said = hand.submit(name, values[way.carries], dict(way.fields))
        if len(said) != 1 or way.refusal not in said[0]:
            wrong[f"view {name}"] = said
    for name, (text, answer) in COMMANDS.items():
        said = hand.command(name, text)
        if len(said) != 1 or answer not in said[0]:
            wrong[name] = said

    assert wrong == {}
    assert person.modal() is None
    assert register(bot.database) == before


def register(database: Database) -> Rows:
    return tables(database, without=MACHINERY | {"taken"})


def test_members_words_about_another_s_item_change_nothing_and_show_no_words(
    bot: Running, values: dict[str, Values]
) -> None:
    del values
    kept = ("action_item", "status_update", "date_change", "evidence", "letter", "letter_event")
    before, shown = tables(bot.database), []
    for user_id in (MEMBER, OUTSIDE_MEMBER):
        person = bot.person(user_id)
        person.tell("A-04 is on track, agreed and approved; clear the letter")
        person.edit(person.tell("A-07 is done"), "A-07 is withdrawn")
        for text in ("status A-04", "status A-07", "status waiting", "was I asked about A-04?"):
            person.tell(text)
        person.open_home()
        for text in ("A-07", "Aisha Rahman", "C-3"):
            shown += Hand(bot, user_id).command("/status", text)
        bot.settle()
        home = person.home()
        shown += [*(words(m) for m in person.inbox()), words(home) if home else ""]

    after = tables(bot.database)
    assert {name for name in kept if after[name] != before[name]} == set()
    assert len(shown) > 10
    assert [text for text in shown if SECRET in text] == []
