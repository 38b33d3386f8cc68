"""A text that passes the check cannot fail in play: random and spoiled texts, and planted faults."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.language.fuzz import fuzz
from wargame.language import emit, flow, paths, python, types
from wargame.language.types import Interval

COUNT = 2_000 if os.environ.get("FAST") else 6_000


def test_texts_that_pass_the_check_never_fail_and_mean_what_the_slow_reader_says() -> None:
    tally = fuzz(COUNT, seed=1)

    assert tally.accepted > COUNT // 5
    assert tally.spoiled_accepted > COUNT // 100
    assert tally.runs == 2 * (tally.accepted + tally.spoiled_accepted)


def _never_cut(word: str, range_: Interval, lo: int, hi: int) -> str:
    return word


def _no_overflow(self: Interval) -> bool:
    return True


def _upside_down(a: Interval, b: Interval) -> Interval:
    return Interval(b.lo - a.hi, b.hi - a.lo)


def _nothing(self: paths.Paths) -> frozenset[str]:
    return frozenset()


PLANTED: dict[str, tuple[Any, str, Any]] = {
    "values are never cut": (python, "_cut", _never_cut),
    "overflow is never seen": (types.Interval, "fits", property(_no_overflow)),
    "a difference is taken the wrong way round": (flow, "subtract", _upside_down),
    "a die is mixed otherwise": (emit, "MIX_A", 0xBF58476D1CE4E5BB),
    "what a report stands under is forgotten": (paths.Paths, "_context", _nothing),
    "never is 98": (emit, "NEVER", 98),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_found(
    what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module, name, wrong = PLANTED[what]
    monkeypatch.setattr(module, name, wrong)

    with pytest.raises(Exception):  # noqa: B017
        fuzz(4_000, seed=3)


def test_the_same_seed_makes_the_same_texts() -> None:
    assert fuzz(200, seed=5) == fuzz(200, seed=5)
