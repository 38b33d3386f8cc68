"""
Pictures of screens, compared character by character with those in `tests/tui/pictures`.

A picture that ought to look otherwise now is accepted by

    WARGAME_PICTURES=accept python -m pytest tests/tui/test_pictures.py

and looked at in the difference that is committed. The pictures are those of one release of Textual.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
from difflib import unified_diff
from pathlib import Path

import pytest
import textual
from attrs import field, frozen
from textual.widgets import Input, TextArea

from tests.session.playing import new
from wargame.agents.driver import Table
from wargame.agents.seating import seating
from wargame.session.kernels import load
from wargame.session.session import Session
from wargame.tui.app import WargameApp
from wargame.tui.facilitator import ControlApp

from .games import ROLE, SCENARIO
from .test_screens import press, settled

PICTURES = Path(__file__).resolve().parent / "pictures"
RELEASE = "8.2."
ACCEPT = os.environ.get("WARGAME_PICTURES") == "accept"
HOW = "WARGAME_PICTURES=accept python -m pytest tests/tui/test_pictures.py"
SEED = 2022

SMALL, LARGE = (80, 24), (120, 40)


@frozen
class Picture:
    """A screen, and the keys that lead to it."""

    game: str
    size: tuple[int, int]
    keys: tuple[str, ...] = field(default=(), converter=tuple)


SHOWN = {
    "start": Picture("none", SMALL),
    "new-game": Picture("none", SMALL, ("n",)),
    "play-80x24": Picture("fresh", SMALL),
    "play-120x40": Picture("fresh", LARGE, ("enter", "enter", "down", "down")),
    "map": Picture("played", SMALL, ("p", "z")),
    "telling": Picture("fresh", SMALL, ("l", "enter", "s")),
    "why": Picture("played", SMALL, ("w",)),
    "end": Picture("ended", LARGE),
    "console": Picture("class", LARGE),
    "curtain": Picture("shared", SMALL),
}


def of(game: str) -> WargameApp:
    """The program with such a game, or with none."""
    if game == "none":
        return WargameApp()
    if game == "class":
        table = Table.of(new(Path("class.jsonl"), seed=SEED))
        return ControlApp(table, next(iter(table.session.seats)))
    scenario = load(SCENARIO)
    roles = ("kremlin", ROLE) if game == "shared" else (ROLE,)
    seats = seating(scenario, {}, persons=roles)
    session = Session.create(scenario, seed=SEED, length="lesson", seats=seats, path=Path("game.jsonl"))
    table = Table.of(session)
    for _ in range({"played": 2, "ended": 20}.get(game, 0)):
        if not session.is_over:
            table.talk()
            session.seat(ROLE).submit([])
            table.play_agents()
            table.advance()
    return WargameApp(table, ROLE)


async def drawn(app: WargameApp, picture: Picture) -> str:
    """The SVG of what the keys lead to."""
    async with app.run_test(size=picture.size) as pilot:
        await settled(app, pilot)
        for key in picture.keys:
            await press(app, pilot, key)
        for typed in app.screen.query("Input, TextArea"):
            assert isinstance(typed, Input | TextArea)
            typed.cursor_blink = False
        await settled(app, pilot)
        return normal(app.export_screenshot(title="wargame"))


def normal(svg: str) -> str:
    """The picture without what changes from drawing to drawing, and with no address of a font."""
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+-", "screen-", svg)
    # The console names the hash of the last entry, and no two saves have the same.
    svg = re.sub(r"(?<![0-9a-f#])[0-9a-f]{12}(?![0-9a-f])", "0" * 12, svg)
    return "\n".join(line.rstrip() for line in svg.strip().splitlines()) + "\n"


def rows(svg: str) -> list[str]:
    """The words of a picture, a line a row of the screen: what a difference is told by."""
    found: dict[float, str] = {}
    for y, words in re.findall(r'<text [^>]*?y="([\d.]+)"[^>]*>(.*?)</text>', svg):
        found[float(y)] = found.get(float(y), "") + html.unescape(words).replace("\xa0", " ")
    return [found[y].rstrip() for y in sorted(found)]


@pytest.mark.skipif(not textual.__version__.startswith(RELEASE), reason=f"drawn by Textual {RELEASE}x")
@pytest.mark.parametrize("name", SHOWN)
def test_a_screen_looks_as_it_did(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARGAME_SAVES", "saves")
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path / "config"))
    monkeypatch.setattr("wargame.tui.opening.__version__", "0")
    now = asyncio.run(drawn(of(SHOWN[name].game), SHOWN[name]))
    assert str(tmp_path) not in now and "\x1b" not in now
    kept = PICTURES / f"{name}.svg"
    if ACCEPT:
        PICTURES.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8", newline="\n")
    before = kept.read_text(encoding="utf-8") if kept.exists() else ""
    if now != before:
        (tmp_path / kept.name).write_text(now, encoding="utf-8")
        told = "\n".join(unified_diff(rows(before), rows(now), "before", "now", n=0, lineterm=""))
        pytest.fail(
            f"{kept.name} looks otherwise, now as in {tmp_path / kept.name}; if that is meant: {HOW}\n"
            + (told or "(the words are the same: colours or places differ)"),
            pytrace=False,
        )


def test_every_picture_kept_is_compared() -> None:
    assert sorted(path.stem for path in PICTURES.glob("*.svg")) == sorted(SHOWN)


def test_a_picture_keeps_nothing_that_changes() -> None:
    text = (
        '<svg><style>@font-face { src: url("https:"); }</style><text class="terminal-123-r1" y="1">a</text>'
    )

    assert "https" not in normal(text) and "123" not in normal(text)
    assert rows(text) == ["a"]
