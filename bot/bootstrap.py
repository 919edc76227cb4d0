"""The composition root: settings, database, clients, app, scheduler; the only wall clock."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from slack_bolt import App

from bot import ending, locks, logs, supervisor
from bot.domain.clock import Clock
from bot.domain.errors import TransientError, UserError
from bot.pulse import Pulse
from bot.scheduler import Scheduler
from bot.services.catching_up import Gap
from bot.services.duties import Duties
from bot.settings import Settings, need
from bot.slack import app as bolt
from bot.slack import files, http, installed, listeners, reaching
from bot.slack.app import Reception
from bot.slack.client import Client
from bot.slack.installed import Installed
from bot.slack.reader import SlackReader
from bot.slack.routes import Table
from bot.slack.sender import SlackSender
from bot.slack.socket_mode import SocketMode
from storage import migrate
from storage.database import Database

logger = logging.getLogger(__name__)

QUIET = ("slack_sdk", "slack_bolt", "httpx", "httpcore", "alembic", "websockets")


def wall_clock() -> datetime:
    """The time it is."""
    return datetime.now(UTC)


def clock_of(settings: Settings) -> Clock:
    """The wall clock, or in a rehearsal the rehearsal's."""
    return _rehearsal_clock(settings.clock_url) if settings.clock_url else wall_clock


def fixed(settings: Settings, now: datetime) -> Clock:
    """A clock that stands still, for `--now`; UserError outside a rehearsal."""
    if not settings.in_rehearsal:
        raise UserError("--now is for rehearsals only: point SLACK_API_URL at 127.0.0.1.")
    if now.tzinfo is None:
        raise UserError("--now needs a time zone, such as 2022-05-16T09:00:00+01:00.")
    return lambda: now


def _rehearsal_clock(url: str) -> Clock:
    http_client = httpx.Client(trust_env=False, timeout=5)

    def now() -> datetime:
        try:
            told = http_client.get(url).json()["now"]
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise TransientError(
                f"The clock at CLOCK_URL did not answer ({type(error).__name__}): start the "
                "rehearsal, or remove CLOCK_URL."
            ) from error
        return datetime.fromisoformat(told)

    return now


def start_logging(settings: Settings) -> None:
    """Keys and ids to stderr; the libraries speak only of errors, and only of their kind."""
    logs.start(as_json=settings.log_format == "json")
    quieten()


def quieten() -> None:
    """The libraries speak only of errors."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)


def database_of(settings: Settings) -> Database:
    """The database as it is, and where removals are noted outside it."""
    noted = Path(settings.removals_file) if settings.removals_file else None
    return Database(settings.database_url, removals=noted)


def open_database(settings: Settings) -> Database:
    """The database with its tables brought up to date; DatabaseError where it cannot be reached."""
    database = database_of(settings)
    migrate.upgrade(database)
    return database


def look_at_database(settings: Settings) -> Database:
    """The database as it is, for whoever only looks; UserError where there is none yet."""
    database = Database(settings.database_url)
    if database.path is not None and not database.path.exists():
        raise UserError(f"There is no database at {database.path}: check DATABASE_URL.")
    return database


def client(settings: Settings, token: str, context: ssl.SSLContext) -> Client:
    """A client of the Slack in the settings, through the proxy in the settings."""
    return Client(
        token,
        base_url=settings.slack_api_url,
        context=context,
        proxy=None if settings.in_rehearsal else settings.https_proxy,
        no_proxy=settings.no_proxy,
    )


@dataclass(frozen=True, kw_only=True)
class Bot:
    """The whole bot, assembled and not yet started."""

    settings: Settings
    database: Database
    client: Client
    reception: Reception
    duties: Duties
    scheduler: Scheduler
    app: App
    context: ssl.SSLContext
    pulse: Pulse | None = None

    def end(self, first: Callable[[], None] = lambda: None) -> None:
        """`close`, of a bot that has begun: the log and whoever supervises it hear of it first."""
        self.duties.ending.set()
        logger.info("ending")
        supervisor.ending()
        self.close(first)

    def close(self, first: Callable[[], None] = lambda: None) -> None:
        """Begin nothing more, end what runs (`first` before the rest), let go of what is held."""
        self.duties.ending.set()
        hung = threading.Timer(ending.HANGS, self.client.abort)
        hung.daemon = True
        hung.start()
        try:
            first()
            self.scheduler.stop()
        finally:
            hung.cancel()
        if self.pulse is not None:
            self.pulse.close()
        self.client.close()
        self.database.dispose()


def assemble(
    settings: Settings,
    database: Database,
    *,
    clock: Clock | None = None,
    table: Table = listeners.table,
    signing_secret: str = "",
) -> Bot:
    """Put everything together; asks Slack once who we are."""
    context = reaching.context(settings.ssl_cert_file)
    web, me = _introduce(settings, context)
    clock = clock or clock_of(settings)
    gap, woken = Gap(), _Later()
    reception = Reception(
        database=database,
        client=web,
        installed=me,
        clock=clock,
        table=table,
        gap=gap,
        woke=woken,
        rehearsal=settings.in_rehearsal,
    )
    duties = _duties(reception, web)
    pulse = _pulse(settings, database, clock, context)
    scheduler = Scheduler(
        duties,
        wall=wall_clock,
        pulse=pulse.beat if pulse else None,
        beat=supervisor.alive,
    )
    woken.call = scheduler.wake
    return Bot(
        settings=settings,
        database=database,
        client=web,
        reception=reception,
        duties=duties,
        scheduler=scheduler,
        app=bolt.build(reception, signing_secret=signing_secret),
        context=context,
        pulse=pulse,
    )


def _duties(reception: Reception, web: Client) -> Duties:
    """What the bot does by itself, with the database, client and gap of what comes in."""
    return Duties(
        database=reception.database,
        sender=SlackSender(lambda _team: web, reception.installed),
        reader=SlackReader(web),
        files=files.SlackFiles(lambda _team: web),
        hear=reception.hear,
        gap=reception.gap,
        clock=reception.clock,
        reports_downtime=not reception.rehearsal,
    )


def _pulse(
    settings: Settings, database: Database, clock: Clock, context: ssl.SSLContext
) -> Pulse | None:
    """What tells HEARTBEAT_URL that all is well, where there is such an address."""
    if not settings.heartbeat_url:
        return None
    proxy = None
    if not settings.in_rehearsal:
        host = urlsplit(settings.heartbeat_url).hostname or ""
        proxy = reaching.proxy_for(
            host, https_proxy=settings.https_proxy, no_proxy=settings.no_proxy
        )
    through = reaching.http_proxy(proxy, context)
    return Pulse(settings.heartbeat_url, database, clock, context, through)


def _introduce(settings: Settings, context: ssl.SSLContext) -> tuple[Client, Installed]:
    """The bot's client, and who Slack says that it is."""
    token = need(settings, "slack_bot_token", "the bot token from the app's page (xoxb-…)")
    web = client(settings, token, context)
    return web, installed.ask(web)


class _Later:
    """Calls what is only known once everything is put together."""

    call: Callable[[], None] = staticmethod(lambda: None)

    def __call__(self) -> None:
        self.call()


def serve(settings: Settings) -> None:
    """Run over Socket Mode until told to end (SIGTERM or SIGINT)."""
    app_token = need(settings, "slack_app_token", "the app-level token (xapp-…)")
    end = ending.Ending()
    end.listen()
    with locks.alone(settings.database_url) as held:
        bot = assemble(settings, open_database(settings))
        if held:
            bot.duties.claim_orphans()
        web = client(settings, app_token, bot.context)
        way_in = SocketMode(bot.app, web, bot.reception.gap)
        try:
            way_in.connect()
            _begin(bot)
            end.wait()
        finally:
            bot.end(way_in.close)


def _begin(bot: Bot) -> None:
    bot.scheduler.start()
    logger.info("ready")
    supervisor.ready()


def serve_http(settings: Settings, address: str) -> None:
    """Run over signed HTTP at HOST:PORT, until told to end."""
    secret = need(settings, "slack_signing_secret", "the signing secret from the app's page")

    def make() -> tuple[http.Wsgi, Callable[[], None]]:
        bot = assemble(settings, open_database(settings), signing_secret=secret)
        if held:
            bot.duties.claim_orphans()
        _begin(bot)
        return http.wsgi(bot.app, bot.database, clock_of(settings)), bot.end

    http.check(address)
    with locks.alone(settings.database_url) as held:
        # What is wrong is said here, once, and not by a worker that fails to boot.
        assemble(settings, open_database(settings), signing_secret=secret).close()
        http.Server(address, make).run()


def sweep(settings: Settings, *, now: datetime | None = None) -> None:
    """Every sweep once, delivery until nothing is due."""
    clock = fixed(settings, now) if now else clock_of(settings)
    with locks.if_alone(settings.database_url) as held:
        bot = assemble(settings, open_database(settings), clock=clock)
        try:
            if held:
                bot.duties.claim_orphans()
            bot.duties.run_all()
        finally:
            bot.close()
