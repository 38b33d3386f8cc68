"""
The colours of the map's values: one ramp for each kind of theme, and what can be read on them.

Every ramp grows, or falls, steadily in lightness, so that it is read the same with any colour blindness.
On a dark screen trouble is bright, on a light one it is dark: it always stands out from the screen.
"""

from __future__ import annotations

from itertools import pairwise

from attrs import frozen

__all__ = [
    "BLACK",
    "DARK",
    "RAMPS",
    "WHITE",
    "Colour",
    "Ramp",
    "against",
    "contrast",
    "lightness",
    "ramp_for",
]

Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


@frozen
class Ramp:
    """Colours from no trouble to the most."""

    steps: tuple[tuple[int, Colour], ...]
    """Shares from 0 to 100, growing, each with its colour; between them colours are mixed."""

    unknown: Colour
    """The ground of a place nothing is known of."""

    def at(self, share: int | None) -> Colour:
        """The colour of a share from 0 to 100."""
        if share is None:
            return self.unknown
        for (low, start), (high, end) in pairwise(self.steps):
            if share <= high:
                red, green, blue = (
                    a + (b - a) * (share - low) // (high - low) for a, b in zip(start, end, strict=True)
                )
                return red, green, blue
        return self.steps[-1][1]


DARK = Ramp(
    (
        (0, (27, 46, 94)),
        (25, (44, 84, 130)),
        (45, (84, 112, 124)),
        (55, (122, 125, 114)),
        (70, (168, 148, 94)),
        (85, (222, 184, 76)),
        (100, (252, 218, 84)),
    ),
    (70, 70, 74),
)
LIGHT = Ramp(
    (
        (0, (228, 236, 244)),
        (30, (172, 200, 222)),
        (50, (178, 168, 140)),
        (70, (176, 128, 60)),
        (85, (140, 82, 24)),
        (100, (98, 42, 8)),
    ),
    (206, 206, 206),
)
DARK_BLIND = Ramp(
    (
        (0, (0, 44, 84)),
        (30, (0, 88, 140)),
        (50, (86, 134, 168)),
        (70, (206, 150, 40)),
        (85, (236, 186, 50)),
        (100, (248, 236, 120)),
    ),
    (64, 64, 64),
)
"""From blue to orange and yellow, as in the palette of Okabe and Ito, with wider steps of lightness."""

LIGHT_BLIND = Ramp(
    (
        (0, (250, 240, 200)),
        (30, (240, 205, 110)),
        (50, (205, 170, 90)),
        (70, (86, 140, 180)),
        (85, (0, 92, 150)),
        (100, (0, 40, 80)),
    ),
    (206, 206, 206),
)
RAMPS = {
    ("usual", True): DARK,
    ("usual", False): LIGHT,
    ("apart", True): DARK_BLIND,
    ("apart", False): LIGHT_BLIND,
}
"""By whether everybody must tell the colours apart, and by whether the screen is dark."""


def ramp_for(theme: str, dark: bool) -> Ramp:
    """The ramp that goes with a theme; those of most contrast have the wider steps too."""
    apart = theme.startswith(("colour-blind", "high-contrast"))
    return RAMPS["apart" if apart else "usual", dark]


def lightness(colour: Colour) -> int:
    """How light a colour looks, from 0 to 255."""
    red, green, blue = colour
    return (299 * red + 587 * green + 114 * blue) // 1000


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours by the formula of WCAG 2, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def against(ground: Colour) -> Colour:
    """Black or white, whichever is read better on *ground*; the contrast is never below 4.5."""
    return max(BLACK, WHITE, key=lambda ink: contrast(ink, ground))


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
