"""One part of a debrief's page, and what all parts write alike."""

from __future__ import annotations

from attrs import frozen
from markupsafe import Markup

from wargame.debrief.record import Played, Record
from wargame.lab.intervals import Estimate

__all__ = ["Part", "Picture", "change", "heads", "is_clear", "role_titles", "short_heads"]


@frozen
class Picture:
    """A chart with what stands below it."""

    svg: Markup
    caption: str
    small: bool = False
    """Whether several of them stand side by side."""


@frozen
class Part:
    """What it is called, says and shows; the pictures stand before the words."""

    id: str
    title: str
    lines: tuple[str, ...]
    """Markdown."""

    pictures: tuple[Picture, ...] = ()


def role_titles(record: Record) -> dict[str, str]:
    """The roles' titles by id."""
    return {role: each.title for role, each in record.kernel.scenario.roles.items()}


def short_heads(record: Record) -> list[str]:
    """A head for every turn played, and one for how it stands behind them."""
    return [f"T{played.turn}" for played in record.turns] + ["end" if record.is_over else "now"]


def heads(record: Record, played: Played) -> str:
    """A turn with its title."""
    titles = record.kernel.scenario.turns
    title = titles[played.turn - 1].title if played.turn <= len(titles) else ""
    return f"Turn {played.turn}: {title}" if title else f"Turn {played.turn}"


def is_clear(by: Estimate) -> bool:
    """Whether chance does not explain it."""
    return by.is_above_zero or by.is_below_zero


def change(by: Estimate) -> str:
    """A change with a star where it is beyond noise."""
    told = f"{by.value:+.1f}"
    return "0.0" if told in ("+0.0", "-0.0") else f"{told}{'*' if is_clear(by) else ''}"
