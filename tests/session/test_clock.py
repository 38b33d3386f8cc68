"""The clock counts down by the time it is given, and never runs out in its sleep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.session.clock import DAY, SLEEP, Clock, Stand


class Time:
    """A time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


def test_it_counts_down_and_runs_out(time: Time) -> None:
    clock = Clock(time)
    clock.start(90)
    time.now += 30.5
    assert (clock.tick(), clock.left) == ("running", 60)
    time.now += 59
    assert (clock.tick(), clock.left) == ("running", 1)
    time.now += 1

    assert (clock.tick(), clock.left, clock.is_out) == ("out", 0, True)
    time.now += 1000
    assert clock.tick() == "out"


def test_a_pause_costs_no_time(time: Time) -> None:
    clock = Clock(time)
    clock.start(90)
    time.now += 10
    clock.pause()
    time.now += 5000
    assert (clock.tick(), clock.left) == ("paused", 80)
    clock.start()
    time.now += 10

    assert (clock.tick(), clock.left) == ("running", 70)


def test_a_gap_of_more_than_a_minute_is_sleep_and_pauses(time: Time) -> None:
    clock = Clock(time)
    clock.start(600)
    time.now += SLEEP
    assert (clock.tick(), clock.left) == ("running", 540)
    time.now += 7200
    assert (clock.tick(), clock.left) == ("slept", 540)
    time.now += 1
    assert (clock.tick(), clock.left) == ("slept", 540)
    clock.start()
    time.now += 40

    assert (clock.tick(), clock.left) == ("running", 500)


def test_sleep_does_not_close_a_turn_that_was_about_to_run_out(time: Time) -> None:
    clock = Clock(time)
    clock.start(5)
    time.now += 61

    assert (clock.tick(), clock.is_out, clock.left) == ("slept", False, 5)


def test_it_is_extended_running_paused_and_run_out(time: Time) -> None:
    clock = Clock(time)
    clock.start(10)
    clock.extend(20)
    time.now += 5
    assert (clock.tick(), clock.left) == ("running", 25)
    time.now += 50
    clock.extend(30)
    assert (clock.state, clock.left) == ("paused", 30)
    clock.extend(10 * DAY)

    assert clock.left == DAY


def test_a_clock_taken_from_a_save_stands(time: Time) -> None:
    clock = Clock.of(Stand(True, 300), time)
    time.now += 10
    assert (clock.tick(), clock.left) == ("paused", 300)
    clock.start()
    time.now += 10

    assert (clock.tick(), clock.left) == ("running", 290)
    assert Clock.of(None, time).left == 0


def test_a_time_that_goes_back_gives_nothing(time: Time) -> None:
    clock = Clock(time)
    clock.start(100)
    time.now -= 5000

    assert (clock.tick(), clock.left) == ("running", 100)


@given(st.lists(st.floats(0, 200, allow_nan=False), max_size=30), st.integers(1, 600))
def test_no_more_time_is_counted_than_went_by_awake(gaps: list[float], seconds: int) -> None:
    time = Time()
    clock = Clock(time)
    clock.start(seconds)
    awake = 0.0
    for gap in gaps:
        time.now += gap
        awake += gap if gap <= SLEEP and clock.state == "running" else 0
        state = clock.tick()

        assert clock.left >= max(0, seconds - awake) - 0.001
        assert (state == "out") == (clock.left == 0)
