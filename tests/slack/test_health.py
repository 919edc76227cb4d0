"""GET /health: what something outside alarms on."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt import App

from bot.services.heartbeat import WATCHED
from bot.slack import http
from storage import sweeps
from storage.database import Database
from tests.clock import FakeClock


def ask(database: Database, clock: FakeClock) -> tuple[str, dict[str, Any]]:
    app = App(signing_secret="x", token="xoxb-x", token_verification_enabled=False)
    said: list[str] = []
    environ = {"PATH_INFO": "/health", "REQUEST_METHOD": "GET"}
    answer = http.wsgi(app, database, clock)(environ, lambda status, _headers: said.append(status))
    return said[0], json.loads(b"".join(answer))


def test_it_is_refused_until_every_sweep_runs_and_again_when_one_stands_still(
    database: Database, clock: FakeClock
) -> None:
    assert ask(database, clock)[0] == "503 Service Unavailable"
    with database.transaction() as session:
        for name in WATCHED:
            sweeps.ran(session, name, now=clock())
    status, body = ask(database, clock)
    assert (status, body["ok"], set(body["sweeps"])) == ("200 OK", True, set(WATCHED))

    clock.advance(minutes=6)
    status, body = ask(database, clock)
    assert (status, body["ok"]) == ("503 Service Unavailable", False)
    assert "last ran 6 minutes ago" in body["says"]
