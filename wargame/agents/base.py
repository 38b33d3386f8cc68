"""What an agent is, and all that it may ask of a game."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from attrs import define, field, frozen

from wargame.agents.draws import Draws
from wargame.errors import AgentError
from wargame.rules import dice
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Order
from wargame.rules.position import Position
from wargame.rules.talk import is_asked
from wargame.rules.view import View

__all__ = ["Agent", "Chair", "Choice"]


class Looking(Protocol):
    """Eyes of a role, for all values or for a few."""

    role: str | None

    def see(self, position: Position) -> list[int]:
        """The values at *position* as the role sees them."""


class Choice(NamedTuple):
    """One order an agent settled on, with its reason in words; a batch makes very many."""

    order: Order
    reason: str = ""


@define(eq=False)
class Chair:
    """
    The game as one role may know it, which is all an agent is given.

    Two positions that differ only in what the role may not know answer alike to everything here.
    """

    kernel: Kernel
    """The rules: public, and the same for all."""

    _position: Position
    role: str
    explains: bool = True
    """Whether reasons are wanted; a batch, which nobody reads, saves their making."""

    notes: dict[object, list[int]] = field(factory=dict)
    """What an agent worked out from what it saw and may look up again, as long as nothing has changed."""

    def after(self, position: Position, deal: str) -> Chair:
        """The chair at *position*, where nothing is new but how *deal* stands: not all roles see that."""
        sees = self.role in self.kernel.plan.variables[deal].about.seen
        return Chair(self.kernel, position, self.role, self.explains, {} if sees else self.notes)

    @property
    def step(self) -> int:
        """Number of the turn among the played ones, from 1."""
        return self._position.step

    @property
    def turn(self) -> int:
        """Calendar number of the turn, from 1."""
        return self._position.turn

    @property
    def length(self) -> str:
        """Which length of the scenario is played."""
        return self._position.length

    @property
    def limit(self) -> int:
        """The most orders the role may give this turn."""
        return self.kernel.scenario.roles[self.role].orders

    def legal(self) -> tuple[Order, ...]:
        """Every order the role may give now, each on its own."""
        return self.kernel.legal(self._position, self.role)

    def allows(self, orders: Sequence[Order]) -> bool:
        """Whether the role may give these together."""
        return self.kernel.allows(self._position, self.role, orders)

    def view(self) -> View:
        """The position as the role sees it."""
        return self.kernel.view(self._position, self.role)

    @property
    def is_asked(self) -> bool:
        """Whether an offer waits for this role's answer."""
        return is_asked(self.kernel.plan, self._position, self.role)

    def acts(self) -> tuple[Act, ...]:
        """The offers, answers and promises the role may make now."""
        return self.kernel.acts(self._position, self.role)

    def see(self, eyes: Looking) -> list[int]:
        """
        The values as *eyes* see them; what they do not see holds its value from the start of the game.

        Raises:
            AgentError: If they are another role's eyes.
        """
        if eyes.role != self.role:
            raise AgentError(f"{self.role} cannot look through the eyes of {eyes.role or 'control'}")
        return eyes.see(self._position)

    def carried_out(self) -> tuple[frozenset[str], ...]:
        """The ids of the orders carried out in each earlier turn, as far as the role learned of them."""
        return self.kernel.carried_out(self._position, self.role)

    def believe(self, imagined: Position, label: str) -> Position:
        """
        *imagined*, a position of another game of this length, corrected by what the role knows of this one.

        What the role sees exactly is as it is, an estimate lies within its error, by dice of *label*; all
        else, every secret and the seed, is the imagined game's. From there a game that could be goes on.
        """
        draws = Draws(self.die(label))
        return self.kernel.believed(self._position, self.role, imagined, draws.below)

    def die(self, label: str) -> int:
        """64 bits drawn for one purpose of this role in this turn, the same on every replay."""
        return dice.raw(_turn_key(self._position.seed, self._position.step), _label_key(self.role, label))


@lru_cache(maxsize=64)
def _turn_key(seed: int, step: int) -> int:
    return dice.turn_key(seed, step)


@lru_cache(maxsize=1024)
def _label_key(role: str, label: str) -> int:
    return dice.label_key(f"agents.{role}.{label}")


class Agent(Protocol):
    """A program that plays a role."""

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        """What it offers, answers and promises now; nothing twice in a turn."""

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        """The orders it gives, each legal, all together allowed."""


@frozen
class Silent:
    """A player that gives no orders and refuses every offer: an empty chair."""

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        return ()

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        return ()


@frozen
class Fixed:
    """A test double: gives the same orders every turn, as far as they are legal."""

    orders: tuple[Order, ...] = field(converter=tuple)

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        return ()

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        return within(chair, [Choice(order, "as told") for order in self.orders])


def within(chair: Chair, wanted: Sequence[Choice]) -> tuple[Choice, ...]:
    """Of *wanted*, in order, all that the role may give together: one too many or too dear is left out."""
    taken: list[Choice] = []
    for choice in wanted:
        if len(taken) == chair.limit:
            break
        if chair.allows([*(each.order for each in taken), choice.order]):
            taken.append(choice)
    return tuple(taken)
