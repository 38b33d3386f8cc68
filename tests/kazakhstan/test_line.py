"""The Kazakhstan model against the line of history and the tests its fact sheet sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from statistics import median

import pytest

from wargame.lab.balance import balance
from wargame.lab.history import Line, play_history
from wargame.lab.match import play
from wargame.rules import Kernel, Order
from wargame.scenario.book import check
from wargame.scenario.library import load

SEEDS = range(1, 31)
Given = dict[str, list[Order]]
Edit = Callable[[int, Given], None]


@cache
def kernel() -> Kernel:
    return Kernel(check(load("kazakhstan-2022")))


@cache
def line() -> Line:
    return play_history(kernel(), games=60)


def script(turn: int) -> Given:
    past = kernel().scenario.history
    assert past is not None
    rows = past.turns[turn]
    return {role: [Order(o.order, o.place, o.option) for o in orders] for role, orders in rows.items()}


def after(turn: int, name: str, role: str, edit: Edit, start: Mapping[str, int] | None = None) -> float:
    """The median of a value as *role* sees it after *turn*, on the line as *edit* changes it."""
    found = []
    for seed in SEEDS:
        position, _ = kernel().start(seed, traced=False)
        values = list(position.values)
        for variable, value in (start or {}).items():
            for slot in kernel().slots(variable):
                values[slot] = value
        position = position.with_values(tuple(values))
        while position.ending is None and position.turn <= turn:
            orders = script(position.turn)
            edit(position.turn, orders)
            kept: Given = {}
            for player, wanted in orders.items():
                for order in wanted:
                    if kernel().allows(position, player, [*kept.get(player, []), order]):
                        kept.setdefault(player, []).append(order)
            position, _ = kernel().adjudicate(position, kept, traced=False)
        found.append(kernel().reading(position, name, role))
    return median(found)


def unchanged(turn: int, orders: Given) -> None:
    """The line as it was."""


def unasked(turn: int, orders: Given) -> None:
    orders["tokayev"] = [order for order in orders["tokayev"] if order.id != "call_help"]


def priced(turn: int, orders: Given) -> None:
    """The West names a price on turn 4, and keeps its word to itself on turn 5."""
    if turn == 4:
        orders["west"] = [Order("cost_signal")]
    elif turn == 5:
        orders["west"] = [Order("sanctions", option="adopt")]


def test_nineteen_of_twenty_cells_lie_within_a_point_of_their_band() -> None:
    assert line().banded == 132
    assert line().hits >= 126


def test_the_gate_opens_on_turn_six_and_not_before() -> None:
    gate = {cell.turn: cell.median for cell in line().cells if cell.measure == "GATE"}

    assert [gate[turn] for turn in range(1, 7)] == [0, 0, 0, 1, 1, 2]
    assert gate[12] < 2


def test_without_a_request_local_support_stays_below_three() -> None:
    assert after(6, "support", "kremlin", unasked) < 3 <= after(6, "support", "kremlin", unchanged)


@pytest.mark.parametrize("turn", [5, 6])
def test_a_strong_western_signal_shuts_the_gate(turn: int) -> None:
    assert after(turn, "low_cost", "kremlin", priced) <= 2
    assert after(turn, "gate", "kremlin", priced) <= 1


def test_a_refusal_in_the_council_costs_a_turn_and_the_mission_its_name() -> None:
    doubters = dict.fromkeys(("fragile_armenia", "fragile_kyrgyzstan", "fragile_belarus"), 100)

    assert after(6, "council_agreed", "control", unchanged) == 1
    assert after(6, "council_agreed", "control", unchanged, doubters) == 0
    assert after(6, "mission_legitimacy", "control", unchanged, doubters) < after(
        6, "mission_legitimacy", "control", unchanged
    )


def test_moscow_can_still_come_alone_after_a_refusal() -> None:
    doubters = dict.fromkeys(("fragile_armenia", "fragile_kyrgyzstan", "fragile_belarus"), 100)

    assert after(7, "troops", "control", unchanged, doubters) > 0


def test_the_remark_about_guests_is_answered_when_they_have_left() -> None:
    """The last soldiers leave in the last turn, and what is said of it must still be heard in it."""
    event = next(each for phase in kernel().plan.phases for each in phase.events if each.id == "quick_exit")
    roles = dict.fromkeys(kernel().scenario.roles, "historical")
    games = [play(kernel(), roles, seed=seed) for seed in range(1, 6)]

    assert sum(game.position.values[event.slot] == game.turns for game in games) >= 3


def test_every_order_is_given_sooner_or_later() -> None:
    found = balance(kernel(), games=150, whatifs=0)

    assert [order.id for order in found.orders if order.is_dead] == []
