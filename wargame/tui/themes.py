"""
The program's own themes, and which one is in force.

The colour-blind ones take their colours from the palette of Okabe and Ito, made lighter or darker until they
can be read. All words are complete without any colour.
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from wargame.settings import Settings

ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE = (
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#F0E442",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
)
"""Okabe and Ito, Color Universal Design."""


def _cursor(back: str, fore: str) -> dict[str, str]:
    """The row under the cursor, focused or not, and the keys of the footer."""
    return {
        "block-cursor-background": back,
        "block-cursor-foreground": fore,
        "block-cursor-text-style": "bold",
        "footer-key-foreground": back,
    }


OWN = (
    Theme(
        "high-contrast",
        primary="#FFFFFF",
        secondary="#C0C0C0",
        accent="#FFFF00",
        warning="#FFD75F",
        error="#FF9E9E",
        success="#87FF87",
        foreground="#FFFFFF",
        background="#000000",
        surface="#000000",
        panel="#303030",
        variables={
            **_cursor("#FFFF00", "#000000"),
            "text-accent": "#FFFF00",
            "text-success": "#87FF87",
            "text-warning": "#FFD75F",
            "text-error": "#FF9E9E",
            "foreground-muted": "#D0D0D0",
            "text-muted": "#D0D0D0",
            "text-disabled": "#B0B0B0",
            "primary-muted": "#303030",
            "border": "#FFFFFF",
        },
    ),
    Theme(
        "high-contrast-light",
        primary="#000000",
        secondary="#303030",
        accent="#00008B",
        warning="#5F3A00",
        error="#8B0000",
        success="#004D00",
        foreground="#000000",
        background="#FFFFFF",
        surface="#FFFFFF",
        panel="#D8D8D8",
        dark=False,
        variables={
            **_cursor("#00008B", "#FFFFFF"),
            "text-accent": "#00008B",
            "text-success": "#004D00",
            "text-warning": "#5F3A00",
            "text-error": "#8B0000",
            "foreground-muted": "#303030",
            "text-muted": "#303030",
            "text-disabled": "#404040",
            "primary-muted": "#D8D8D8",
            "border": "#000000",
        },
    ),
    Theme(
        "colour-blind",
        primary=BLUE,
        secondary=SKY,
        accent=ORANGE,
        warning=YELLOW,
        error=VERMILLION,
        success=SKY,
        foreground="#E8E8E8",
        background="#121212",
        surface="#1C1C1C",
        panel="#2A2A2A",
        variables={
            **_cursor(ORANGE, "#000000"),
            "text-accent": ORANGE,
            "text-success": SKY,
            "text-warning": YELLOW,
            "text-error": "#FF8A4C",
            "foreground-muted": "#B4B4B4",
            "text-muted": "#B4B4B4",
            "primary-muted": "#0B2E45",
        },
    ),
    Theme(
        "colour-blind-light",
        primary=BLUE,
        secondary=BLUE,
        accent="#7A4F00",
        warning="#6B5D00",
        error="#A63F00",
        success="#005A8C",
        foreground="#1A1A1A",
        background="#FAFAFA",
        surface="#F0F0F0",
        panel="#E2E2E2",
        dark=False,
        variables={
            **_cursor("#005A8C", "#FFFFFF"),
            "text-accent": "#7A4F00",
            "text-success": "#005A8C",
            "text-warning": "#6B5D00",
            "text-error": "#A63F00",
            "foreground-muted": "#505050",
            "text-muted": "#505050",
            "primary-muted": "#CFE3F0",
        },
    ),
)
TONES: dict[str, dict[str, str]] = {
    "textual-light": {
        "text-accent": "#7F5215",
        "text-success": "#2A693E",
        "text-warning": "#7F5215",
        "foreground-muted": "#5C5C5C",
    },
    "nord": {"text-error": "#D9A2A7", "foreground-muted": "#ABB0BA"},
    "catppuccin-mocha": {"foreground-muted": "#979CB3"},
    "catppuccin-latte": {"foreground-muted": "#656774"},
    "catppuccin-frappe": {"foreground-muted": "#B1B6CB"},
    "catppuccin-macchiato": {"foreground-muted": "#A2A8BF"},
    "tokyo-night": {"foreground-muted": "#8C91AA"},
    "monokai": {"foreground-muted": "#999999"},
    "solarized-light": {"foreground": "#546970", "foreground-muted": "#616866"},
    "solarized-dark": {"foreground": "#8F9EA0", "foreground-muted": "#8C9FA3"},
    "rose-pine-dawn": {"text-warning": "#966421", "foreground-muted": "#6E6B79"},
    "atom-one-dark": {"foreground-muted": "#ACB0B8"},
    "atom-one-light": {
        "text-accent": "#785C1F",
        "text-success": "#316F1C",
        "text-warning": "#636419",
        "foreground-muted": "#5F6064",
    },
}
"""Tones of Textual's own themes that were too faint: the same hue, as far from the ground as it takes."""


def _mended(theme: Theme) -> Theme:
    tones = dict(TONES[theme.name])
    foreground = tones.pop("foreground", theme.foreground)
    return replace(theme, foreground=foreground, variables={**theme.variables, **tones})


SHIPPED = (*OWN, *(_mended(BUILTIN_THEMES[name]) for name in TONES))
"""The themes to register; those of them that Textual has too take their place."""

ALL: dict[str, Theme] = {**BUILTIN_THEMES, **{theme.name: theme for theme in SHIPPED}}


def in_force(settings: Settings, no_color: bool = False) -> str:
    """
    The name of the theme to show.

    Without colour it is the one with most contrast, since what is left of others may be grey on grey.
    """
    dark = ALL[settings.theme].dark
    if no_color:
        return "high-contrast" if dark else "high-contrast-light"
    if settings.colour_blind and not settings.theme.startswith("high-contrast"):
        return "colour-blind" if dark else "colour-blind-light"
    return settings.theme


def about(name: str) -> str:
    """A word on a theme: dark or light, and what it is for."""
    shade = "dark" if ALL[name].dark else "light"
    purpose = {
        "high-contrast": ", most contrast",
        "colour-blind": ", told apart by everybody",
        "ansi": ", the terminal's own colours",
    }
    return shade + next((words for start, words in purpose.items() if name.startswith(start)), "")
