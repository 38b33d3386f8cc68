"""The toy crisis of `toy.txt`: read, and written out as a scenario and as the source of other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = [
    "ROLES",
    "START",
    "TURNS",
    "VARIABLES",
    "Action",
    "Do",
    "actions",
    "compiled",
    "in_c",
    "in_python",
    "scenario",
    "upkeep",
]

ROLES, VARIABLES, TURNS = 4, 40, 12
START = [10, *[50] * (VARIABLES - 1)]

Clause = tuple[str, str, str]


@frozen
class Do:
    """One statement: `add` a number, `shift` by another value, `if` conditions hold, or `roll`."""

    kind: str
    target: int = 0
    number: int = 0
    other: int = 0
    tests: tuple[tuple[int, str, int], ...] = ()
    then: tuple[Do, ...] = ()
    otherwise: tuple[Do, ...] = ()


@frozen
class Action:
    """What a role may do, and from which value of which variable on; None: always."""

    role: int
    number: int
    needs: tuple[int, int] | None
    body: tuple[Do, ...]


@cache
def _read() -> tuple[tuple[Action, ...], tuple[Do, ...]]:
    text = (Path(__file__).parent / "toy.txt").read_text(encoding="utf-8")
    found: list[Action] = []
    blocks = re.split(r"^(?=action|upkeep)", re.sub(r"^#.*\n", "", text, flags=re.M), flags=re.M)
    last: tuple[Do, ...] = ()
    for block in filter(str.strip, blocks):
        head, *rows = block.strip().splitlines()
        body = tuple(_do(row.strip()) for row in rows)
        if named := re.match(r"action r(\d+)a(\d+) requires (?:always|v(\d+) >= (\d+))", head):
            needs = (int(named[3]), int(named[4])) if named[3] else None
            found.append(Action(int(named[1]), int(named[2]), needs, body))
        else:
            last = body
    return tuple(found), last


def actions() -> tuple[Action, ...]:
    """All actions, role by role."""
    return _read()[0]


def upkeep() -> tuple[Do, ...]:
    """What happens at the end of every turn."""
    return _read()[1]


def _do(row: str) -> Do:
    if row.startswith(("if ", "roll ")):
        test, _, rest = row.partition(" : ")
        then, _, otherwise = rest.partition(" else ")
        parts = tuple(_do(part.strip()) for part in then.split(" , "))
        others = tuple(_do(part.strip()) for part in otherwise.split(" , ") if part)
        asked = tuple((int(v), sign, int(n)) for v, sign, n in re.findall(r"v(\d+) (>=|<|>) (\d+)", test))
        return Do(row.split()[0], tests=asked, then=parts, otherwise=others)
    if shifted := re.match(r"v(\d+) \+= v(\d+) >> (\d+)", row):
        return Do("shift", int(shifted[1]), int(shifted[3]), int(shifted[2]))
    added = re.match(r"v(\d+) ([+-])= (\d+)", row)
    assert added is not None, row
    return Do("add", int(added[1]), int(f"{added[2]}{added[3]}"))


# --- As a scenario


def scenario() -> dict[str, str]:
    """The toy as a bundle of one file: a phase for each role, since they take effect one after the other."""
    rows = [
        "format = 1",
        'title = "Toy"',
        'about = "A crisis of no place."',
        'languages = ["en"]',
        f"phases = [{', '.join(map(_phase, range(ROLES)))}, {{id = 'world', title = 'World'}}]",
        f"turns = [{', '.join(_turn(number) for number in range(TURNS))}]",
        "[lengths]",
        'full = "all"',
    ]
    for number, start in enumerate(START):
        rows += [f"[variables.v{number}]", f'title = "V{number}"', 'about = "A number."', "range = [0, 100]"]
        rows += [f"start = {start}", 'seen = "all"', *(["headline = true"] if number < 4 else [])]
    for role in range(ROLES):
        rows += [
            f"[roles.r{role}]",
            f'title = "Role {role}"',
            f'short = "R{role}"',
            'about = "Acts."',
            "orders = 1",
        ]
        rows += [f"[objectives.r{role}.low]", 'title = "Little of it"', "weight = 1", 'value = "100 - v0"']
        rows += [
            f"[doctrines.r{role}.any]",
            'title = "Any"',
            'about = "Whatever is allowed."',
            "jitter = 100",
        ]
        for action in actions():
            if action.role == role:
                rows += [
                    f"[[doctrines.r{role}.any.lines]]",
                    f'order = "r{role}a{action.number}"',
                    "weight = 1",
                    'because = "any will do"',
                ]
    for action in actions():
        rows += [
            f"[orders.r{action.role}a{action.number}]",
            f'title = "Do {action.number}"',
            'about = "Does it."',
        ]
        rows += [f'role = "r{action.role}"', f'phase = "p{action.role}"']
        rows += [f'when = "v{action.needs[0]} >= {action.needs[1]}"'] if action.needs else []
        rows += ["effects = '''", *_rule(action.body, ""), "'''"]
    rows += [
        "[procedures.upkeep]",
        'title = "Upkeep"',
        'about = "What happens by itself."',
        'phase = "world"',
    ]
    rows += ["rules = '''", *_rule(upkeep(), ""), "'''"]
    rows += [
        "[endings.over]",
        'title = "Over"',
        'about = "It is full."',
        "early = true",
        'when = "v0 >= 100"',
    ]
    rows += ["[endings.calm]", 'title = "Calm"', 'about = "It is not."']
    return {"scenario.toml": "\n".join(rows) + "\n"}


def _phase(role: int) -> str:
    return f"{{id = 'p{role}', title = 'Role {role}'}}"


def _turn(number: int) -> str:
    return f"{{title = 'Turn {number + 1}', dates = 'day {number + 1}'}}"


def _rule(body: Sequence[Do], indent: str) -> Iterator[str]:
    for each in body:
        match each.kind:
            case "add":
                yield f"{indent}v{each.target} {'+' if each.number >= 0 else '-'}= {abs(each.number)}"
            case "shift":
                yield f"{indent}v{each.target} += (v{each.other} - 50) // {2**each.number}"
            case _:
                tests = " and ".join(f"v{v} {sign} {n}" for v, sign, n in each.tests)
                if each.kind == "roll":
                    ((v, _, n),) = each.tests
                    tests = f"roll(6, 'one') + roll(6, 'two') + (v{v} - 50) // 16 >= {n}"
                yield f"{indent}if {tests}:"
                yield from _rule(each.then, indent + "    ")
                if each.otherwise:
                    yield f"{indent}else:"
                    yield from _rule(each.otherwise, indent + "    ")


# --- As source of other languages


def in_python() -> str:
    """`ACTIONS[role][number](v, dice)` and `upkeep(v, dice)`; *dice* gives the sum of two dice."""
    rows = []
    for action in actions():
        rows += [f"def r{action.role}a{action.number}(v, dice):", *_python(action.body, "    ")]
    rows += ["def upkeep(v, dice):", *_python(upkeep(), "    ")]
    listed = [
        ", ".join(f"r{a.role}a{a.number}" for a in actions() if a.role == role) for role in range(ROLES)
    ]
    rows.append(f"ACTIONS = ({', '.join(f'({each})' for each in listed)})")
    return "\n".join(rows) + "\n"


@cache
def compiled() -> dict[str, Any]:
    """`ACTIONS` and `upkeep` of `in_python`, ready to be called."""
    names: dict[str, Any] = {}
    exec(in_python(), names)
    return names


def _python(body: Sequence[Do], indent: str) -> Iterator[str]:
    for each in body:
        match each.kind:
            case "add" | "shift":
                more = str(each.number) if each.kind == "add" else f"(v[{each.other}] - 50 >> {each.number})"
                yield f"{indent}v[{each.target}] = min(max(v[{each.target}] + {more}, 0), 100)"
            case _:
                yield f"{indent}if {_tested(each, ' and ', 'dice()')}:"
                yield from _python(each.then, indent + "    ")
                if each.otherwise:
                    yield f"{indent}else:"
                    yield from _python(each.otherwise, indent + "    ")


def _tested(each: Do, join: str, dice: str) -> str:
    if each.kind == "roll":
        ((v, _, n),) = each.tests
        return f"{dice} + (v[{v}] - 50 >> 4) >= {n}"
    return join.join(f"v[{v}] {sign} {n}" for v, sign, n in each.tests)


def in_c(language: str = "c") -> str:
    """The actions and the upkeep as functions of C or JavaScript: `r0a0(v)`, with `dice()` and `cut(x)`."""
    head = "static void {}(int *v) {{" if language == "c" else "function {}(v) {{"
    rows = []
    for action in actions():
        rows += [head.format(f"r{action.role}a{action.number}"), *_braces(action.body), "}"]
    return "\n".join([*rows, head.format("upkeep"), *_braces(upkeep()), "}", ""])


def _braces(body: Sequence[Do]) -> Iterator[str]:
    for each in body:
        match each.kind:
            case "add" | "shift":
                more = (
                    str(each.number) if each.kind == "add" else f"((v[{each.other}] - 50) >> {each.number})"
                )
                yield f"v[{each.target}] = cut(v[{each.target}] + {more});"
            case _:
                test = _tested(each, " && ", "dice()").replace("(v[", "((v[").replace(" - 50 >>", " - 50) >>")
                yield f"if ({test}) {{"
                yield from _braces(each.then)
                yield "}"
                if each.otherwise:
                    yield from ("else {", *_braces(each.otherwise), "}")
