"""The calendar and people's own days as they are met in Slack: typed, pressed and filled in."""

from __future__ import annotations

from bot.rehearsal import View, buttons, words
from storage import people
from tests.conversations.conftest import OUTSIDE_OWNER, OWNER, SECRETARY, Running


def opened(bot: Running, user: str) -> View:
    modal = bot.person(user).modal()
    assert modal is not None
    return modal


def told(bot: Running, user: str) -> str:
    bot.settle()
    return words(bot.person(user).inbox()[-1])


def test_the_secretary_keeps_the_calendar_by_buttons_and_forms(bot: Running) -> None:
    bot.begin()
    secretary = bot.person(SECRETARY)
    secretary.command("/action", "add Bring the figures, Priya Nair, by the next meeting")
    secretary.command("/followthrough", "calendar")
    page = secretary.ephemerals()[-1]
    assert "Meeting: Thursday 19 May 2022" in words(page)

    first = next(b for b in buttons(page) if b["text"]["text"] == "Move")
    secretary.press(page, "calendar.meeting", value=first["value"])
    refused = secretary.submit(opened(bot, SECRETARY), {"on": "2022-05-21"})
    assert "is at a weekend: name a working day, such as Monday 23 May" in refused.errors["on"]
    assert secretary.submit(opened(bot, SECRETARY), {"on": "2022-05-20"}).ok

    moved = told(bot, SECRETARY)
    assert "The meeting of Thursday 19 May 2022 is on Friday 20 May 2022 now" in moved
    assert "Bring the figures moves with it: due by Friday 20 May 2022" in moved
    assert "because the meeting moved from 19 May 2022 to 20 May 2022" in told(bot, OUTSIDE_OWNER)

    # What was shown before knows only the old day.
    secretary.press(page, "calendar.cancel", value=first["value"])
    assert "shows what stands now" in told(bot, SECRETARY)
    secretary.press(page, "calendar.holiday", label="Add a bank holiday")
    filled = {"on": "2022-09-30", "nations": ["Scotland"], "name": "A day"}
    assert secretary.submit(opened(bot, SECRETARY), filled).ok
    assert "Friday 30 September 2022 (A day) is a holiday in Scotland now." in told(bot, SECRETARY)


def test_an_owner_is_away_in_a_sentence_and_the_cover_is_asked(bot: Running) -> None:
    bot.begin()
    owner = bot.person(OUTSIDE_OWNER)

    owner.tell("I'm off until 20 May, Aisha covers")

    answer = told(bot, OUTSIDE_OWNER)
    assert "You are away from Monday 16 May 2022 to Friday 20 May 2022" in answer
    assert "and Aisha Rahman (NHS England) covers" in answer
    assert "Priya Nair (RCR) is away" in told(bot, OWNER)


def test_days_are_filled_in_from_the_home_tab_and_seen_by_the_secretary(bot: Running) -> None:
    bot.begin()
    owner = bot.person(OWNER)
    owner.open_home()
    bot.settle()
    home = owner.home()
    assert home is not None
    owner.press(home, "person.days")
    asked = owner.submit(opened(bot, OWNER), {"zone": "Narnia"})
    assert "I know no time zone “Narnia”" in asked.errors["zone"]
    filled = {"weekdays": ["Monday", "Tuesday"], "zone": "Europe/Lisbon"}
    assert owner.submit(opened(bot, OWNER), filled).ok
    assert "You work Monday and Tuesday" in told(bot, OWNER)

    card = bot.person(SECRETARY).command("/followthrough", "person Aisha Rahman")

    assert "Works Monday and Tuesday, with the bank holidays of England, in Europe/Lis" in card.text
    with bot.database.snapshot() as session:
        aisha = people.directory(session, 1).by_name("Aisha Rahman")
    assert aisha is not None
    assert aisha.weekdays == {0, 1}
