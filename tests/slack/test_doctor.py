"""What `doctor` finds: nothing where all is well, else what is wrong and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import doctor
from bot.domain.calendars import Nation
from bot.domain.errors import UserError
from bot.rehearsal import RehearsalServer
from bot.rehearsal.running import workspace_of
from bot.services import doctor as inside
from bot.services import group_file, setup
from bot.settings import Settings
from bot.slack import manifest
from storage import groups, migrate
from tests.conversations.commands import environment, free_port, run
from tests.conversations.conftest import CHANNEL, CLEARANCE, SAMPLE
from tests.conversations.crowds import opened
from tests.databases import SqliteFiles
from tests.slack.secured import HOST, Endpoint, Proxy, running
from tests.slack.small_server import a_model

KEY = "imaging"
UNSET = (
    "https_proxy",
    "llm_api_key",
    "llm_base_url",
    "llm_model",
    "no_proxy",
    "slack_signing_secret",
    "ssl_cert_file",
)
SECRETS = ("xoxb-rehearsal-bot", "xapp-rehearsal", "hunter2")


@pytest.fixture
def slack() -> Iterator[RehearsalServer]:
    """The sample group's workspace, with exactly the scopes of app.yaml."""
    workspace = workspace_of(group_file.read_path(SAMPLE, today=date(2022, 5, 12)))
    workspace.configure(scopes=manifest.scopes())
    with RehearsalServer(workspace) as server:
        yield server


@pytest.fixture
def url(slack: RehearsalServer, sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    """A database with the sample group, started."""
    found, now = sqlite_files.new_url(tmp_path), slack.workspace.clock.now()
    with opened(found) as database:
        sample = group_file.read_path(SAMPLE, today=now.date())
        setup.load(database, sample, apply=False, now=now)
        with database.transaction() as session:
            groups.start(session, groups.every(session)[0].id, now=now)
    return found


Examine = Callable[..., list[str]]


@pytest.fixture
def examine(slack: RehearsalServer, url: str) -> Examine:
    """What the doctor says that is not ok, with these settings and so many seconds off."""

    def ask(*, ahead: float = 0, group: str | None = None, **changed: str) -> list[str]:
        app = slack.workspace.app
        values = {
            "slack_bot_token": app.bot_token,
            "slack_app_token": app.app_token,
            "slack_api_url": slack.url,
            "database_url": url,
        }
        unset = dict.fromkeys(UNSET, "")
        given: dict[str, Any] = {"_env_file": None, **unset, **values, **changed}
        settings = Settings(**given)
        now = slack.workspace.clock.now() + timedelta(seconds=ahead)
        findings = doctor.examine(settings, group, now=now)
        assert not any(secret in each.line for each in findings for secret in SECRETS)
        assert all(each.mend or each.found for each in findings if each.state != "ok")
        return [each.line for each in findings if each.state != "ok"]

    return ask


def one(lines: list[str], start: str) -> str:
    """The one line that begins like this."""
    (found,) = [line for line in lines if line.startswith(start)]
    return found


def test_a_healthy_installation_has_nothing_wrong(examine: Examine) -> None:
    found = examine()

    # The sample group has somebody who is in no workspace, and this is a rehearsal.
    assert [line.partition(":")[0] for line in found] == [
        "look  rehearsal",
        "look  group imaging, people",
    ]


def test_a_missing_scope_is_named_with_its_feature(
    slack: RehearsalServer, examine: Examine
) -> None:
    slack.workspace.configure(
        scopes=manifest.scopes() - {"files:write"} | {"users:read", "team:read"}
    )

    found = examine()

    assert one(found, "wrong scope files:write") == (
        "wrong scope files:write: it is missing, for: Bringing drafts of letters, with their "
        "annexes and findings, and the exported register; taking away a file whose words were "
        "removed. Install the app again from app.yaml, and take over its new token."
    )
    assert "nothing needs team:read, users:read." in one(found, "look  scopes")


def test_the_manifest_names_a_feature_for_every_scope() -> None:
    features = manifest.features()

    assert set(features) == manifest.scopes()
    assert all(feature.endswith(".") for feature in features.values())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slack_bot_token": ""}, "SLACK_BOT_TOKEN: it is not set. Put the token that begins"),
        ({"slack_bot_token": "xapp-hunter2"}, "SLACK_BOT_TOKEN: it does not begin with xoxb-."),
        ({"slack_bot_token": "xoxb-hunter2"}, "SLACK_BOT_TOKEN is not valid: copy it again"),
        ({"slack_app_token": ""}, "SLACK_APP_TOKEN: it is not set."),
        ({"slack_app_token": "xapp-hunter2"}, "SLACK_APP_TOKEN is not valid: copy it again"),
    ],
)
def test_a_token_that_will_not_do(examine: Examine, changed: dict[str, str], said: str) -> None:
    assert said in one(examine(**changed), f"wrong {next(iter(changed)).upper()}")


def test_without_an_app_token_the_signing_secret_will_do(examine: Examine) -> None:
    found = examine(slack_app_token="", slack_signing_secret="hunter2")

    assert not [line for line in found if "TOKEN" in line]


@pytest.mark.parametrize(("ahead", "how"), [(90, "90 s ahead of"), (-90, "90 s behind")])
def test_a_clock_that_is_off(examine: Examine, ahead: float, how: str) -> None:
    assert f"this machine's is {how} Slack's. Set it by NTP" in one(
        examine(ahead=ahead), "wrong clock"
    )


def test_a_channel_the_bot_is_not_in(slack: RehearsalServer, examine: Examine) -> None:
    workspace = slack.workspace
    workspace.channels[CHANNEL].members.remove(workspace.app.bot_user_id)

    assert "the bot is not in C0IMAGING. Invite it" in one(
        examine(group=KEY), "wrong group imaging, channel"
    )


def test_a_clearance_channel_that_is_not_private_to_those_who_clear(
    slack: RehearsalServer, examine: Examine
) -> None:
    channel = slack.workspace.channels[CLEARANCE]
    channel.kind, channel.is_pending_ext_shared = "public", True
    channel.members.append("UAISHA")

    found = [line for line in examine() if "clearance channel" in line]

    assert len(found) == 3
    assert "it is public: anybody may read along." in found[0]
    assert "shared with another organisation, or an invitation is pending" in found[1]
    assert "1 in it have no role that sees drafts (UAISHA)." in found[2]


@pytest.mark.parametrize(
    ("database_url", "said"),
    [
        ("sqlite:////nowhere/at/all/f.db", "wrong disk: /nowhere/at/all does not exist."),
        ("sqlite:///absent.db", "look  database: absent.db does not exist yet. Load a group"),
        ("mysql://x", "wrong database: DATABASE_URL must start with sqlite:/// (a file)"),
        ("postgresql://bot:hunter2@127.0.0.1:{port}/bot", "wrong database: The database did not"),
    ],
)
def test_a_database_that_will_not_do(examine: Examine, database_url: str, said: str) -> None:
    found = examine(database_url=database_url.format(port=free_port()))

    assert any(line.startswith(said) for line in found), found


def test_a_database_without_its_tables_is_left_as_it_is(examine: Examine, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()

    found = examine(database_url=f"sqlite:///{tmp_path}/empty.db")

    assert "migrations have not been run." in one(found, "look  database")
    with opened(f"sqlite:///{tmp_path}/empty.db") as database:
        assert migrate.missing(database) > 0


def test_a_group_that_does_not_exist_is_said(examine: Examine) -> None:
    with pytest.raises(UserError, match="There is no group 'other'"):
        examine(group="other")


def test_a_group_nobody_of_whose_secretariat_can_be_written_to(
    slack: RehearsalServer, examine: Examine, tmp_path: Path, sqlite_files: SqliteFiles
) -> None:
    tree = {
        "group": {"key": "new", "name": "New", "sponsor": "Board", "ends_on": "2023-03-31"},
        "bodies": [{"key": "nhse", "names": [{"name": "NHS England", "short": "NHSE"}]}],
        "people": [{"name": name, "body": "nhse"} for name in ("Sam Okafor", "Helen Marsh")],
        "roles": [
            {"person": "Sam Okafor", "role": "secretariat", "from": "2022-01-03"},
            {"person": "Helen Marsh", "role": "chair", "from": "2022-01-03"},
        ],
    }
    (tmp_path / "new").mkdir()
    url, now = sqlite_files.new_url(tmp_path / "new"), slack.workspace.clock.now()
    with opened(url) as database:
        file = group_file.read(json.dumps(tree), today=now.date())
        setup.load(database, file, apply=False, now=now)

    found = examine(database_url=url)

    assert "it has not been started" in one(found, "look  group new:")
    assert "nobody in it has a Slack account" in one(found, "wrong group new, secretariat")
    assert "2 of 2 have no Slack account" in one(found, "look  group new, people")


def test_holidays_that_end_within_a_year() -> None:
    known = dict.fromkeys(Nation, 2030) | {Nation.SCOTLAND: 2026}

    found = inside.holidays(date(2026, 3, 1), known)

    assert found.state == "look"
    assert "those of scotland are not known up to 2027." in found.found
    assert "Upgrade the holidays package" in found.mend
    assert all(inside.known_until(nation, date(2026, 3, 1)) >= 2028 for nation in Nation)


def test_a_model_is_asked_where_there_is_one(examine: Examine) -> None:
    def model(url: str) -> list[str]:
        found = examine(llm_base_url=url, llm_api_key="hunter2", llm_model="m")
        return [line for line in found if "model:" in line]

    with a_model("200 OK") as url:
        assert model(url) == []
    with a_model("401 Unauthorized") as url:
        assert "does not take the key (401). Check LLM_API_KEY." in model(url)[0]
    with a_model("404 Not Found") as url:
        assert model(url)[0].startswith("look  model: 127.0.0.1 answers, but not")
    assert "could not be reached" in model(f"http://127.0.0.1:{free_port()}/v1")[0]
    half = examine(llm_base_url="http://127.0.0.1/v1", llm_model="m")
    assert one(half, "wrong model") == (
        "wrong model: LLM_API_KEY not set. Set all of LLM_*, or none."
    )


def test_what_stands_between_us_and_slack_is_named(
    slack: RehearsalServer, examine: Examine, tmp_path: Path
) -> None:
    api = f"https://{HOST}/api/"
    dead = f"http://me:hunter2@127.0.0.1:{free_port()}"

    found = examine(slack_api_url=api, https_proxy=dead)
    assert "could not be reached (Connection refused). Check HTTPS_PROXY" in one(
        found, "wrong proxy"
    )

    (tmp_path / "empty.pem").touch()
    found = examine(ssl_cert_file=str(tmp_path / "empty.pem"))
    assert "holds no certificates" in one(found, "wrong SSL_CERT_FILE")

    endpoint = Endpoint(int(slack.url.split(":")[2].split("/")[0]))
    proxy = Proxy(endpoint.port)
    with running(endpoint), running(proxy):
        found = examine(slack_api_url=api, https_proxy=proxy.url)
    assert "put its PEM file in SSL_CERT_FILE." in one(found, "wrong SLACK_BOT_TOKEN")


def test_the_command_prints_a_line_a_check_or_json_and_fails_where_something_is_wrong(
    slack: RehearsalServer, url: str, tmp_path: Path
) -> None:
    env = environment(slack.workspace, url)

    done = run("doctor", env=env, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {line[:6] for line in done.stdout.splitlines()} == {"ok    ", "look  "}

    done = run("doctor", "--json", env=env | {"SLACK_BOT_TOKEN": "xoxb-no"}, folder=tmp_path)
    assert done.returncode == 1
    assert {"check", "state", "found", "mend"} == set(json.loads(done.stdout)[0])
