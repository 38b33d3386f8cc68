"""Pieces of an SVG picture as text: numbers rounded, words escaped, nothing that loads or runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from wargame.text import clean_text

__all__ = ["COLOURS", "DASHES", "box", "circle", "line", "path", "picture", "polyline", "text"]

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6b6b6b")
"""Told apart by people who see colours otherwise: M. Okabe and K. Ito, Color Universal Design (2008)."""

DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 4", "1 4")
"""So that no line is known by its colour alone."""

Point = tuple[float, float]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _words(words: str) -> str:
    return str(escape(" ".join(clean_text(words).split())))


def picture(
    title: str, about: str, width: float, height: float, pieces: Iterable[str], name: str = ""
) -> Markup:
    """A whole picture; *title* and *about* are what a reader hears who does not see it."""
    kind = f' class="{name}"' if name else ""
    head = (
        f'<svg{kind} xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" aria-label="{_words(title)}">'
    )
    told = f"<title>{_words(title)}</title><desc>{_words(about)}</desc>"
    return Markup("\n".join([head, told, *pieces, "</svg>"]))


def line(one: Point, two: Point, colour: str = "currentColor", width: float = 1, dash: str = "") -> str:
    """A stroke from one point to another."""
    return (
        f'<line x1="{_n(one[0])}" y1="{_n(one[1])}" x2="{_n(two[0])}" y2="{_n(two[1])}" '
        f'stroke="{colour}" stroke-width="{_n(width)}"{_dashed(dash)}/>'
    )


def polyline(points: Sequence[Point], colour: str, width: float = 2, dash: str = "") -> str:
    """A line through points."""
    at = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return (
        f'<polyline points="{at}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" '
        f'stroke-linejoin="round"{_dashed(dash)}/>'
    )


def path(points: Sequence[Point], colour: str, opacity: float) -> str:
    """A filled area."""
    at = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polygon points="{at}" fill="{colour}" fill-opacity="{opacity:.2f}"/>'


def box(x: float, y: float, width: float, height: float, colour: str, opacity: float = 1) -> str:
    """A filled rectangle."""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(max(height, 0))}" '
        f'fill="{colour}" fill-opacity="{opacity:.2f}"/>'
    )


def circle(at: Point, radius: float, fill: str, stroke: str = "currentColor", width: float = 1) -> str:
    """A disc with a rim."""
    return (
        f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{_n(width)}"/>'
    )


def text(
    at: Point,
    words: str,
    size: float = 11,
    anchor: str = "start",
    colour: str = "currentColor",
    bold: bool = False,
) -> str:
    """Words whose foot stands at a point."""
    heavy = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_n(at[0])}" y="{_n(at[1])}" font-size="{_n(size)}" text-anchor="{anchor}" '
        f'fill="{colour}"{heavy}>{_words(words)}</text>'
    )


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""
