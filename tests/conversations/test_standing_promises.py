"""A ladder chosen for an item, and a cadence set for a standing promise, as people meet them."""

from __future__ import annotations

from bot.domain import ladders
from bot.rehearsal import buttons, words
from bot.slack.routes import action_name
from storage import groups, items, letters_due, nudges
from tests.conversations.conftest import CHAIR, OWNER, SECRETARY, Running


def climbs(bot: Running, ref: str) -> str:
    """The ladder that an item was planned on."""
    with bot.database.snapshot() as session:
        item = items.by_ref(session, groups.every(session)[0].id, ref)
        assert item is not None
        return ladders.load(nudges.of_item(session, item.id).ladder).name


def test_the_secretary_puts_an_item_on_another_ladder_from_its_card(bot: Running) -> None:
    bot.begin()
    secretary, owner = bot.person(SECRETARY), bot.person(OWNER)
    secretary.command("/action", "A-04")
    shown = secretary.ephemerals()[-1]
    assert "Reminders: the strict ladder (20, 10, 5 and 2 working days before" in words(shown)
    (press,) = [b for b in buttons(shown) if action_name(b["action_id"]) == "keep.ladder"]
    secretary.press(shown, press["action_id"], value=press["value"])
    modal = secretary.modal()
    assert modal is not None
    light = "light: 5 working days before, on the day, 5 and 10 working days after"
    assert secretary.submit(modal, {"ladder": light}).ok
    bot.settle()

    assert climbs(bot, "A-04") == "light"
    assert "stands on the light ladder" in words(owner.inbox()[-1])
    secretary.command("/action", "A-04 ladder severe")
    again = secretary.modal()
    assert again is not None
    assert "There is no ladder “severe”. There are: default (" in str(again.body)


def test_the_chair_presses_how_often_and_the_secretariat_reads_the_plan(bot: Running) -> None:
    bot.begin()
    bot.settle()
    chair = bot.person(CHAIR)
    asked = next(m for m in chair.inbox() if "C-7 is a standing promise" in words(m))
    (quarter,) = [b for b in buttons(asked) if b["text"]["text"] == "Every quarter"]
    chair.press(asked, quarter["action_id"], value=quarter["value"])
    bot.settle()

    read = [words(m) for m in chair.inbox()]
    assert any("C-7 is to be kept every quarter: next by Wednesday 10 August" in t for t in read)
    now = next(m for m in chair.inbox() if m.ts == asked.ts)
    assert "C-7 is kept every quarter" in words(now)
    assert buttons(now) == []
    told = [words(m) for m in bot.person(SECRETARY).inbox()]
    assert any("The next letter to phso is planned so" in text for text in told)
    with bot.database.snapshot() as session:
        [due] = letters_due.unsettled(session, groups.every(session)[0].id)
    assert due.plan.breaks is None
