"""Random whole scenarios that pass the check, as bundles of text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from attrs import evolve

from tests.language.programs import Author
from wargame.errors import Problem
from wargame.language.check import Checked, check_block, check_expression
from wargame.language.scope import Scope, Use
from wargame.language.types import Choice, Flag, Number, Type
from wargame.scenario.book import examine
from wargame.scenario.merge import Merged
from wargame.scenario.model import Scenario
from wargame.scenario.structure import structure
from wargame.scenario.texts import Examination

Data = dict[str, Any]
ROLES = ("red", "blue", "grey", "gold")
RANGES = ((0, 100), (0, 12), (-50, 50), (1, 9), (3, 3), (0, 1), (-1_000_000, 1_000_000))
CHOICES = (["none", "some"], ["low", "middle", "high"], ["only"])
TRIES = 6
"""How many texts are written for one place until one passes; the last stays and may be taken out again."""

BY_ROLE = ("objectives", "red_lines", "agendas", "doctrines")


def random_bundle(random: Random) -> dict[str, str]:
    """The text of a scenario drawn by *random*, which passes the check."""
    world = _World(random)
    world.build()
    return {"scenario.toml": toml(world.data)}


def toml(data: Data) -> str:
    """*data* as TOML: plain keys, then a table for each entry."""
    lines = [f"{key} = {_inline(value)}" for key, value in data.items() if not isinstance(value, dict)]
    for kind, table in data.items():
        if isinstance(table, dict):
            lines += _tables(kind, table, 2 if kind in BY_ROLE else 0 if kind == "lengths" else 1)
    return "\n".join(lines) + "\n"


def _tables(path: str, table: Data, depth: int) -> Iterator[str]:
    if depth == 0:
        yield f"\n[{path}]"
        yield from (f"{key} = {_inline(value)}" for key, value in table.items())
    else:
        for id, inner in table.items():
            yield from _tables(f"{path}.{id}", inner, depth - 1)


def _inline(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "{ " + ", ".join(f"{key} = {_inline(inner)}" for key, inner in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_inline, value)) + "]"
        case _:
            return json.dumps(value)


def as_read(data: Data) -> tuple[Scenario, list[Problem]]:
    """The scenario in *data* without going through text, and every fault of it."""
    merged = Merged([], data)
    scenario, notes = structure(merged, {})
    return scenario, [*notes.found, *examine(scenario, frozenset(notes.doubtful))[1]]


class _World:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.roles = list(ROLES[: random.randint(1, 4)])
        self.places = [f"place_{i}" for i in range(random.choice((0, 1, 2, 3, 5)))]
        self.turns = random.randint(1, 5)
        self.phases = ["dawn", "noon", "dusk"][: random.randint(1, 3)]
        self.data: Data = {}
        self.scope = Scope({})

    def build(self) -> None:
        self._frame()
        self._state()
        self._derive()
        self._skeleton()
        self._rules()
        self._repair()

    # The parts without rules.

    def _frame(self) -> None:
        random, turns = self.random, self.turns
        self.data |= {
            "format": 1,
            "title": "A random world",
            "phases": [{"id": id} for id in self.phases],
            "turns": [{"title": f"Turn {i + 1}"} for i in range(turns)],
            "lengths": {"short": sorted(random.sample(range(1, turns + 1), random.randint(1, turns)))},
            "roles": {
                role: {
                    "title": role.title(),
                    "orders": random.randint(0, 4),
                    "playable": random.random() < 0.8,
                }
                for role in self.roles
            },
        }

    def _some(self, of: list[str]) -> list[str]:
        return [each for each in of if self.random.random() < 0.5]

    def _seen(self) -> Any:
        random = self.random
        ways: tuple[Any, ...] = ("exact", "exact", 10, 0, {"error": 3, "delay": 1, "bias": -2}, {"delay": 2})
        if random.random() < 0.5:
            return "all"
        return {role: random.choice(ways) for role in self._some(self.roles)}

    def _state(self) -> None:
        random = self.random
        variables = {f"var_{i}": self._variable() for i in range(random.randint(2, 9))}
        variables |= {f"purse_{role}": self._purse(role) for role in self.roles}
        constants = {f"const_{i}": {"value": i, "range": [0, 9]} for i in range(random.randint(0, 2))}
        self.data |= {"variables": variables, "constants": constants}
        local = [id for id, each in variables.items() if "per" in each]
        self.data["places"] = {id: self._place(variables, local) for id in self.places}
        if random.random() < 0.5:
            self.data["truths"] = {
                f"truth_{i}": {"title": "T", "weight": i + 1} for i in range(random.randint(1, 3))
            }

    def _purse(self, role: str) -> Data:
        return {"title": "Purse", "range": [0, 12], "start": 5, "seen": {role: "exact"}}

    def _variable(self) -> Data:
        random = self.random
        each: Data = {"title": "V", "seen": self._seen(), "headline": random.random() < 0.3}
        if self.places and random.random() < 0.4:
            each["per"] = "place"
        kind = random.randrange(6)
        if kind < 3:
            lo, hi = random.choice(RANGES)
            each |= {"range": [lo, hi], "start": random.randint(lo, hi)}
        elif kind < 5:
            each |= {"flag": True, "start": random.random() < 0.5}
        else:
            each["choices"] = random.choice(CHOICES)
            each["start"] = random.choice(each["choices"])
        if random.random() < 0.3:
            each["clash"] = random.choice(("highest", "lowest"))
        return each

    def _place(self, variables: Data, local: list[str]) -> Data:
        start = {id: variables[id]["start"] for id in self._some(local)}
        return {"title": "P", "next_to": self._some(self.places[1:]), "start": start}

    def _derive(self) -> None:
        """Derived values, each on what is there before it."""
        random = self.random
        self.data["derived"] = {}
        for i in range(random.choice((0, 1, 3))):
            self._scope()
            per_place = bool(self.places) and random.random() < 0.4
            text = self._expression(Number(), Use("value", here=per_place))
            each = {"title": "D", "range": list(random.choice(RANGES)), "value": text}
            self.data["derived"][f"derived_{i}"] = each | ({"per": "place"} if per_place else {})
            if any(problem.key.startswith("derived.") for problem in as_read(self.data)[1]):
                del self.data["derived"][f"derived_{i}"]

    def _skeleton(self) -> None:
        """Ids of orders and deals, so that rules can speak of them."""
        random = self.random
        self.data["orders"] = {f"order_{i}": self._order() for i in range(random.randint(0, 7))}
        two = random.sample(self.roles, 2) if len(self.roles) > 1 else None
        if two and random.random() < 0.6:
            broken_by = self._some(list(self.data["orders"]))
            deal = {"title": "A", "parties": two, "broken_by": broken_by, "public": random.random() < 0.5}
            self.data["agreements"] = {"deal": deal}
        if two and random.random() < 0.6:
            promise = {"title": "W", "by": two[0], "to": two[1:], "broken_when": "turn == 1"}
            self.data["promises"] = {"word": promise | ({"due": 2} if random.random() < 0.5 else {})}
        self._scope()

    def _order(self) -> Data:
        random, role = self.random, self.random.choice(self.roles)
        order: Data = {"role": role, "title": "O", "phase": random.choice(self.phases)}
        order |= {"once": random.random() < 0.3, "visible": random.choice(("all", self._some(self.roles)))}
        if self.places and random.random() < 0.5:
            order |= {"target": "place", "per_turn": random.randint(1, 3)}
        if random.random() < 0.4:
            order["choose"] = {"size": ["small", "large"]}
        return order

    def _scope(self) -> None:
        examination = Examination(as_read(self.data)[0])
        examination.run()
        self.scope = examination.scope

    # The rules.

    def _author(self, use: Use, *, with_dice: bool = False) -> Author:
        scope = self.scope
        reader = use.reader
        if reader is not None:
            # Most of what a reader sees is fine for it; now and then the check is put to the test.
            known = {
                id: v for id, v in scope.variables.items() if reader in (v.seen if use.perceived else v.exact)
            }
            derived = {id: d for id, d in scope.derived.items() if reader in d.exact}
            orders = {id: o for id, o in scope.orders.items() if reader in o.known}
            scope = evolve(scope, variables=known, derived=derived, orders=orders)
        return Author(self.random, scope, use, with_dice=with_dice)

    def _expression(self, type_: Type, use: Use) -> str:
        for _ in range(TRIES):
            text = self._author(use).expression(type_, self.random.randint(0, 3))
            if isinstance(check_expression(text, self.scope, use, type_), Checked):
                break
        return text

    def _block(self, use: Use) -> str:
        for _ in range(TRIES):
            text = self._author(use, with_dice=True).block(self.random.randint(1, 5))
            if isinstance(check_block(text, self.scope, use), Checked):
                break
        return text

    def _reveals(self) -> list[str]:
        known = [*self.scope.variables, *self.scope.derived, *self.scope.orders]
        return known if self.random.random() < 0.5 else []

    def _put(self, table: Data, key: str, text: str, odds: float = 1.0) -> None:
        if self.random.random() < odds:
            table[key] = text

    def _rules(self) -> None:
        random = self.random
        for order in self.data["orders"].values():
            self._order_rules(order)
        for kind, count in (("procedures", 3), ("events", 3)):
            self.data[kind] = {
                f"{kind[:-1]}_{i}": self._world_rules(kind) for i in range(random.randint(0, count))
            }
        for deal in self.data.get("agreements", {}).values():
            self._put(
                deal, "when", self._expression(Flag(), Use("condition", reader=deal["parties"][0])), 0.4
            )
            for key in ("effects", "each_turn", "on_break"):
                self._put(deal, key, self._block(Use("event")), 0.6)
        for promise in self.data.get("promises", {}).values():
            self._put(promise, "kept_when", self._expression(Flag(), Use("condition")), 0.6)
            for key in ("on_kept", "on_broken"):
                self._put(promise, key, self._block(Use("event")), 0.6)
        self._aims()
        self.data["doctrines"] = {role: {"one": self._doctrine(role)} for role in self._some(self.roles)}

    def _order_rules(self, order: Data) -> None:
        option = Choice("size", ("small", "large")) if "choose" in order else None
        use = Use("value", "target" in order, option, reader=order["role"])
        price = self._expression(Number(), use) if self.random.random() < 0.3 else self.random.randint(0, 4)
        order["spend"] = {f"purse_{order['role']}": price}
        self._put(order, "when", self._expression(Flag(), Use("condition", reader=order["role"])), 0.4)
        self._put(order, "allow", self._expression(Flag(), use), 0.4)
        order["reveals"] = self._reveals()
        effects = Use("order", "target" in order, option, reveals=frozenset(order["reveals"]))
        self._put(order, "effects", self._block(effects), 0.9)

    def _world_rules(self, kind: str) -> Data:
        random = self.random
        if kind == "procedures":
            reveals = self._reveals()
            rules = self._block(Use("procedure", reveals=frozenset(reveals)))
            return {
                "title": "P",
                "phase": random.choice(self.phases),
                "rules": rules,
                "rank": random.randint(0, 9),
                "reveals": reveals,
            }
        event: Data = {
            "title": "E",
            "percent": random.choice((10, 50, self._expression(Number(), Use("value")))),
        }
        event |= {"tell": "Something.", "truth": random.random() < 0.5, "once": random.random() < 0.5}
        event |= {"after": random.choice(("brief", *self.phases)), "to": self._some(self.roles)}
        if random.random() < 0.3:
            event["turn"] = random.randint(1, self.turns)
        self._put(event, "when", self._expression(Flag(), Use("condition")), 0.5)
        self._put(event, "effects", self._block(Use("event")), 0.6)
        return event

    def _aims(self) -> None:
        def condition() -> str:
            return self._expression(Flag(), Use("condition"))

        roles = self.roles
        goal = [{"title": "G", "weight": 3, "value": self._expression(Number(), Use("value"))} for _ in roles]
        self.data["objectives"] = {role: {"goal": each} for role, each in zip(roles, goal, strict=True)}
        self.data["red_lines"] = {
            role: {"line": {"title": "L", "penalty": 9, "when": condition()}} for role in roles
        }
        self.data["agendas"] = {
            role: {f"aim_{i}": {"title": "A", "points": 9, "when": condition()} for i in range(2)}
            for role in roles
        }
        endings: Data = {"early": {"title": "E", "early": True, "when": condition()}}
        endings["late"] = {"title": "L", "when": condition()}
        self.data["endings"] = endings | {"last": {"title": "Last"}}

    def _doctrine(self, role: str) -> Data:
        orders = {id: each for id, each in self.data["orders"].items() if each["role"] == role}
        lines = [self._line(role, id, order) for id, order in orders.items()]
        use = Use("condition", reader=role, perceived=True)
        for kind, key, party in (("agreements", "offer", "parties"), ("promises", "promise", "by")):
            ids = [id for id, each in self.data.get(kind, {}).items() if role in each[party]]
            lines += [{key: id, "weight": 5, "because": "Why not."} for id in ids]
        doctrine: Data = {"title": "D", "lines": lines, "jitter": self.random.randint(0, 30)}
        self._put(doctrine, "hard_when", self._expression(Flag(), use), 0.5)
        deals = [id for id, each in self.data.get("agreements", {}).items() if role in each["parties"]]
        return doctrine | {"accepts": dict.fromkeys(deals, "true")}

    def _line(self, role: str, id: str, order: Data) -> Data:
        use = Use("condition", reader=role, perceived=True)
        line: Data = {
            "order": id,
            "weight": self.random.randint(0, 9),
            "because": f"I hold {{purse_{role}}}.",
        }
        self._put(line, "when", self._expression(Flag(), use), 0.5)
        if "target" in order:
            self._put(line, "where", self._expression(Number(), evolve(use, kind="value", here=True)), 0.5)
        if "choose" in order and self.random.random() < 0.5:
            line["option"] = "large"
        return line

    # What the check refuses goes out, until it refuses nothing.

    def _repair(self) -> None:
        self.data["doctrines"] = {r: d for r, d in self.data["doctrines"].items() if d["one"]["lines"]}
        for _ in range(6):
            problems = as_read(self.data)[1]
            if not problems:
                return
            for key in {problem.key for problem in problems}:
                self._take_out(key)
        raise AssertionError("\n".join(map(str, as_read(self.data)[1])))

    def _take_out(self, key: str) -> None:
        *way, last = key.split(".")
        table: Any = self.data
        for word in way:
            table = table[int(word) - 1] if isinstance(table, list) else table.get(word, {})
        if last in ("rules", "value") or way[0] in ("red_lines", "agendas", "endings"):
            fallback = {"rules": "", "value": "1"}.get(last, "turn >= 3" if self.turns > 2 else "1")
            table[last] = fallback
            if last == "rules":
                del self.data["procedures"][way[1]]
        elif way and way[0] == "promises" and last == "broken_when":
            table[last] = "1"
        else:
            table.pop(last, None)
