"""Text at the border: what comes out can be shown anywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.text import clean_text, hidden_characters, is_hidden, visible_text

COMMANDS = {
    "ESC": "\x1b",
    "OSC 8 link": "\x1b]8;;file:///etc/passwd\x07",
    "C1 string start": "\x90",
    "C1 CSI": "\x9b",
    "DEL": "\x7f",
    "NUL": "\x00",
    "bell": "\x07",
    "backspace": "\x08",
    "lone CR": "\r",
    "zero-width space": "\u200b",
    "left-to-right mark": "\u200e",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "tag letter": "\U000e0041",
    "variation selector": "\ufe0f",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "braille blank": "\u2800",
    "lone surrogate": "\ud800",
    "line separator": "\u2028",
    "next line": "\x85",
    "private use": "\ue000",
    "not a character": "\uffff",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_and_hidden_characters_are_taken_out(name: str) -> None:
    dirty = f"Al{COMMANDS[name]}maty"

    cleaned = clean_text(dirty, newlines=5)

    assert not any(is_hidden(char) for char in cleaned)
    assert cleaned.replace("]8;;file:///etc/passwd", "") == "Almaty"
    assert hidden_characters(dirty)[0][0] == 2


@given(st.text(alphabet=st.characters()), st.integers(0, 3))
def test_cleaned_text_has_no_hidden_character_and_stays_as_it_is(text: str, newlines: int) -> None:
    cleaned = clean_text(text, newlines=newlines)

    assert hidden_characters(cleaned) == ()
    assert cleaned.count("\n") <= newlines
    assert "\t" not in cleaned
    assert clean_text(cleaned, newlines=newlines) == cleaned
    cleaned.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp", "Mn"])))
def test_words_in_any_script_stay(text: str) -> None:
    kept = clean_text(text)

    assert [char for char in text if not is_hidden(char)] == list(kept)


def test_every_control_and_format_character_is_hidden() -> None:
    bad = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")

    assert all(is_hidden(chr(code)) for code in range(0x3000) if unicodedata.category(chr(code)) in bad)


@given(st.text(alphabet=st.characters()))
def test_the_quick_look_agrees_with_the_look_at_every_character(text: str) -> None:
    slow = tuple((i, f"U+{ord(c):04X}") for i, c in enumerate(text) if c not in "\n\t" and is_hidden(c))

    assert hidden_characters(text) == slow


def test_line_breaks_are_limited_and_crlf_is_one() -> None:
    assert clean_text("a\r\nb\nc\nd\te", newlines=2) == "a\nb\nc d e"


def test_a_log_shows_what_was_there() -> None:
    assert visible_text("\x1b[2J\u200b\x7f") == "^[[2J<U+200B>^?"
