"""Commands that open a game for a person: the start screen and `play`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from wargame.cli import exits
from wargame.cli.lab import SEED

DEFAULT_SCENARIO = "kazakhstan-2022"
DEFAULT_ROLE = "tokayev"


def need_terminal() -> None:
    """
    Refuses a full-screen game where there is no terminal to draw on.

    Raises:
        click.UsageError: If a stream is no terminal, or the terminal cannot place text.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise click.UsageError("the screen needs a terminal; 'wargame play --plain' works without one")
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise click.UsageError("this terminal cannot place text; use 'wargame play --plain', or set TERM")


def open_start_screen() -> int:
    """Opens the start screen; the exit code when it is left."""
    need_terminal()
    from wargame.cli.terminal import run_app
    from wargame.tui.app import WargameApp

    return run_app(WargameApp())
