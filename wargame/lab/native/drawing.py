"""Many dice of one purpose side by side, as `rules.lanes` draws them."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.language.llvm import Writer, listed
from wargame.language.native_dice import signed64
from wargame.rules.lanes import steps_of

__all__ = ["faces"]


def faces(w: Writer, key: str, label: int, sides: int, count: int, number: str) -> str:
    """The register of *count* faces of the type *number*, from 0 to below *sides*, of the purpose *label*."""
    raw = w.let(f"call i64 @mix(i64 {w.let(f'add i64 {key}, {signed64(label)}')})")
    row, steps = f"<{count} x i64>", [steps_of(number) for number in range(count)]
    drawn = w.let(f"mul {row} {w.spread(raw, 'i64', count)}, {_row(step for step, _ in steps)}")
    drawn = w.let(f"add {row} {drawn}, {_row(more for _, more in steps)}")
    high = w.spread("32", "i64", count)
    drawn = w.let(f"mul {row} {w.let(f'lshr {row} {drawn}, {high}')}, {w.spread(str(sides), 'i64', count)}")
    return w.sized(w.let(f"lshr {row} {drawn}, {high}"), "i64", number, count)


def _row(numbers: Iterable[int]) -> str:
    return listed("i64", map(signed64, numbers))
