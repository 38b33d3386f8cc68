"""What is kept of each game of a run, as rows of four tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from wargame.agents.talk import talk_round
from wargame.lab.lineup import agents_of, players_of
from wargame.lab.match import undisturbed
from wargame.lab.table import Cell, Column
from wargame.rules.kernel import Kernel
from wargame.rules.position import Position
from wargame.scenario.model import Derived, Variable

__all__ = ["TABLES", "Recorded", "Rows", "Values", "columns_of", "record"]

TABLES = ("games", "turns", "orders", "outcomes")

Rows = dict[str, list[list[Cell]]]
"""By table."""

Values = Literal["headline", "all"]
"""Which values the table of turns holds."""

SEED = Column("seed", "number", "the game: the seed it was played with", "seed")
STEP = Column("step", "number", "the turn, counted among the turns played", "turn, from 1")
TURN = Column("turn", "number", "the turn, as the calendar counts", "calendar turn, from 1")
ROLE = Column("role", "words", "the role, by its id")

FIXED = {
    "games": (
        SEED,
        Column("ending", "words", "how it ended, by the ending's id"),
        Column("turns", "number", "how many turns were played", "turns"),
        Column("truth", "words", "the hidden truth that was dealt, by its id; empty if there is none"),
    ),
    "turns": (SEED, STEP, TURN),
    "orders": (
        SEED,
        STEP,
        TURN,
        ROLE,
        Column("number", "number", "which of the role's orders of the turn it is", "from 1"),
        Column("order", "words", "the order, by its id"),
        Column("place", "words", "the place it is for, by its id; empty if it is for none"),
        Column("option", "words", "the option chosen; empty if it has none"),
    ),
    "outcomes": (
        SEED,
        ROLE,
        Column("player", "words", "who played the role: a doctrine, random or historical"),
        Column("kind", "words", "score, objective, red_line or agenda"),
        Column("id", "words", "the objective, red line or agenda; `total` for the score"),
        Column(
            "value",
            "number",
            "how far it was reached",
            "score and objective: points, 0 to 100; red line: 1 if crossed; agenda: 1 if reached",
        ),
        Column(
            "weight",
            "number",
            "what it counts for",
            "objective: weight; red line: points lost if crossed; agenda: points won; score: 1",
        ),
    ),
}


def columns_of(kernel: Kernel, values: Values = "all") -> dict[str, tuple[Column, ...]]:
    """The columns of every table of a run of *kernel*'s scenario."""
    return {**FIXED, "turns": (*FIXED["turns"], *_shown(kernel, values))}


def _about(kernel: Kernel, values: Values) -> list[Variable | Derived]:
    scenario = kernel.scenario
    everything: list[Variable | Derived] = [*scenario.variables.values(), *scenario.derived.values()]
    return [each for each in everything if values == "all" or each.headline]


def _shown(kernel: Kernel, values: Values) -> list[Column]:
    taken = {column.name for column in FIXED["turns"]}
    found = []
    for each in _about(kernel, values):
        name = f"value_{each.id}" if each.id in taken else each.id
        options = each.options if isinstance(each, Variable) and not each.per_place else ()
        about = f"{each.title}, added up over all places" if each.per_place else each.title
        if options:
            found.append(Column(name, "words", f"{about}: {', '.join(options)}"))
        else:
            found.append(Column(name, "number", about, _unit(each)))
    return found


def _unit(each: Variable | Derived) -> str:
    if isinstance(each, Variable) and each.is_flag:
        return "places" if each.per_place else "1 for yes, 0 for no"
    lo, hi = each.range if isinstance(each, Variable) else (each.type.lo, each.type.hi)
    span = "" if each.per_place else f"{lo} to {hi}"
    return ", ".join(part for part in (each.unit or "points", span) if part)


@frozen(eq=False)
class _Reading:
    """Reads the values of the table of turns from a position."""

    kernel: Kernel
    values: Values
    _cells: list[tuple[Any, ...]] = field(init=False)

    @_cells.default
    def _find(self) -> list[tuple[Any, ...]]:
        plan = self.kernel.plan
        places = range(len(plan.places))
        found: list[tuple[Any, ...]] = []
        for each in _about(self.kernel, self.values):
            if isinstance(each, Derived):
                found.append((plan.derived[each.id].function, places if each.per_place else range(1), ()))
            else:
                options = () if each.per_place else each.options
                found.append((None, self.kernel.slots(each.id), options))
        return found

    def cells(self, position: Position) -> list[Cell]:
        values, row = list(position.values), list[Cell]()
        for function, spots, options in self._cells:
            if function is not None:
                row.append(sum([int(function(values, here)) for here in spots]))
            else:
                value = sum([values[slot] for slot in spots])
                row.append(options[value] if options else value)
        return row


def record(kernel: Kernel, players: Mapping[str, str], seed: int, length: str, reading: _Reading) -> Rows:
    """One game of *players*, who are no persons, and its rows."""
    agents = agents_of(kernel, players)
    rows: Rows = {name: [] for name in TABLES}
    position, _ = kernel.start(seed, length, traced=False)
    while position.ending is None:
        step, turn = position.step, position.turn
        position, chairs = talk_round(kernel, position, agents)
        given = {role: [each.order for each in agent.choose(chairs[role])] for role, agent in agents.items()}
        position = kernel.play(position, [order for orders in given.values() for order in orders])
        rows["turns"].append([seed, step, turn, *reading.cells(position)])
        rows["orders"] += [
            [seed, step, turn, role, number, order.id, order.place or "", order.option or ""]
            for role, orders in given.items()
            for number, order in enumerate(orders, 1)
        ]
    truth = kernel.plan.truth_slot
    dealt = "" if truth is None else list(kernel.scenario.truths)[position.values[truth]]
    rows["games"].append([seed, position.ending, position.step, dealt])
    for role, player in players.items():
        rows["outcomes"] += [[seed, role, player, *each] for each in _scored(kernel, position, role)]
    return rows


def _scored(kernel: Kernel, position: Position, role: str) -> list[list[Cell]]:
    card = kernel.score(position, role)
    found: list[list[Cell]] = [["score", "total", card.total, 1]]
    found += [["objective", mark.id, mark.value, mark.weight] for mark in card.objectives]
    found += [["red_line", line.id, int(line.crossed), line.penalty] for line in card.red_lines]
    if card.agenda is not None:
        found.append(["agenda", card.agenda.id, int(card.agenda.reached), card.agenda.points])
    return found


@frozen
class Recorded:
    """Games of which rows are kept; it holds only values, so that it travels between processes."""

    named: Mapping[str, str]
    """The player of every role; see `wargame.lab.lineup`."""

    length: str
    values: Values = "all"

    def __call__(self, kernel: Kernel, seeds: range) -> Rows:
        reading = _Reading(kernel, self.values)
        rows: Rows = {name: [] for name in TABLES}
        with undisturbed():
            for seed in seeds:
                game = record(kernel, players_of(kernel, self.named, seed), seed, self.length, reading)
                for name, found in game.items():
                    rows[name] += found
        return rows
