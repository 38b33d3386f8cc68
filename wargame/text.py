"""Cleaning of text at every border, so that nothing written elsewhere can control a terminal or a page."""

from __future__ import annotations

import re
import unicodedata

# Invisible, reordering or filling characters, beyond what the categories below catch.
_HIDDEN = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufeff")
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN = re.compile(r"[\x20-\x7e]*\Z")


def is_hidden(char: str) -> bool:
    """Whether *char* is one no text may carry: control, ESC, C1, zero-width, bidi, surrogate, filler, tag."""
    return (
        unicodedata.category(char) in _BAD_CATEGORIES
        or char in _HIDDEN
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0000" <= char <= "\U000e0fff"
    )


def clean_text(text: str, *, newlines: int = 0) -> str:
    """
    *text* without anything invisible or commanding, safe to show on any screen.

    A tab becomes a space. At most *newlines* line breaks are kept; the rest become spaces. CR LF is one.
    """
    if _PLAIN.match(text):
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
    """Every character `clean_text` would take out, as (offset from 0, name such as `U+001B`)."""
    if _PLAIN.match(text):
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
