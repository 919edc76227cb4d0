"""A rehearsal workspace that stands until it is stopped, for a bot to be pointed at."""

from __future__ import annotations

import signal
import threading

from bot.rehearsal.server import RehearsalServer


def run(port: int) -> None:
    """Serve, say how to point a bot here, and end on SIGINT or SIGTERM."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with RehearsalServer(port=port) as slack:
        app = slack.workspace.app
        print(f"SLACK_API_URL={slack.url}")
        print(f"CLOCK_URL={slack.clock_url}")
        print(f"SLACK_BOT_TOKEN={app.bot_token}")
        print(f"SLACK_APP_TOKEN={app.app_token}")
        print(f"SLACK_SIGNING_SECRET={app.signing_secret}", flush=True)
        ended.wait()
