"""What people wrote, as a cell of a table that a spreadsheet reads as words."""

from __future__ import annotations

from wargame.text import clean_text

__all__ = ["harmless"]

STARTS = frozenset("=+-@\t\r|%＝＋－＠")
"""With these a spreadsheet may begin a formula."""


def harmless(text: str) -> str:
    """*text* in one line; an apostrophe before what a spreadsheet would work out."""
    words = " ".join(clean_text(text).split())
    return f"'{words}" if words[:1] in STARTS and words else words
