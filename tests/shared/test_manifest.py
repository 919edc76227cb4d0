"""The manifest is valid by the published schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft4Validator, Draft7Validator

APP = Path(__file__).parents[2] / "app.yaml"


def manifest() -> Any:
    """As Slack reads it."""
    return yaml.safe_load(APP.read_text(encoding="utf-8"))


def test_the_manifest_is_valid_by_the_schema_of_its_version(shared: Path) -> None:
    path = shared / "slack" / "manifest" / "manifest.schema.2.0.0.json"
    found = Draft7Validator(json.loads(path.read_text())).iter_errors(manifest())

    assert [error.message for error in found] == []
    assert manifest()["_metadata"]["major_version"] == 2


def test_its_parts_are_valid_by_the_other_published_schema(shared: Path) -> None:
    path = shared / "slack" / "manifest" / "schemastore.slack-app-manifest.json"
    found = Draft4Validator(json.loads(path.read_text())).iter_errors(manifest())

    assert [error.message for error in found] == []
