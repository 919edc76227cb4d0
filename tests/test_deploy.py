"""What the unit, the container and the page on running it promise is so."""

from __future__ import annotations

import re
import shlex
import tomllib
from configparser import RawConfigParser
from itertools import pairwise
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from bot import VERSION, ending
from bot.cli import cli
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
MENTION = re.compile(r"python -m bot ([a-z-]+)(?: ([a-z]+)\b)?")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    """Every command, those of two words too."""
    group = typer.main.get_command(cli)
    assert isinstance(group, TyperGroup)
    found = set(group.commands)
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            found |= {f"{name} {below}" for below in command.commands}
    return found


@pytest.fixture(scope="module")
def unit() -> RawConfigParser:
    """The systemd unit; where a name stands twice, both its values, a line each."""
    parsed = RawConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[method-assign,assignment]
    text = (ROOT / "deploy" / "followthrough.service").read_text()
    seen: dict[str, int] = {}
    lines = []
    for line in text.splitlines():
        name = line.partition("=")[0]
        if "=" in line and not line.startswith("#"):
            seen[name] = seen.get(name, 0) + 1
            line = line if seen[name] == 1 else f"{name}.{seen[name]}{line[len(name) :]}"
        lines.append(line)
    parsed.read_string("\n".join(lines))
    return parsed


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's, in order, with their continued lines joined."""
    text = (ROOT / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def test_every_command_that_the_pages_name_exists() -> None:
    known = commands()
    said = RUNNING + (ROOT / "README.md").read_text(encoding="utf-8")

    named = {
        f"{first} {second}" if any(c.startswith(f"{first} ") for c in known) else first
        for first, second in MENTION.findall(said)
        if not first.startswith("-")
    }

    assert {"doctor", "serve", "init"} <= named
    assert named <= known


def test_every_setting_stands_on_the_page_and_nothing_else() -> None:
    told = RUNNING.split("## The environment")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in told.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}

    ours = {name.upper() for name in Settings.model_fields}
    assert named == ours


def test_every_file_that_the_page_names_exists() -> None:
    names = set(re.findall(r"\b((?:deploy|samples|requirements)/[\w./-]+\w)", RUNNING))

    assert names
    assert all((ROOT / name).exists() for name in names)


def test_the_unit_starts_the_bot_and_gives_it_the_time_it_takes_to_end(
    unit: RawConfigParser,
) -> None:
    service = unit["Service"]
    python, *rest = shlex.split(service["ExecStart"])

    assert rest[:2] == ["-m", "bot"]
    assert rest[2] in commands()
    assert python.startswith(service["Environment"].split()[0].partition("=")[2])
    assert service["Type"] == "notify"
    assert int(service["TimeoutStopSec"]) > ending.PATIENCE
    # The sweeps beat each minute: four may fail to come before it is started again.
    assert int(service["WatchdogSec"]) >= 4 * 60


def test_the_unit_lets_the_bot_write_its_state_and_nothing_else(unit: RawConfigParser) -> None:
    service = unit["Service"]

    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "DynamicUser"):
        assert service[name] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert "ReadWritePaths" not in service
    state = f"/var/lib/{service['StateDirectory']}"
    assert service["WorkingDirectory"] == state
    # A dynamic user has no home, and Bolt does not start without one.
    assert f"HOME={state}" in service["Environment"].split()
    assert service["Environment.2"] == f"DATABASE_URL=sqlite:///{state}/followthrough.db"
    assert "AF_UNIX" in service["RestrictAddressFamilies"]  # systemd is told over one
    assert service["Restart"] == "on-failure"
    assert "EnvironmentFile" in service


def test_a_command_beside_the_unit_runs_as_the_unit_does(unit: RawConfigParser) -> None:
    told = RUNNING.replace("\\\n", " ")
    [command] = [line for line in told.splitlines() if line.strip().startswith("systemd-run ")]
    words, service = shlex.split(command), unit["Service"]

    given = {after for before, after in pairwise(words) if before == "-p"}
    assert {name for name, _, _ in (each.partition("=") for each in given)} >= {
        *("User", "DynamicUser", "StateDirectoryMode", "UMask", "EnvironmentFile"),
    }
    assert all(service[name] == value for name, _, value in (g.partition("=") for g in given))
    told_besides = {after for before, after in pairwise(words) if before == "-E"}
    ours = {*service["Environment"].split(), service["Environment.2"]}
    assert ours - told_besides == {"PYTHONDONTWRITEBYTECODE=1"}
    assert " ".join(words).count(" ".join(shlex.split(service["ExecStart"])[:3])) == 1


def test_the_container_copies_what_exists_and_what_its_builder_is_given() -> None:
    given = (ROOT / ".dockerignore").read_text().splitlines()
    copied = [value.split()[0] for name, value in instructions() if name == "COPY"]

    assert all((ROOT / path).exists() for path in copied)
    assert all(f"!{path}" in given for path in copied)
    assert {"bot", "storage", "app.yaml"} <= set(copied)


def test_the_container_installs_by_hash_and_runs_as_nobody_who_matters() -> None:
    found = instructions()
    names = [name for name, _ in found]
    last = dict(found)

    assert last["FROM"] == "docker.io/library/python:3.11-slim"
    assert any("--require-hashes -r requirements/run.txt" in v for n, v in found if n == "RUN")
    assert int(last["USER"]) > 1_000
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert last["VOLUME"] == last["WORKDIR"] == "/data"
    assert "DATABASE_URL=sqlite:////data/" in last["ENV"]
    assert last["STOPSIGNAL"] == "SIGTERM"


def test_the_container_is_built_in_the_form_that_keeps_its_health_check() -> None:
    told = RUNNING + (ROOT / "Containerfile").read_text()
    built = [line for line in told.splitlines() if "podman build" in line]

    assert len(built) == 2
    assert all("podman build --format docker -f Containerfile" in line for line in built)


def test_the_container_compiles_all_that_it_copies_before_it_may_no_longer_write() -> None:
    found = instructions()
    compiled = found.index(("RUN", "python -m compileall -q /app"))
    copied = [place for place, (name, _) in enumerate(found) if name == "COPY"]

    assert max(copied) < compiled < [name for name, _ in found].index("USER")


def test_the_container_runs_commands_that_exist() -> None:
    last = dict(instructions())
    begun = re.findall(r'"([^"]+)"', last["ENTRYPOINT"])
    health = re.findall(r'"([^"]+)"', last["HEALTHCHECK"].split("CMD")[1])

    assert begun == health[:3] == ["python", "-m", "bot"]
    assert re.findall(r'"([^"]+)"', last["CMD"])[0] in commands()
    assert health[3] in commands()


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == VERSION
