"""Proxies and private authorities: all goes through them, or a sentence says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App

from bot import bootstrap
from bot.domain.errors import TransientError, UserError
from bot.rehearsal import RehearsalServer, buttons, words
from bot.rehearsal.running import Running
from bot.services.catching_up import Gap
from bot.settings import Settings
from bot.slack import http
from bot.slack.client import Client
from bot.slack.reaching import context
from bot.slack.socket_mode import SocketMode
from bot.slack.web import call
from tests.conversations.commands import Serving, environment, free_port, run
from tests.conversations.crowds import begin, crowd, nudges_to, owner, served, utc
from tests.databases import SqliteFiles
from tests.slack.secured import AUTHORITY, HOST, Endpoint, Proxy, running
from tests.slack.small_server import serving

DAY, DUE = date(2022, 5, 16), date(2022, 5, 31)
API = f"https://{HOST}/api/"
SECRET = "a p@ss/word"
WANTS = f"followthrough:{SECRET}"
IN_URL = "followthrough:a%20p%40ss%2Fword"


@pytest.fixture
def slack() -> Iterator[RehearsalServer]:
    """A workspace with one owner, whose item is due in two weeks, known as https://slack.test."""
    with served(crowd([DUE], today=DAY), utc(DAY, 8, 5)) as server:
        yield server


def plain_port(slack: RehearsalServer) -> int:
    return int(slack.url.split(":")[2].split("/")[0])


@pytest.fixture
def started(slack: RehearsalServer, sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    """The group's database, the group started."""
    url = sqlite_files.new_url(tmp_path)
    begin(slack, url, crowd([DUE], today=DAY))
    return url


Leads = Callable[..., Proxy]


@pytest.fixture
def proxy(slack: RehearsalServer) -> Iterator[Leads]:
    """Makes a proxy which leads to the workspace behind TLS, and to nothing else."""
    with ExitStack() as stack:

        def make(*, secure: bool = False, wants: str = "", status: int = 200) -> Proxy:
            endpoint = Endpoint(plain_port(slack))
            stack.enter_context(running(endpoint))
            found = Proxy(endpoint.port, secure=secure, wants=wants, status=status)
            stack.enter_context(running(found))
            slack.workspace.base_url = f"https://{HOST}/"
            return found

        yield make


def address(proxy: Proxy) -> str:
    """Its address with the name and password that it wants."""
    return proxy.url.replace("://", f"://{IN_URL}@")


class Outside(Running):
    """The bot as in a workplace: Slack by name, through a proxy, with a private authority."""

    def __init__(self, slack: RehearsalServer, database_url: str, https_proxy: str) -> None:
        super().__init__(slack, database_url)
        self._proxy = https_proxy

    @property
    def settings(self) -> Settings:
        """With TLS and the proxy."""
        app = self.slack.workspace.app
        return Settings(
            _env_file=None,
            slack_bot_token=app.bot_token,
            slack_app_token=app.app_token,
            slack_api_url=API,
            database_url=self._url,
            https_proxy=self._proxy,
            ssl_cert_file=str(AUTHORITY),
        )


def answer_the_nudge(slack: RehearsalServer, settle: Callable[[], None]) -> None:
    """A day later the owner is nudged, says by button how it goes, and reads the echo."""
    settle()
    *_, nudge = nudges_to(slack, 1)
    on_track = next(b for b in buttons(nudge) if b["text"]["text"] == "On track")
    person = slack.as_user(owner(1))
    assert person.press(nudge, on_track["action_id"], value=on_track["value"]) == ""
    settle()
    assert any("Recorded" in words(message) for message in person.inbox())


@pytest.mark.parametrize("secure", [False, True])
def test_a_nudge_is_sent_and_answered_over_socket_mode(
    slack: RehearsalServer, started: str, proxy: Leads, secure: bool
) -> None:
    leads = proxy(secure=secure, wants=WANTS)
    bot = Outside(slack, started, address(leads)).start()
    try:
        slack.advance(days=1)
        answer_the_nudge(slack, bot.settle)
    finally:
        bot.stop()

    assert set(leads.asked) == {f"CONNECT {HOST}:443"}


@contextmanager
def by_http(slack: RehearsalServer, url: str, https_proxy: str) -> Iterator[bootstrap.Bot]:
    """The bot as `serve --http` puts it together, in this process."""
    settings = Outside(slack, url, https_proxy).settings
    bot = bootstrap.assemble(
        settings,
        bootstrap.open_database(settings),
        clock=slack.workspace.clock.now,
        signing_secret=slack.workspace.app.signing_secret,
    )
    with serving(http.wsgi(bot.app, bot.database, slack.workspace.clock.now)) as address:
        slack.workspace.configure(request_url=f"{address}/slack/events")
        yield bot
    bot.close()


def test_a_nudge_is_sent_and_answered_over_http(
    slack: RehearsalServer, started: str, proxy: Leads
) -> None:
    leads = proxy(wants=WANTS)
    with by_http(slack, started, address(leads)) as bot:
        slack.advance(days=1)

        def settle() -> None:
            slack.settle()
            bot.duties.run_all()

        answer_the_nudge(slack, settle)

    assert set(leads.asked) == {f"CONNECT {HOST}:443"}


def refusal(https_proxy: str, *, cert: str = str(AUTHORITY), no_proxy: str = "") -> str:
    """What a call says that cannot get through."""
    client = Client(
        "xoxb-x", base_url=API, context=context(cert), proxy=https_proxy, no_proxy=no_proxy
    )
    with pytest.raises(TransientError) as caught:
        call(client, "auth.test")
    client.close()
    return str(caught.value)


def test_an_unknown_authority_is_named_with_where_to_put_it(proxy: Leads) -> None:
    assert refusal(proxy().url, cert="") == (
        "Slack could not be reached for auth.test: slack.test: its certificate is signed by an "
        "authority that this machine does not know: put its PEM file in SSL_CERT_FILE."
    )


def test_an_unknown_authority_may_be_that_of_the_proxy(proxy: Leads) -> None:
    leads = proxy(secure=True)

    said = refusal(leads.url, cert="")

    assert f"slack.test or the proxy 127.0.0.1:{leads.port}: its certificate is signed by" in said


def test_a_proxy_that_asks_for_a_password_is_told_apart(proxy: Leads) -> None:
    said = refusal(proxy(wants=WANTS).url.replace("://", "://somebody:else@"))

    assert "asks for a name and password" in said
    assert "as http://NAME:PASSWORD@HOST:PORT." in said
    assert "somebody" not in said


def test_a_proxy_that_refuses_slack_is_told_apart(proxy: Leads) -> None:
    said = refusal(proxy(status=403).url)

    assert "does not let us through to slack.test (403): ask whoever keeps it to allow" in said


def test_a_proxy_out_of_reach_is_told_apart() -> None:
    said = refusal(f"http://{IN_URL}@127.0.0.1:{free_port()}")

    assert "the proxy 127.0.0.1:" in said
    assert "could not be reached (Connection refused): check HTTPS_PROXY" in said
    assert "followthrough" not in said


def socket_mode(slack: RehearsalServer, *, base_url: str, proxy: str, no_proxy: str) -> SocketMode:
    client = Client(
        slack.workspace.app.app_token,
        base_url=base_url,
        context=context(str(AUTHORITY)),
        proxy=proxy,
        no_proxy=no_proxy,
    )
    return SocketMode(App(client=client, token_verification_enabled=False), client, Gap())


def test_no_proxy_holds_for_the_socket_too(slack: RehearsalServer) -> None:
    """Nobody listens at the proxy; TLS is told by the address, and not by its port."""
    with running(endpoint := Endpoint(plain_port(slack))):
        slack.workspace.base_url = f"https://127.0.0.1:{endpoint.port}/"
        way_in = socket_mode(
            slack,
            base_url=f"{slack.workspace.base_url}api/",
            proxy=f"http://127.0.0.1:{free_port()}",
            no_proxy="localhost,127.0.0.1",
        )
        way_in.connect()
        slack.wait_for_sockets()
        way_in.close()


@pytest.mark.parametrize(
    ("options", "said"),
    [({"status": 403}, "does not let us through to slack.test (403)"), ({"wants": WANTS}, "(407)")],
)
def test_a_socket_that_gets_no_tunnel_says_why(
    slack: RehearsalServer, proxy: Leads, options: dict[str, Any], said: str
) -> None:
    base = slack.url
    leads = proxy(**options)
    way_in = socket_mode(
        slack,
        base_url=base,
        proxy=leads.url.replace("://", "://somebody:else@"),
        no_proxy="127.0.0.1",
    )

    with pytest.raises(TransientError) as caught:
        way_in.connect()
    way_in.close()

    assert str(caught.value).startswith("Socket Mode cannot connect: the proxy 127.0.0.1:")
    assert said in str(caught.value)
    assert "somebody" not in str(caught.value)


def test_a_certificate_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")

    with pytest.raises(UserError, match="holds no certificates: name a file in PEM form"):
        context(str(tmp_path / "empty.pem"))
    with pytest.raises(UserError, match="cannot be read"):
        context(str(tmp_path / "nowhere.pem"))


def test_the_program_starts_through_the_proxy_and_without_the_authority_says_so(
    slack: RehearsalServer, proxy: Leads, sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    leads = proxy(wants=WANTS)
    url = sqlite_files.new_url(tmp_path)
    env = environment(slack.workspace, url, SLACK_API_URL=API, HTTPS_PROXY=address(leads))
    del env["CLOCK_URL"]

    done = run("serve", env=env, folder=tmp_path)
    assert done.returncode == 1
    assert "put its PEM file in SSL_CERT_FILE." in done.stderr
    assert "Traceback" not in done.stderr

    bot = Serving(env=env | {"SSL_CERT_FILE": str(AUTHORITY)}, folder=tmp_path)
    bot.wait_until_ready()
    slack.wait_for_sockets()
    assert bot.end() == 0
    assert "word" not in bot.log()
