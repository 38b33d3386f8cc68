"""
Draws the README's pictures from the program itself: `python docs/pictures/make.py`.

Each is the SVG of a screen of one seeded game; the fonts it would fetch from elsewhere are left out.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZE = (120, 36)
FACTS = 14
"""So many facts of the turn are told in the picture of the debrief."""

STEPS = {
    "play": ["enter", "enter", "down", "down", "f2"],
    "telling": ["l", "enter", "s"],
}


async def draw(folder: Path) -> None:
    """One game of Kazakhstan as President Tokayev, seed 2022, from its first turn into its second."""
    from wargame.agents.driver import Table
    from wargame.agents.seating import seating
    from wargame.session.kernels import load
    from wargame.session.session import Session
    from wargame.tui.app import WargameApp

    scenario = load("kazakhstan-2022")
    seats = seating(scenario, {}, persons=("tokayev",))
    session = Session.create(scenario, seed=2022, seats=seats, path=folder / "kazakhstan-2022.jsonl")
    app = WargameApp(Table.of(session), "tokayev")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        for name, keys in STEPS.items():
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.5)
            picture = app.export_screenshot(title="wargame")
            (HERE / f"{name}.svg").write_text(without_fonts(picture, folder), encoding="utf-8")


async def draw_debrief(folder: Path) -> None:
    """The shipped session that follows history, looked back on from the president's chair in turn 7."""
    from wargame.tui.debrief.app import opened

    save = folder / "history.jsonl"
    shutil.copy(HERE.parents[1] / "saves" / "recorded-historical-line.jsonl", save)
    app = opened(save, turn=7, role="tokayev", control=True, games=20)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        for _ in range(FACTS):
            await pilot.press("space")
        await pilot.pause(1)
        picture = app.export_screenshot(title="wargame debrief")
        (HERE / "debrief.svg").write_text(without_fonts(picture, folder), encoding="utf-8")


def without_fonts(picture: str, folder: Path) -> str:
    """The picture with no address of a font in it, and no path of the machine it was made on."""
    picture = re.sub(r"@font-face\s*\{.*?\}", "", picture, flags=re.DOTALL)
    return picture.replace(f"{folder}{os.sep}", "saves/")


if __name__ == "__main__":
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with tempfile.TemporaryDirectory() as name:
        os.environ["WARGAME_CONFIG"] = name
        asyncio.run(draw(Path(name)))
        asyncio.run(draw_debrief(Path(name)))
    sys.exit(0)
