"""Minutes pasted to the bot: checked in a form, added once, and each owner told once."""

from __future__ import annotations

from bot.rehearsal import Message, View, buttons, words
from bot.services.intake import REFUSAL
from storage import groups, items
from tests.conversations.conftest import (
    CHANNEL,
    NO_MEMBER,
    OUTSIDE_OWNER,
    OWNER,
    SECRETARY,
    Running,
)

MINUTES = """Actions agreed on 12 May 2022
• Priya Nair to circulate the reporting standards by 30 September 2022
• Aisha Rahman to draft the pathway note – 14 October 2022
• Aisha Rahman to brief the trusts; due: 21 October 2022
• Jane Smith to send the vendor’s figures, TBC
The group thanked the radiographers."""
READ = "I read 4 actions in your list; 1 needs you."


def test_minutes_pasted_in_a_dm_become_actions_and_owners_hear_once(bot: Running) -> None:
    bot.begin()
    sam = bot.person(SECRETARY)
    sam.tell(MINUTES)
    bot.settle()
    modal = opened(bot, offer(bot))

    refused = sam.submit(modal)
    assert set(refused.errors) == {"owner-5", "which-5"}
    assert titles(bot) == []
    aisha = "Aisha Rahman (NHS England)"
    filled = {"owner-5": aisha, "which-5": "No date yet", "add-4": []}
    assert sam.submit(sam.modal() or modal, filled).ok
    bot.settle()

    assert titles(bot) == [
        "Circulate the reporting standards",
        "Draft the pathway note",
        "Send the vendor’s figures",
    ]
    for owner, told in (
        (OUTSIDE_OWNER, ["reporting standards"]),
        (OWNER, ["pathway note", "vendor’s figures"]),
    ):
        heard = [words(m) for m in bot.person(owner).inbox() if "Recorded for you" in words(m)]
        assert len(heard) == 1
        assert all(title in heard[0] for title in told)
    assert "3 actions added" in words(offer(bot))
    assert buttons(offer(bot)) == []


def test_an_owner_and_an_outsider_who_paste_the_same_are_answered_as_ever(bot: Running) -> None:
    bot.begin()
    aisha, sid = bot.person(OWNER), bot.person(NO_MEMBER)

    aisha.tell(MINUTES)
    sid.tell(MINUTES)
    bot.settle()

    assert not any("in your list" in words(m) for m in aisha.inbox())
    assert [words(m) for m in sid.inbox()] == [REFUSAL]
    assert titles(bot) == []


def test_minutes_in_a_channel_are_read_where_the_secretariat_says_so(bot: Running) -> None:
    bot.begin()
    sam, aisha = bot.person(SECRETARY), bot.person(OWNER)
    minutes = aisha.say(CHANNEL, MINUTES)

    aisha.shortcut("pasted.message", minutes)
    bot.person(NO_MEMBER).shortcut("pasted.message", minutes)
    bot.settle()
    assert any(words(m).startswith("Only the secretariat") for m in aisha.ephemerals())
    assert bot.person(NO_MEMBER).inbox() == []
    assert sam.shortcut("pasted.message", minutes) == ""
    modal = sam.modal()
    assert modal is not None
    assert sam.submit(modal, {"add-5": []}).ok
    bot.settle()

    assert len(titles(bot)) == 3


def test_a_list_is_pasted_in_the_form_that_action_paste_opens(bot: Running) -> None:
    bot.begin()
    sam = bot.person(SECRETARY)
    sam.command("/followthrough", "action paste")
    modal = sam.modal()
    assert modal is not None

    assert "no actions in that" in str(sam.submit(modal, {"list": "Nothing was agreed."}).errors)
    assert sam.submit(sam.modal() or modal, {"list": MINUTES}).ok
    bot.settle()

    assert opened(bot, offer(bot)).body["title"]["text"] == "Check and add"


def offer(bot: Running) -> Message:
    """What the secretary is told of the list."""
    return next(m for m in bot.person(SECRETARY).inbox() if words(m).startswith(READ))


def opened(bot: Running, message: Message) -> View:
    """The form behind the button."""
    sam = bot.person(SECRETARY)
    assert sam.press(message, "pasted.check") == ""
    modal = sam.modal()
    assert modal is not None
    return modal


def titles(bot: Running) -> list[str]:
    """The titles of what was raised since the group began."""
    with bot.database.snapshot() as session:
        group = groups.every(session)[0]
        found = items.listed(session, group.id)
    return [item.title for item in sorted(found, key=lambda i: i.id)][SAMPLE_ITEMS:]


SAMPLE_ITEMS = 14
