"""Words removed from Slack's messages and files, as people meet it."""

from __future__ import annotations

import base64

from bot.domain.outgoing import Audience, Sending
from bot.rehearsal import buttons, words
from bot.services import chains
from bot.slack.routes import action_name
from tests.conversations.conftest import CHAIR, CLEARANCE, OWNER, SECRETARY, Running
from tests.conversations.test_sending import owe, to
from tests.services.removing import dump

SAID = "A-04 is blocked by Dr Hale’s department because Dr Hale’s mother is in ward 7731"


def pressed(bot: Running, user: str, name: str) -> None:
    """The newest button of this name that they see."""
    person = bot.person(user)
    seen = [*person.inbox(), *person.sees(CLEARANCE)]
    for message in sorted(seen, key=lambda m: float(m.ts), reverse=True):
        for element in buttons(message):
            if action_name(element["action_id"]) == name:
                person.press(message, element["action_id"], value=element["value"])
                return
    raise AssertionError(f"{user} sees no button {name}.")


def test_words_are_asked_for_agreed_to_and_gone_from_slack(bot: Running) -> None:
    bot.begin()
    owner, secretary = bot.person(OWNER), bot.person(SECRETARY)
    owner.tell(SAID)
    bot.settle()
    assert "ward 7731" in "".join(words(m) for m in owner.inbox() if m.by_bot)

    secretary.command("/followthrough", "remove A-04")
    modal = secretary.modal()
    assert modal is not None
    (which,) = [b for b in modal.body["blocks"] if b.get("block_id") == "subject"]
    chosen = which["element"]["options"][0]["value"]
    secretary.submit(modal, {"subject": chosen, "reason": "It tells of a relative’s health."})
    bot.settle()
    pressed(bot, CHAIR, "removal.agree")
    bot.settle()

    shown = [words(m) for m in owner.inbox() if m.by_bot]
    assert "ward 7731" not in "".join(shown)
    assert any("[removed on " in text for text in shown)
    assert "ward 7731" not in dump(bot.database)
    now = bot.slack.workspace.clock.now()
    assert all(report.whole for report in chains.verify(bot.database, None, now=now))


def test_a_hold_is_placed_and_released_in_forms(bot: Running) -> None:
    bot.begin()
    chair, secretary = bot.person(CHAIR), bot.person(SECRETARY)
    chair.command("/followthrough", "hold The Inquiry asks for everything")
    modal = chair.modal()
    assert modal is not None
    chair.submit(modal, {"reason": "The Inquiry asks for everything."})
    bot.settle()

    refused = secretary.command("/followthrough", "remove A-04")
    assert "Nothing may be removed" in refused.text
    assert any("placed a hold" in words(m) for m in secretary.inbox())

    secretary.command("/followthrough", "release hold")
    modal = secretary.modal()
    assert modal is not None
    secretary.submit(modal, {"reason": "The Inquiry has reported."})
    assert "Nothing may be removed" not in secretary.command("/followthrough", "remove A-04").text


def remove_a_file(bot: Running) -> None:
    """A file goes to the secretary, and then the words that stand in it are removed."""
    content = base64.b64encode(SAID.encode()).decode()
    file = {"name": "note.txt", "title": "Note", "content": content}
    owe(bot, to(bot, SECRETARY, kind=Sending.FILE, file=file, audience=Audience.CLEARANCE))
    bot.settle()
    assert "Note" in titles(bot)
    secretary = bot.person(SECRETARY)
    secretary.command("/followthrough", "remove Dr Hale’s mother")
    modal = secretary.modal()
    assert modal is not None
    secretary.submit(
        modal, {"words": "Dr Hale’s mother is in ward 7731", "reason": "A relative’s health."}
    )
    bot.settle()
    pressed(bot, CHAIR, "removal.agree")
    bot.settle()


def titles(bot: Running) -> list[str]:
    """The files that Slack has."""
    return [file.title for file in bot.slack.workspace.files.values()]


def test_a_file_of_ours_is_deleted_in_slack(bot: Running) -> None:
    bot.begin()

    remove_a_file(bot)

    assert titles(bot) == []
