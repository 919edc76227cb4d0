"""Tests against the data beside the checkout; where it is not there, they aren't either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.conftest import (
    bot,
    loaded,
    make_bot,
    sample,
    slack,
    start_bot,
    workspace,
)

__all__ = ["bot", "loaded", "make_bot", "sample", "slack", "start_bot", "workspace"]

SHARED = Path(__file__).parents[3] / "shared"
collect_ignore_glob = [] if SHARED.is_dir() else ["test_*.py"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout."""
    return SHARED
