"""Random loops over all places: some whose rounds have nothing to do with each other, and some that have."""

from __future__ import annotations

from random import Random

from attrs import define

__all__ = ["random_loop"]

NUMBERS = (
    "unrest[p]",
    "legitimacy",
    "troops",
    "guessed",
    "turns_since(lost[p])",
    "turns_since(help_asked)",
    "heat[p]",
    "anger",
    "mean(unrest)",
    "count(lost)",
    "highest(heat)",
)
TRUTHS = ("lost[p]", "help_asked", "mandate == 'guard'", "unrest[p] > 50", "mandate in ('none', 'joint')")

FEW = ("troops += 1", "legitimacy -= 2", "help_asked = true", "troops += unrest[p] // 30", "guessed = 3")


@define
class Loop:
    """Writes one loop; `p` is its place, `q` a neighbour's, and `goal` a name."""

    random: Random
    is_named: bool = False
    has_neighbour: bool = False

    def number(self, depth: int = 2) -> str:
        one = self.random
        if depth == 0 or one.random() < 0.3:
            more = ["goal"] * 3 * self.is_named + [
                "unrest[q]",
                "turns_since(lost[q])",
            ] * 2 * self.has_neighbour
            return one.choice([*NUMBERS, *more, str(one.randint(0, 30))])
        first, second = self.number(depth - 1), self.number(depth - 1)
        forms = (
            f"({first} + {second})",
            f"({first} - {second})",
            f"{first} * {one.randint(-3, 3)}",
            f"({first} // {one.choice((-3, 2, 4, 7))})",
            f"({first} % {one.choice((2, 5))})",
            f"({first} // (2 if {self.truth(0)} else 3))",
            f"min({first}, {second})",
            f"max({first}, {second}, 3)",
            f"abs({first})",
            f"({first} if {self.truth(depth - 1)} else {second})",
        )
        return one.choice(forms)

    def truth(self, depth: int = 1) -> str:
        one = self.random
        if depth == 0 or one.random() < 0.3:
            more = ["chance(40)"] * (one.random() < 0.1) + ["lost[q]"] * 2 * self.has_neighbour
            return one.choice([*TRUTHS, *more])
        forms = (
            f"{self.number(1)} {one.choice(('<', '<=', '==', '!=', '>', '>='))} {self.number(1)}",
            f"not {self.truth(0)}",
            f"({self.truth(0)} and {self.truth(depth - 1)})",
            f"({self.truth(0)} or {self.truth(depth - 1)})",
            f"10 < {self.number(1)} <= 60",
        )
        return one.choice(forms)

    def block(self, indent: str, depth: int = 2) -> list[str]:
        return [line for _ in range(self.random.randint(1, 2)) for line in self.statement(indent, depth)]

    def statement(self, indent: str, depth: int) -> list[str]:
        one, value = self.random, self.number()
        simple = [
            f"unrest[p] += {value}",
            f"unrest[p] -= {value}",
            f"unrest[p] = {value}",
            "lost[p] = true",
            "lost[p] = false",
        ]
        if one.random() < 0.15:
            simple += ["troops += 1", "legitimacy -= 2", "unrest[almaty] += 1", "help_asked = true"] * 3
        if self.has_neighbour and one.random() < 0.1:
            simple += ["unrest[q] += 1"] * 5
        if depth == 0 or one.random() < 0.5:
            return [indent + one.choice(simple)]
        if not self.has_neighbour and one.random() < 0.25:
            self.has_neighbour = True
            inner = self.block(indent + "    ", 1)
            self.has_neighbour = False
            return [f"{indent}for q in neighbours(p):", *inner]
        lines = [f"{indent}if {self.truth()}:", *self.block(indent + "    ", depth - 1)]
        if one.random() < 0.4:
            lines += [f"{indent}elif {self.truth()}:", *self.block(indent + "    ", depth - 1)]
        if one.random() < 0.4:
            lines += [f"{indent}else:", *self.block(indent + "    ", depth - 1)]
        return lines

    def conditional(self) -> str:
        """Rounds that do nothing where no condition holds."""
        lines: list[str] = []
        for _ in range(self.random.randint(1, 2)):
            lines += [f"    if {self.truth()}:", f"        {self.random.choice(FEW)}"]
        return "\n".join(["for p in places:", *lines])

    def text(self) -> str:
        if self.random.random() < 0.2:
            return self.conditional()
        body: list[str] = []
        if self.random.random() < 0.4:
            body.append(f"    goal = {self.number()}")
            self.is_named = True
        body += self.block("    ")
        if self.is_named and self.random.random() < 0.5:
            body += [f"    if {self.truth()}:", f"        goal = {self.number()}", "    unrest[p] += goal"]
        behind = ["legitimacy += goal"] if self.is_named and self.random.random() < 0.5 else []
        return "\n".join(["goal = 5", "for p in places:", *body, *behind])


def random_loop(random: Random) -> str:
    """The text of a procedure; the check may refuse it."""
    return Loop(random).text()
