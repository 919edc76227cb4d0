"""A word to systemd, where it started us: ready, alive, ending (sd_notify's protocol)."""

from __future__ import annotations

import contextlib
import os
import socket


def ready() -> None:
    """All is connected and the sweeps run."""
    _tell("READY=1")


def alive() -> None:
    """A sweep has run: not within WatchdogSec, and systemd starts us again."""
    _tell("WATCHDOG=1")


def ending() -> None:
    """On the way out."""
    _tell("STOPPING=1")


def _tell(state: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]  # an abstract socket, which no file stands for
    with (
        contextlib.suppress(OSError),
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock,
    ):
        sock.sendto(state.encode(), address)
