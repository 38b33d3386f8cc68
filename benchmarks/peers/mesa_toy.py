"""The toy as a Mesa model: an agent for each role, a step for each turn."""

from __future__ import annotations

from mesa import Agent, Model

from benchmarks.peers import toy


class Role(Agent):  # type: ignore[misc]
    """Chooses among its actions, and acts."""

    def __init__(self, model: Toy, role: int) -> None:
        super().__init__(model)
        self.role = role
        self.needs = [each.needs for each in toy.actions() if each.role == role]
        self.chosen = 0

    def choose(self) -> None:
        values = self.model.values
        allowed = [at for at, need in enumerate(self.needs) if need is None or values[need[0]] >= need[1]]
        self.chosen = self.random.choice(allowed)

    def act(self) -> None:
        self.model.rules["ACTIONS"][self.role][self.chosen](self.model.values, self.model.dice)


class Toy(Model):  # type: ignore[misc]
    """One game."""

    rules = toy.compiled()

    def __init__(self, seed: int) -> None:
        super().__init__(rng=seed)
        self.values = toy.START[:]
        for role in range(toy.ROLES):
            Role(self, role)

    def dice(self) -> int:
        return self.random.randint(1, 6) + self.random.randint(1, 6)

    def step(self) -> None:
        self.agents.do("choose")
        self.agents.do("act")
        self.rules["upkeep"](self.values, self.dice)


def play(games: int) -> None:
    """Plays so many games of uniform choices."""
    for seed in range(games):
        model = Toy(seed)
        for _ in range(toy.TURNS):
            model.step()
            if model.values[0] >= 100:
                break
