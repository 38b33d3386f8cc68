"""The program's entry: `python -m wargame`, and the `wargame` command."""

from __future__ import annotations

import sys

from wargame import __version__


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Answered before anything is imported: a tenth of a second matters to a script that asks.
        print(f"wargame {__version__}")
        return
    from wargame.cli.app import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
