"""The bot as `serve` puts it together, in this process, at work in a rehearsal workspace."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from bot import bootstrap
from bot.bootstrap import Bot
from bot.rehearsal.person import Person
from bot.rehearsal.server import RehearsalServer
from bot.rehearsal.workspace import Workspace
from bot.services.group_file import GroupFile
from bot.settings import Settings
from bot.slack.socket_mode import SocketMode
from storage.database import Database


def workspace_of(file: GroupFile) -> Workspace:
    """A workspace with everybody of a group file in the group's channel.

    Its clearance channel, where there is one, has the secretariat, chairs and signatories.
    """
    workspace = Workspace()
    bot = workspace.app.bot_user_id
    accounts: dict[str, list[str]] = {}
    for person in file.contents.people:
        accounts[person.name] = [account.user for account in person.accounts]
        for account in person.accounts:
            if account.team not in workspace.teams:
                workspace.add_team(account.team, account.team.removeprefix("T0").title())
            workspace.add_user(account.user, person.name, team=account.team)
    everybody = [user for users in accounts.values() for user in users]
    group = file.contents.group
    if group.channel:
        workspace.add_channel(group.channel, group.key, members=[*everybody, bot])
    if group.clearance_channel:
        roles = {"secretariat", "chair", "deputy_chair", "signatory", "clearer"}
        names = {role.person for role in file.contents.roles if role.role in roles}
        members = sorted(user for name in names for user in accounts[name])
        workspace.add_channel(
            group.clearance_channel,
            f"{group.key}-clearance",
            members=[*members, bot],
            private=True,
        )
    return workspace


class Running:
    """The bot without its scheduler: `settle` does the sweeps, so that time is the caller's."""

    def __init__(self, slack: RehearsalServer, database_url: str) -> None:
        self.slack = slack
        self._url = database_url
        self._bot: Bot | None = None
        self._way_in: SocketMode | None = None

    @property
    def bot(self) -> Bot:
        """The bot while it runs."""
        if self._bot is None:
            raise RuntimeError("The bot is not running: start it.")
        return self._bot

    @property
    def database(self) -> Database:
        """Its database."""
        return self.bot.database

    @property
    def settings(self) -> Settings:
        """What its environment would hold."""
        app = self.slack.workspace.app
        return Settings(
            _env_file=None,
            slack_bot_token=app.bot_token,
            slack_app_token=app.app_token,
            slack_api_url=self.slack.url,
            database_url=self._url,
        )

    def start(self) -> Self:
        """Assemble and connect, as after a restart."""
        settings = self.settings
        database = bootstrap.open_database(settings)
        self._bot = bootstrap.assemble(settings, database, clock=self.slack.workspace.clock.now)
        self._bot.duties.claim_orphans()
        client = bootstrap.client(settings, settings.slack_app_token, self._bot.context)
        self._way_in = SocketMode(self._bot.app, client, self._bot.reception.gap)
        self._way_in.connect()
        self.slack.wait_for_sockets()
        return self

    def stop(self) -> None:
        """Go away; what Slack has to say meanwhile is not heard."""
        if self._bot is None or self._way_in is None:
            return
        self._way_in.close()
        self._bot.close()
        self._bot = self._way_in = None

    def settle(self) -> None:
        """Until nothing is on its way in and nothing is due."""
        self.slack.settle()
        self.bot.duties.run_all()
        self.slack.settle()

    def advance(self, **parts: float) -> None:
        """Let time pass, and do what it brings."""
        self.slack.advance(timedelta(**parts))
        self.settle()

    def person(self, user_id: str) -> Person:
        """Somebody's hands and eyes."""
        return self.slack.as_user(user_id)
