"""Reads the worked examples of RULES.md and plays each as a scenario of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import field, frozen

RULES = Path(__file__).parents[2] / "RULES.md"
FENCE = re.compile(r"^```example\n(.*?)^```", re.MULTILINE | re.DOTALL)
ARGUE = re.compile(r"argue +for (\d+) against (\d+) = (\d+)")
FACE = re.compile(r'face +seed (\d+) turn (\d+) label "([^"]+)" subject (\d+) sides (\d+) = (\d+)')


@frozen
class Example:
    """One block of RULES.md: what is given, what is ordered, what must come out."""

    text: str
    given: dict[str, str] = field(factory=dict)
    orders: list[tuple[str, str]] = field(factory=list)
    world: list[str] = field(factory=list)
    then: dict[str, str] = field(factory=dict)
    faces: list[tuple[int, int, str, int, int, int]] = field(factory=list)
    arguments: list[tuple[int, int, int]] = field(factory=list)
    """Reasons for, reasons against, and the chance in percent."""

    def bundle(self) -> dict[str, str]:
        """A scenario that holds exactly this example, as file name to text."""
        roles = [role for role, _ in self.orders] or ["control_role"]
        parts = [
            'format = 1\ntitle = "Example"\nabout = "One example of the rule book."\nlanguages = ["en"]\n'
            'phases = [ {id = "street", title = "Street"} ]\n'
            'turns = [ {title = "One", dates = "1", days = 1}, {title = "Two", dates = "2", days = 1} ]\n'
            '[lengths]\nfull = "all"\n'
        ]
        parts += [
            f'[roles.{role}]\ntitle = "{role}"\nshort = "{role[:8]}"\nabout = "x"\norders = 1\n'
            for role in roles
        ]
        parts += [
            f'[variables.{name}]\ntitle = "{name}"\nabout = "x"\nseen = "all"\n{kind}'
            for name, kind in self.kinds()
        ]
        parts += [
            f'[orders.{role}_order]\nrole = "{role}"\ntitle = "x"\nabout = "x"\nphase = "street"\n'
            f'visible = "all"\neffects = """\n{text}\n"""\n'
            for role, text in self.orders
        ]
        if self.world:
            rules = "\n".join(self.world)
            parts.append(
                f'[procedures.world]\nphase = "street"\ntitle = "x"\nabout = "x"\nrules = """\n{rules}\n"""\n'
            )
        parts += [
            f'[objectives.{role}.o]\ntitle = "x"\nabout = "x"\nweight = 1\nvalue = "50"\n' for role in roles
        ]
        parts.append('[endings.over]\ntitle = "Over"\nabout = "x"\n')
        return {"scenario.toml": "".join(parts)}

    def kinds(self) -> Iterator[tuple[str, str]]:
        """The variables given, each with the lines that say its kind and start."""
        for name, words in self.given.items():
            if found := re.fullmatch(r"(-?\d+) in (-?\d+)\.\.(-?\d+)", words):
                start, low, high = found.groups()
                yield name, f"range = [{low}, {high}]\nstart = {start}\n"
            elif found := re.fullmatch(r"(\w+) of ([\w/]+)", words):
                options = ", ".join(f'"{option}"' for option in found[2].split("/"))
                yield name, f'choices = [{options}]\nstart = "{found[1]}"\n'
            else:
                yield (
                    name,
                    f"flag = true\nstart = {'true' if words.startswith('yes') else 'false'}\n"
                    + ('clash = "lowest"\n' if "lowest" in words else ""),
                )


def examples() -> list[Example]:
    """Every worked example of the rule book, in its order."""
    return [_read(text) for text in FENCE.findall(RULES.read_text(encoding="utf-8"))]


def _read(text: str) -> Example:
    example = Example(text)
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if word == "given":
            name, words = rest.split(" ", 1)
            example.given[name] = words
        elif word == "order":
            role, rule = rest.split(": ", 1)
            example.orders.append((role, rule))
        elif word == "world":
            example.world.append(rest)
        elif word == "then":
            name, value = rest.split(" ", 1)
            example.then[name] = value
        elif found := FACE.fullmatch(line.strip()):
            seed, turn, label, subject, sides, face = found.groups()
            example.faces.append((int(seed), int(turn), label, int(subject), int(sides), int(face)))
        elif found := ARGUE.fullmatch(line.strip()):
            pros, cons, chance = map(int, found.groups())
            example.arguments.append((pros, cons, chance))
        else:
            raise AssertionError(f"RULES.md: an example line nobody can read: {line!r}")
    return example
