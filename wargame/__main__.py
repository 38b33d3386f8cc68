"""The program's entry: `python -m wargame`, and the `wargame` command."""

from __future__ import annotations

import os
import sys

from wargame import __version__


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Answered before anything is imported: a tenth of a second matters to a script that asks.
        try:
            print(f"wargame {__version__}", flush=True)
        except OSError as error:
            # What is left in the buffer must not be tried again at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0 if isinstance(error, BrokenPipeError) else f"wargame: {error.strerror}")
        return
    from wargame.cli.app import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
