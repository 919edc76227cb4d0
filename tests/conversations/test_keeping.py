"""The register kept from Slack, as the secretariat types and owners read."""

from __future__ import annotations

from typing import Any

from bot.domain.register import Delivery
from bot.rehearsal import Message, View, buttons, words
from bot.slack.routes import action_name
from storage import groups, histories, items
from storage.database import Session
from tests.conversations.conftest import CHANNEL, CLEARANCE, OUTSIDE_OWNER, SECRETARY, Running


def item_titled(bot: Running, title: str) -> Any:
    with bot.database.snapshot() as session:
        group = groups.every(session)[0]
        found = histories.of_group(session, group.id)
        numbers = [h.item_id for h in found if h.terms[-1].title == title]
        return items.get(session, numbers[0]) if numbers else None


def a01(session: Session) -> Any:
    return items.by_ref(session, groups.every(session)[0].id, "A-01")


def open_modal(bot: Running, user: str) -> View:
    found = bot.person(user).modal()
    assert found is not None
    return found


def press(bot: Running, user: str, thing: Message, name: str) -> str:
    """The one button of this name."""
    (element,) = [b for b in buttons(thing) if action_name(b["action_id"]) == name]
    return bot.person(user).press(thing, element["action_id"], value=element["value"])


def new_for_priya(bot: Running, since: int) -> list[Message]:
    return bot.person(OUTSIDE_OWNER).inbox()[since:]


def test_an_item_added_by_a_form_is_one_message_to_its_owner_who_accepts_it(bot: Running) -> None:
    bot.begin()
    before = len(bot.person(OUTSIDE_OWNER).inbox())
    secretary = bot.person(SECRETARY)

    assert secretary.command("/action", "add").error == ""
    filled = {"title": "Publish the protocol", "owner": "Priya Nair (RCR)", "answers": "R-3"}
    asked = secretary.submit(open_modal(bot, SECRETARY), {**filled, "due": "in due course"})
    assert list(asked.errors) == ["due"]
    assert secretary.submit(open_modal(bot, SECRETARY), {"due": "end of September"}).ok
    assert secretary.modal() is None
    bot.settle()

    added = item_titled(bot, "Publish the protocol")
    assert added is not None
    (told,) = new_for_priya(bot, before)
    assert "Recorded for you by Sam Okafor (secretariat)" in words(told)
    assert press(bot, OUTSIDE_OWNER, told, "intro.mine") == ""
    bot.settle()
    with bot.database.snapshot() as session:
        assert histories.of_item(session, added.id).terms[-1].accepted_at is not None


def test_an_owner_objects_to_what_was_recorded_and_the_secretariat_sees_it(bot: Running) -> None:
    bot.begin()
    before = len(bot.person(OUTSIDE_OWNER).inbox())
    secretary, priya = bot.person(SECRETARY), bot.person(OUTSIDE_OWNER)
    secretary.command("/action", "record A-01")
    said = {
        "status": "At risk",
        "words": "The draft <!channel> is late & thin.",
        "how": "At a meeting",
    }
    day = bot.slack.workspace.clock.now().date().isoformat()
    assert secretary.submit(open_modal(bot, SECRETARY), {**said, "said_on": day}).ok
    bot.settle()
    (told,) = new_for_priya(bot, before)
    assert "The draft <!channel> is late & thin." in words(told)

    assert press(bot, OUTSIDE_OWNER, told, "recorded.object") == ""
    modal = open_modal(bot, OUTSIDE_OWNER)
    assert "The draft" in words(modal)
    assert priya.submit(modal, {"reason": "I said that of A-02."}).ok
    bot.settle()

    objection = [m for m in secretary.sees(CLEARANCE) if m.by_bot][-1]
    assert "Priya Nair (RCR) says that this is not what they said of A-01" in words(objection)
    assert "I said that of A-02." in words(objection)
    press(bot, SECRETARY, objection, "objection.undo")
    bot.settle()
    assert "has been taken back" in words(priya.inbox()[-1])
    with bot.database.snapshot() as session:
        assert a01(session).delivery is Delivery.NOT_STARTED


def test_a_message_becomes_an_action_item_by_its_shortcut(bot: Running) -> None:
    bot.begin()
    secretary = bot.person(SECRETARY)
    said = bot.person(OUTSIDE_OWNER).say(CHANNEL, "We should write to the\nvendors by June & soon")

    assert secretary.shortcut("action.from_message", said) == ""
    modal = open_modal(bot, SECRETARY)
    assert secretary.submit(modal, {"owner": "Aisha Rahman (NHS England)", "due": "30 June"}).ok
    bot.settle()

    assert item_titled(bot, "We should write to the vendors by June & soon") is not None
    priya = bot.person(OUTSIDE_OWNER)
    assert priya.shortcut("action.from_message", said) == ""
    assert priya.modal() is None


def test_the_same_words_do_it_in_a_direct_message(bot: Running) -> None:
    bot.begin()
    secretary = bot.person(SECRETARY)
    secretary.tell("action add Ask the vendors, Priya Nair, by 30 June")
    secretary.tell("action add Ask the others, Nobody Known, by 30 June")
    bot.settle()

    assert item_titled(bot, "Ask the vendors") is not None
    added, asked = secretary.inbox()[-2:]
    assert "Added: A-" in words(added)
    assert "I know nobody called “Nobody Known”" in words(asked)
    press(bot, SECRETARY, asked, "command.open")
    assert secretary.submit(open_modal(bot, SECRETARY), {"owner": "Tom Ashby (RCR)"}).ok
    bot.settle()
    assert item_titled(bot, "Ask the others") is not None


def test_an_owner_outside_changes_their_item_from_its_card_in_a_direct_message(
    bot: Running,
) -> None:
    bot.begin()
    priya = bot.person(OUTSIDE_OWNER)
    assert priya.command("/action", "A-01").error != ""
    priya.tell("action A-01")
    bot.settle()
    shown = priya.inbox()[-1]

    press(bot, OUTSIDE_OWNER, shown, "keep.date")
    modal = open_modal(bot, OUTSIDE_OWNER)
    asked = priya.submit(modal, {"date": "30 September 2022"})
    assert list(asked.errors) == ["reason"]
    assert priya.submit(modal, {"reason": "because the supplier is late"}).ok
    bot.settle()
    assert "I have asked the chair to move" in words(priya.inbox()[-1])


def test_a_form_about_an_older_state_is_shown_again_with_what_was_typed(bot: Running) -> None:
    bot.begin()
    secretary = bot.person(SECRETARY)
    secretary.command("/action", "A-01 edit")
    modal = open_modal(bot, SECRETARY)
    bot.person(OUTSIDE_OWNER).tell("A-01 is on track")
    bot.settle()

    secretary.submit(modal, {"title": "My words"})
    again = open_modal(bot, SECRETARY)
    assert "has changed since this form was opened" in words(again)
    assert item_titled(bot, "My words") is None
    assert secretary.submit(again).ok
    bot.settle()

    assert item_titled(bot, "My words") is not None
