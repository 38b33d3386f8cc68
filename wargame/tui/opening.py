"""What the start screen says beside its doors: the name, the crisis, and the last game."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from wargame import __version__
from wargame.tui.lines import ACCENT, HEAD, QUIET, STRONG, Line, cut, line, quiet

if TYPE_CHECKING:
    from wargame.session.saves import Saved

SMALL = (
    "╦ ╦  ╔═╗  ╦═╗  ╔═╗  ╔═╗  ╔╦╗  ╔═╗",
    "║║║  ╠═╣  ╠╦╝  ║ ╦  ╠═╣  ║║║  ║╣ ",
    "╚╩╝  ╩ ╩  ╩╚═  ╚═╝  ╩ ╩  ╩ ╩  ╚═╝",
)
LARGE = (
    "██╗    ██╗ █████╗ ██████╗  ██████╗  █████╗ ███╗   ███╗███████╗",
    "██║    ██║██╔══██╗██╔══██╗██╔════╝ ██╔══██╗████╗ ████║██╔════╝",
    "██║ █╗ ██║███████║██████╔╝██║  ███╗███████║██╔████╔██║█████╗  ",
    "██║███╗██║██╔══██║██╔══██╗██║   ██║██╔══██║██║╚██╔╝██║██╔══╝  ",
    "╚███╔███╔╝██║  ██║██║  ██║╚██████╔╝██║  ██║██║ ╚═╝ ██║███████╗",
    " ╚══╝╚══╝ ╚═╝  ╚═╝╚═╝  ╚═╝ ╚═════╝ ╚═╝  ╚═╝╚═╝     ╚═╝╚══════╝",
)
CREED = "A crisis, several roles, secret orders; all of it explained."
CRISIS = (
    ("2 January 2022", "The price of car gas doubles. In an oil town people stand before the town hall."),
    ("4 January", "The largest city fills. Nobody knows yet who came to protest and who to burn."),
    ("5 January, night", "A call to allied presidents has never been answered with soldiers before."),
    ("Then", "Four rooms, one crisis. Which of the telephones is yours?"),
)
DATES = 18


def wordmark(*, large: bool) -> list[Line]:
    """The name of the program in letters of several rows, and below it the name in plain ones."""
    rows = LARGE if large else SMALL
    return [
        *(line((row, HEAD)) for row in rows),
        line((f"wargame {__version__}. ", QUIET), CREED),
    ]


def crisis(width: int, *, large: bool) -> list[Line]:
    """A hint of the first scenario in lines of *width* cells; the smallest windows have room for two."""
    found: list[Line] = []
    for date, words in CRISIS if large else CRISIS[2:3]:
        first, *rest = wrap(words, width - DATES)
        found.append(line((f"{date:<{DATES}}", ACCENT), first))
        found += [line(" " * DATES, each) for each in rest]
    return found


def last_game(save: Saved, width: int) -> tuple[Line, Line]:
    """The game that can be continued in two lines: what it is, and where it stands."""
    roles = [re.sub(r"[_\W]+", " ", each).title().strip() for each in save.role.split(",")]
    first = line(("Continue: ", STRONG), (cut(save.title, width - 10), STRONG))
    second = f"{_joined(roles)}, turn {save.turn}, begun {save.date or 'at a time unknown'}"
    if save.verdict == "torn":
        second += "; its last line is torn and left out"
    return first, quiet(" " * 10 + cut(second, width - 10))


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
