"""
Writes the reports on the shipped sessions, and two of their pictures: `python docs/reports/make.py`.

They are what `wargame debrief SAVE -o REPORT.html --games 1000` writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from wargame.debrief.page import parts
from wargame.debrief.record import open_record
from wargame.debrief.report import as_report
from wargame.debrief.whole import look_back

HERE = Path(__file__).resolve().parent
SAVES = HERE.parents[1] / "saves"
PICTURES = HERE.parent / "pictures"
GAMES = 1_000
SHOWN = {"points": ("expectations", 0), "luck": ("luck", 1)}
"""Pictures for the README: by the id of a part, the name of the file and which of its pictures it is."""

DRAWN = "recorded-historical-line"
"""The session whose pictures they are."""


def main() -> None:
    for save in sorted(SAVES.glob("recorded-*.jsonl")):
        debrief = look_back(open_record(save), GAMES)
        (HERE / f"{save.stem}.html").write_text(as_report(debrief), encoding="utf-8", newline="\n")
        for part in parts(debrief) if save.stem == DRAWN else ():
            if part.id in SHOWN:
                name, number = SHOWN[part.id]
                picture = on_paper(str(part.pictures[number].svg))
                (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")


def on_paper(picture: str) -> str:
    """The picture on white: alone it has no page whose colours it could take."""
    head, rest = picture.split(">", 1)
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    return f'{head} color="#1b1b1b" font-family="sans-serif">\n{paper}{rest}\n'


if __name__ == "__main__":
    main()
    sys.exit(0)
