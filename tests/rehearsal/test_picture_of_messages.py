"""Messages of the rehearsal workspace are drawn with names, times, files and what was pressed."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.domain.messages import say
from bot.rehearsal import RehearsalServer
from bot.rehearsal.picture import Shown, of_messages
from bot.slack.render.messages import to_blocks
from tests.rehearsal.picturing import answers, filled, picture, texts


def test_messages_are_shown_with_names_and_local_times(slack: RehearsalServer) -> None:
    workspace = slack.workspace
    dana = slack.as_user("UDANA")
    dana.tell("<@UPAT> knows; see <#CHOME>", wait=False)

    [shown] = of_messages(workspace, dana.sees(dana.dm))

    assert (shown.name, shown.is_bot) == ("Dana Reed", False)
    assert shown.when == "Monday 16 May 2022, 09:00"
    assert "@Pat Lowe knows; see #imaging" in texts(picture(shown))
    assert "@Pat Lowe knows; see #imaging" in texts(
        picture(Shown(name="D", when="9", is_bot=False, blocks=[], text=shown.text))
    )


def test_the_bot_is_shown_as_an_app_with_what_was_pressed(
    slack: RehearsalServer, client: WebClient
) -> None:
    dm = slack.workspace.dm("UDANA").id
    client.chat_postMessage(
        channel=dm, text="Done?", blocks=to_blocks((say("Done?"), answers("5")))
    )
    seen = slack.as_user("UDANA").inbox()

    [shown] = of_messages(slack.workspace, seen, pressed={seen[0].ts: "reply.done"})

    assert (shown.name, shown.is_bot) == ("Followthrough", True)
    assert filled(picture(shown), label="Done")
    assert "APP" in texts(picture(shown))


def test_files_are_named(slack: RehearsalServer) -> None:
    dana = slack.as_user("UDANA")
    dana.upload(dana.dm, "pathway & plan.pdf", b"%PDF", wait=False)

    shown = of_messages(slack.workspace, dana.sees(dana.dm))

    assert "Attached: pathway & plan.pdf" in texts(picture(*shown))
