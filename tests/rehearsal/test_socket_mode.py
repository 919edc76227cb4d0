"""What reaches a Bolt app over Socket Mode, and what people see of its answers."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from bot.rehearsal import CannotActError, RehearsalServer, words
from tests.rehearsal.conftest import BOT, SmallBot, a_modal, button, section


def test_a_direct_message_arrives_once_with_its_words(
    slack: RehearsalServer, bot: SmallBot
) -> None:
    said = slack.as_user("UDANA").tell("done & <dusted>")

    (event,) = bot.events()
    assert (event["text"], event["ts"]) == ("done &amp; &lt;dusted&gt;", said.ts)
    assert (event["channel_type"], event["user"], event["team"]) == ("im", "UDANA", "T0HOME")


def test_a_mention_brings_a_message_and_an_app_mention(
    slack: RehearsalServer, bot: SmallBot
) -> None:
    said = slack.as_user("UDANA").mention("CHOME", "status please")

    assert [e["ts"] for e in bot.events("message")] == [said.ts]
    assert [e["ts"] for e in bot.events("app_mention")] == [said.ts]


def test_where_the_bot_is_not_it_hears_nothing(slack: RehearsalServer, bot: SmallBot) -> None:
    slack.as_user("UPAT").say("CELSE", "among ourselves")

    assert bot.events() == []


def test_the_bot_is_sent_its_own_message(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    client.chat_postMessage(channel="CHOME", text="Good morning")
    slack.settle()

    (delivery,) = slack.workspace.deliveries.all
    assert delivery.payload["event"]["bot_id"] == slack.workspace.app.bot_id
    assert delivery.acked
    assert bot.heard == []  # Bolt leaves out what the app itself said


def test_an_edit_and_a_deletion_are_events_of_their_own(
    slack: RehearsalServer, bot: SmallBot
) -> None:
    dana = slack.as_user("UDANA")
    said = dana.tell("on trak")
    dana.edit(said, "on track")
    dana.delete(said)

    changed, deleted = bot.events()[1:]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == (
        "on track",
        "on trak",
    )
    assert changed["message"]["edited"]["user"] == "UDANA"
    assert deleted["deleted_ts"] == said.ts


def test_an_event_delivered_twice_has_one_id(slack: RehearsalServer, bot: SmallBot) -> None:
    slack.twice()
    slack.as_user("UDANA").tell("once")

    first, second = bot.heard
    assert first["event_id"] == second["event_id"]


def test_an_event_is_tried_three_times_and_never_again(
    slack: RehearsalServer, bot: SmallBot
) -> None:
    bot.failing = 9
    slack.as_user("UDANA").tell("can you hear me?")
    heard = [len(bot.heard)]
    for minutes in (0.9, 0.2, 4, 2, 600):
        slack.advance(minutes=minutes)
        heard.append(len(bot.heard))

    assert heard == [1, 1, 2, 2, 3, 3]
    assert slack.workspace.deliveries.all[0].state == "dropped"


def test_a_retry_that_is_acknowledged_ends_it(slack: RehearsalServer, bot: SmallBot) -> None:
    bot.failing = 1
    slack.as_user("UDANA").tell("again?")
    slack.advance(days=1)

    assert len(bot.heard) == 2
    assert slack.workspace.deliveries.all[0].acked


def test_without_a_socket_events_wait_for_their_next_try(slack: RehearsalServer) -> None:
    slack.as_user("UDANA").tell("anybody there?")
    slack.advance(days=3)

    (delivery,) = slack.workspace.deliveries.all
    assert (delivery.tries, delivery.state) == (3, "dropped")


def test_a_closed_socket_comes_back(slack: RehearsalServer, bot: SmallBot) -> None:
    slack.close_sockets()
    slack.wait_for_sockets()
    slack.as_user("UDANA").tell("still here?")

    assert len(bot.events()) == 1


def test_a_client_asked_to_reconnect_misses_nothing(slack: RehearsalServer, bot: SmallBot) -> None:
    slack.refresh_sockets()
    slack.as_user("UDANA").tell("still here?")
    slack.advance(minutes=1)

    assert {e["text"] for e in bot.events()} == {"still here?"}


def test_after_an_outage_the_retry_arrives(slack: RehearsalServer, bot: SmallBot) -> None:
    slack.down()
    slack.as_user("UDANA").tell("during the outage")
    assert bot.heard == []

    slack.up()
    slack.wait_for_sockets()
    slack.advance(minutes=1)

    assert [e["text"] for e in bot.events()] == ["during the outage"]


@pytest.mark.usefixtures("bot")
def test_a_command_answers_whoever_typed_it(slack: RehearsalServer) -> None:
    dana = slack.as_user("UDANA")
    answer = dana.command("/status", "A-12", "CHOME")

    assert answer.text == "Status of A-12"
    assert [m.text for m in dana.ephemerals()] == ["Status of A-12"]
    assert slack.as_user("UPAT").sees("CHOME") == []


def test_a_command_without_acknowledgement_is_tried_once(
    slack: RehearsalServer, bot: SmallBot
) -> None:
    answer = slack.as_user("UDANA").command("/status", "fail")
    slack.advance(days=1)

    assert answer.error == "operation_timeout"
    assert len(bot.heard) == 1


def test_an_external_person_has_no_commands(slack: RehearsalServer, bot: SmallBot) -> None:
    assert slack.as_user("UREX").command("/status", "A-12", "CSHARED").error
    assert bot.heard == []


def test_a_press_opens_a_modal_that_can_be_sent_in(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    dana = slack.as_user("UDANA")
    blocks = [section("A-12"), {"type": "actions", "elements": [button("ask", value="A-12:1")]}]
    client.chat_postMessage(channel=dana.dm, text="A-12", blocks=blocks)
    slack.settle()
    bot.heard.clear()

    assert dana.press(dana.inbox()[-1], "ask") == ""
    modal = dana.modal()
    assert modal is not None
    assert dana.submit(modal, {}).errors == {"reason": "Please complete this required field."}
    bot.submission_answer = {"response_action": "errors", "errors": {"reason": "Say more."}}
    assert dana.submit(modal, {"reason": "late"}).errors == {"reason": "Say more."}
    bot.submission_answer = {}
    assert dana.submit(modal, {"words": "The vendor is late"}).ok

    assert dana.modal() is None
    pressed, _, sent = bot.heard
    assert pressed["actions"][0]["value"] == "A-12:1"
    assert pressed["message"]["text"] == "A-12"
    value = sent["view"]["state"]["values"]["reason"]["words"]["value"]
    assert value == "The vendor is late"


def test_a_modal_can_be_updated_stacked_and_cleared_by_the_answer(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    dana = slack.as_user("UDANA")
    client.views_open(
        trigger_id=slack.workspace.issue_trigger("UDANA").id, view=a_modal(private_metadata="1")
    )
    for action, metadata in (("update", "2"), ("push", "3")):
        view = a_modal(private_metadata=metadata)
        bot.submission_answer = {"response_action": action, "view": view}
        top = dana.modal()
        assert top is not None
        shown = dana.submit(top, {"reason": "so"}).view
        assert shown is not None
        assert shown.body["private_metadata"] == metadata
    bot.submission_answer = {"response_action": "clear"}
    top = dana.modal()
    assert top is not None
    assert top.previous_view_id == top.root_view_id
    dana.submit(top, {"reason": "so"})

    assert dana.modal() is None


def test_a_modal_put_away_tells_the_app_where_it_asked(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    dana = slack.as_user("UDANA")
    trigger = slack.workspace.issue_trigger("UDANA").id
    client.views_open(trigger_id=trigger, view=a_modal(notify_on_close=True))
    modal = dana.modal()
    assert modal is not None
    dana.close(modal)

    assert [body["type"] for body in bot.heard] == ["view_closed"]
    assert dana.modal() is None


def test_home_opens_with_an_event_and_shows_what_was_published(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    dana = slack.as_user("UDANA")
    assert dana.open_home() is None
    client.views_publish(user_id="UDANA", view={"type": "home", "blocks": [section("Two items")]})
    home = dana.open_home()

    assert home is not None
    assert words(home) == "Two items"
    first, second = bot.events("app_home_opened")
    assert "view" not in first
    assert second["view"]["type"] == "home"


def test_an_external_person_presses_and_submits_as_their_own_team(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    rex = slack.as_user("UREX")
    blocks = [{"type": "actions", "elements": [button("ask")]}]
    client.chat_postMessage(channel="CSHARED", text="Ask", blocks=blocks)
    slack.settle()
    rex.press(rex.sees("CSHARED")[-1], "ask")
    modal = rex.modal()
    assert modal is not None
    rex.submit(modal, {"reason": "so"})

    pressed, sent = bot.heard[-2:]
    assert (pressed["team"]["id"], pressed["user"]["team_id"]) == ("T0HOME", "T2")
    assert (sent["team"]["id"], sent["user"]["team_id"]) == ("T2", "T2")
    assert (sent["view"]["team_id"], sent["view"]["app_installed_team_id"]) == ("T2", "T0HOME")


def test_a_stranger_may_not_write_until_they_share_a_channel(
    slack: RehearsalServer, bot: SmallBot
) -> None:
    maximilian = slack.as_user("UMAX")
    with pytest.raises(CannotActError, match="shares no channel"):
        maximilian.tell("hello")
    maximilian.join("CSHARED")
    maximilian.tell("hello")

    (event,) = bot.events()
    assert (event["user_team"], event["source_team"]) == ("T2", "T2")


def test_a_shortcut_reaches_the_app_with_its_message(slack: RehearsalServer, bot: SmallBot) -> None:
    dana = slack.as_user("UDANA")
    said = dana.say("CHOME", "we owe the college an answer")

    assert dana.shortcut("remind", said) == ""
    assert bot.heard[-1]["message"]["ts"] == said.ts


def test_the_bot_may_join_and_is_told(
    slack: RehearsalServer, bot: SmallBot, client: WebClient
) -> None:
    slack.workspace.configure(events=slack.workspace.app.events | {"member_joined_channel"})
    client.conversations_join(channel="CELSE")
    slack.settle()

    assert [e["user"] for e in bot.events("member_joined_channel")] == [BOT]
