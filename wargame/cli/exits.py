"""Exit codes, and what a person is told when something ends badly."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

DONE = 0
INPUT = 1
"""The scenario, the save's folder or the input is at fault."""

USAGE = 2
"""The command line or the terminal is at fault."""

TORN, DAMAGED, NEWER, DIFFERS = 3, 4, 5, 6
"""What `verify` says of a save."""

OURS = 70
"""The program's own fault; a crash file is named."""

INTERRUPTED = 130
PIPE = 141


def prepare_streams() -> None:
    """
    Makes printing safe in any locale: what it cannot show becomes a question mark.

    A stream that was closed before the program began reads as ended, and takes what is printed to nowhere.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def drop_output() -> None:
    """Drops what cannot be printed, so that it is not tried again when the program ends with its code."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def explain(error: Exception) -> int:
    """Says on stderr what went wrong, in words for a person; the exit code for it."""
    from wargame.errors import WargameError
    from wargame.text import visible_text

    match error:
        case BrokenPipeError():
            raise error
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort():
            return INTERRUPTED
        case click.ClickException():
            # What was typed may hold line breaks: a usage error stays one line.
            return _say(visible_text(_usage_line(error)), USAGE)
        case WargameError():
            return _say(str(error), INPUT)
        case OSError() if error.filename is not None or error.strerror is not None:
            name = "" if error.filename is None else f"{_name(error.filename)}: "
            return _say(f"{name}{error.strerror or error}", INPUT)
    return _say(crash_notice(error), OURS)


def crash_notice(error: BaseException) -> str:
    """Writes the crash file; the one sentence a person is told."""
    path = write_crash_file(error)
    where = f"the details are in {path}" if path else "no folder would take the details"
    return f"a fault in the program itself ({type(error).__name__}); {where}. Saved games are not touched."


def write_crash_file(error: BaseException) -> Path | None:
    """The file the traceback went to, without values of variables, which may be secrets of a game."""
    from wargame import __version__

    trace = "".join(traceback.format_exception(error))
    text = f"wargame {__version__}, Python {sys.version}\n{sys.platform}\n\n{trace}"
    for folder in _crash_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix="crash-", suffix=".txt", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return Path(name)
    return None


def _crash_folders() -> list[Path]:
    try:
        from platformdirs import user_log_path

        return [user_log_path("wargame"), Path(tempfile.gettempdir())]
    except Exception:
        return [Path(tempfile.gettempdir())]


def _usage_line(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "wargame"
    stop = "" if message.endswith("?") else "."
    return f"{message}{stop} Try '{command} --help'."


def _name(filename: str | bytes | int) -> str:
    return os.fsdecode(filename) if isinstance(filename, (str, bytes)) else str(filename)


def _say(message: str, code: int) -> int:
    from wargame.text import visible_text

    lines = [f"wargame: {visible_text(line)}" for line in message.splitlines() or [""]]
    click.echo("\n".join(lines), err=True)
    return code
