"""Time as an argument: the one shape in which anything asks what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Answers an aware instant; only the composition root makes one that reads the wall clock."""
