"""Somebody without an account: an e-mail, then a seat, claimed from another organisation."""

from __future__ import annotations

from typing import Any

from bot.rehearsal import Workspace, words
from bot.rehearsal.model import Message
from tests.conversations.conftest import CHANNEL, CLEARANCE, OWNER, SECRETARY, Running

OUTSIDER, PETER = "UOUTSIDE", "UPETER"


def has(message: Message, action: str) -> bool:
    return any(
        element.get("action_id", "").partition("#")[0] == action
        for block in message.blocks
        for element in block.get("elements", [])
        if isinstance(element, dict)
    )


def latest(bot: Running, user: str, action: str, where: str | None = None) -> Message:
    person = bot.person(user)
    said = person.sees(where) if where else person.inbox()
    return [m for m in said if has(m, action)][-1]


def join(workspace: Workspace, user: str, name: str, team: str) -> None:
    """Somebody of another organisation comes into the group's channel."""
    if team not in workspace.teams:
        workspace.add_team(team, team)
    workspace.add_user(user, name, team=team)
    workspace.join(workspace.channel(CHANNEL), workspace.user(user))


def claim(bot: Running, user: str, name: str) -> Any:
    """The button in the channel, and the modal that it opens."""
    person = bot.person(user)
    assert person.press(latest(bot, user, "seat.claim", CHANNEL), "seat.claim") == ""
    modal = person.modal()
    assert modal is not None
    person.submit(modal, {"name": name, "email": "p.lowe@example.org"})
    bot.settle()
    shown = person.modal()
    assert shown is not None
    return shown.body


def errand(bot: Running) -> Message:
    return latest(bot, SECRETARY, "seat.sent", CLEARANCE)


def test_start_gives_the_secretariat_an_e_mail_to_send(bot: Running) -> None:
    bot.begin()

    said = words(errand(bot))
    assert "Peter Lowe (providers) has no Slack account here. Please send them this" in said
    assert "nothing about patients" in said
    assert "A-14" in said
    bot.person(SECRETARY).press(errand(bot), "seat.sent")
    bot.settle()
    assert "Settled by Sam Okafor" in "".join(
        words(m) for m in bot.person(SECRETARY).sees(CLEARANCE)
    )


def test_an_outsider_claims_their_seat_and_is_introduced_once(
    bot: Running, workspace: Workspace
) -> None:
    bot.begin()
    join(workspace, PETER, "Peter", "TPROVIDERS")
    asked = latest(bot, PETER, "seat.claim", CHANNEL)
    assert "Peter" not in words(asked)

    shown = claim(bot, PETER, "Peter Lowe")

    assert "The secretariat will confirm it." in str(shown)
    bot.person(SECRETARY).press(latest(bot, SECRETARY, "seat.confirm", CLEARANCE), "seat.confirm")
    bot.settle()
    bot.advance(days=3)
    intros = [m for m in bot.person(PETER).inbox() if "I am Followthrough" in words(m)]
    assert len(intros) == 1
    assert has(intros[0], "intro.mine")
    bot.person(PETER).press(intros[0], "intro.mine")
    bot.settle()
    assert "is yours" in words(bot.person(PETER).inbox()[-1])


def test_a_seat_confirmed_for_the_wrong_account_is_taken_back(
    bot: Running, workspace: Workspace
) -> None:
    bot.begin()
    join(workspace, OUTSIDER, "Olive", "TOTHER2")
    claim(bot, OUTSIDER, "Olive Tree")
    secretary = bot.person(SECRETARY)
    secretary.press(latest(bot, SECRETARY, "seat.who", CLEARANCE), "seat.who")
    modal = secretary.modal()
    assert modal is not None
    [option] = modal.body["blocks"][0]["element"]["options"]
    assert option["text"]["text"] == "Peter Lowe (providers)"
    secretary.submit(modal, {"person": option["value"]})
    bot.settle()

    secretary.press(latest(bot, SECRETARY, "seat.take_back"), "seat.take_back")
    bot.settle()

    bot.person(OUTSIDER).tell("status mine")
    bot.settle()
    assert "I only answer members" in words(bot.person(OUTSIDER).inbox()[-1])
    assert "Peter Lowe (providers) has no Slack account here." in words(errand(bot))


def decline(bot: Running) -> None:
    """The owner says that their first item is not theirs, and why."""
    owner = bot.person(OWNER)
    intro = latest(bot, OWNER, "intro.not_mine")
    value = next(
        element["value"]
        for block in intro.blocks
        for element in block.get("elements", [])
        if element.get("action_id", "").startswith("intro.not_mine")
    )
    owner.press(intro, "intro.not_mine", value=value)
    modal = owner.modal()
    assert modal is not None
    owner.submit(modal, {"words": "Grace runs this now."})
    bot.settle()


def test_a_deactivated_owner_is_handed_over_and_the_new_one_accepts(
    bot: Running, workspace: Workspace
) -> None:
    bot.begin()
    decline(bot)
    workspace.user(OWNER).deleted = True
    secretary = bot.person(SECRETARY)
    secretary.press(latest(bot, SECRETARY, "owner.ask", CLEARANCE), "owner.ask")
    bot.settle()
    offer = latest(bot, SECRETARY, "handover.open")
    assert "could not deliver a message to Aisha Rahman" in words(offer)

    secretary.press(offer, "handover.open")
    modal = secretary.modal()
    assert modal is not None
    fields = {block["block_id"]: block for block in modal.body["blocks"] if "block_id" in block}
    grace = next(
        option["value"]
        for option in fields["to"]["element"]["options"]
        if option["text"]["text"].startswith("Grace Adeyemi")
    )
    secretary.submit(modal, {"to": grace, "reason": "Aisha has left."})
    bot.settle()

    asked = latest(bot, "UGRACE", "handover.accept")
    assert "what Aisha Rahman (NHS England) had: 2 action items" in words(asked)
    bot.person("UGRACE").press(asked, "handover.accept")
    bot.settle()
    assert "Thank you: A-04 and A-07 are yours." in words(bot.person("UGRACE").inbox()[-1])


def test_an_owner_declines_with_a_reason_and_it_is_given_to_another(bot: Running) -> None:
    bot.begin()
    secretary = bot.person(SECRETARY)
    decline(bot)

    shown = latest(bot, SECRETARY, "owner.give", CLEARANCE)
    assert "Reason: It is somebody else’s work." in words(shown)
    assert "Grace runs this now." in words(shown)
    secretary.press(shown, "owner.give")
    give = secretary.modal()
    assert give is not None
    options = give.body["blocks"][1]["element"]["options"]
    grace = next(o["value"] for o in options if o["text"]["text"].startswith("Grace"))
    secretary.submit(give, {"person": grace})
    bot.settle()
    assert "yours?" in words(latest(bot, "UGRACE", "intro.mine"))
