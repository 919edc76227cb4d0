"""A Slack-shaped workspace on the loopback, for conversation tests and the demo.

    with RehearsalServer() as slack:                       # stop() and start() do the same
        slack.workspace.add_user("UDANA", "Dana Reed")
        slack.workspace.add_channel("CGROUP", "imaging", members=["UDANA", BOT])
        client = WebClient("xoxb-rehearsal-bot", base_url=slack.url)  # any real Slack client
        slack.wait_for_sockets()                           # once a SocketModeHandler connects
        dana = slack.as_user("UDANA")
        dana.tell("A-12 is on track")                      # back when the bot has acknowledged
        dana.press(dana.inbox()[-1], "undo")               # a button by its action id
        answer = dana.command("/status", "A-12")           # answer.text, .blocks, .error
        outcome = dana.submit(dana.modal(), {"reason": "The vendor is late"})
        slack.faults.add(method="chat.postMessage", kind="drop_after_acceptance")
        slack.advance(days=3)                              # the clock, and what falls due by it

BOT is `slack.workspace.app.bot_user_id`, the tokens are those of `slack.workspace.app`.
SLACK_API_URL is `slack.url`, CLOCK_URL is `slack.clock_url`.
`workspace.configure(request_url=...)` delivers by signed HTTP
instead of Socket Mode. An external person is `add_user(..., team="T2")` after
`add_team("T2", ...)`. `twice()`, `close_sockets()`, `down()`/`up()` and `faults` make things
go wrong; `calls` says who called what.

Slack's own Socket Mode client notices a closed socket only at its next ping and a cut one
after five, so give SocketModeHandler a short `ping_interval`; and stop the server before
closing the handler, which otherwise waits out a blocking read of three seconds.
"""

from bot.rehearsal.answers import Answer, Submitted
from bot.rehearsal.clock import RehearsalClock
from bot.rehearsal.entries import CannotActError
from bot.rehearsal.faults import Call, Fault
from bot.rehearsal.model import Channel, File, Installation, Message, RefusedError, Team, User, View
from bot.rehearsal.person import Person
from bot.rehearsal.reading import buttons, words
from bot.rehearsal.server import RehearsalServer
from bot.rehearsal.workspace import Workspace

__all__ = [
    "Answer",
    "Call",
    "CannotActError",
    "Channel",
    "Fault",
    "File",
    "Installation",
    "Message",
    "Person",
    "RefusedError",
    "RehearsalClock",
    "RehearsalServer",
    "Submitted",
    "Team",
    "User",
    "View",
    "Workspace",
    "buttons",
    "words",
]
