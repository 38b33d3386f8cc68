"""Cleaning of text at every border, so that nothing written elsewhere can control a terminal or a page."""

from __future__ import annotations

import re
import unicodedata

_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What Python calls printable and a reader cannot see: fillers, joiners, selectors.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)


def is_hidden(char: str) -> bool:
    """Whether *char* is one no text may carry: control, ESC, C1, zero-width, bidi, surrogate, filler, tag."""
    return unicodedata.category(char) in _BAD_CATEGORIES or _UNSEEN.match(char) is not None


def _is_clean(text: str) -> bool:
    """Whether *text* surely has nothing hidden, found without a look at every character."""
    return text.isprintable() and (text.isascii() or _UNSEEN.search(text) is None)


def clean_text(text: str, *, newlines: int = 0) -> str:
    """
    *text* without anything invisible or commanding, safe to show on any screen.

    A tab becomes a space. At most *newlines* line breaks are kept, further ones become spaces; CR LF is one
    line break.
    """
    if _is_clean(text):
        return text
    kept: list[str] = []
    breaks = 0
    for char in text.replace("\r\n", "\n"):
        if char == "\n" and breaks < newlines:
            breaks += 1
            kept.append("\n")
        elif char in "\n\t":
            kept.append(" ")
        elif not is_hidden(char):
            kept.append(char)
    return "".join(kept)


def hidden_characters(text: str, *, allow: str = "\n\t") -> tuple[tuple[int, str], ...]:
    """Every hidden character of *text* not in *allow*: its offset from 0, and its name as `U+001B`."""
    visible = text
    for char in allow:
        visible = visible.replace(char, "")
    if _is_clean(visible):
        return ()
    return tuple(
        (offset, f"U+{ord(char):04X}")
        for offset, char in enumerate(text)
        if char not in allow and is_hidden(char)
    )


def visible_text(text: str) -> str:
    """*text* for a log: every hidden character written out, ESC as `^[`, others as `<U+200B>`."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if ord(char) < 0x20:
        return "^" + chr(ord(char) + 0x40)
    if char == "\x7f":
        return "^?"
    return f"<U+{ord(char):04X}>" if is_hidden(char) else char
