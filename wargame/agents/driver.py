"""The table: a session with an agent behind every seat no person holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from wargame.agents.adviser import Advice, advise
from wargame.agents.base import Agent, Chair, Choice
from wargame.agents.external import External, ProgramFailed
from wargame.agents.seating import agent_for
from wargame.agents.talk import go_round
from wargame.errors import IllegalOrder
from wargame.rules.orders import Act, Answer, Offer, Order, Promise
from wargame.session.minutes import adviser_reason
from wargame.session.seat import NOTE_LIMIT, Submission
from wargame.session.session import Session

__all__ = ["Table"]

NO_ADVISER = "The adviser is turned off: whoever leads this game wants you to think for yourselves."


@define(eq=False)
class Table:
    """
    Runs the agents of a session, so that a person (or nobody) only has to play the rest.

    A turn: `talk` as often as something was said, orders by the people, `play_agents`, `advance`.
    """

    session: Session
    agents: Mapping[str, Agent]
    """The agent of each role that no person plays; it follows when a seat changes hands."""

    _talked: set[tuple[str, int, str, str]] = field(factory=set, init=False)
    """What was already offered or promised, by game, step and role, so that nobody repeats himself."""

    _seats: Mapping[str, str] = field(init=False)
    """Who plays each role as far as the agents follow it."""

    def __attrs_post_init__(self) -> None:
        self._seats = self.session.seats

    @classmethod
    def of(cls, session: Session) -> Table:
        """The table of *session* with the agents its seats name, such as `doctrine:cautious`."""
        found = {
            role: agent_for(session.kernel, role, name, at_table=True) for role, name in session.seats.items()
        }
        return cls(session, {role: agent for role, agent in found.items() if agent is not None})

    @property
    def waiting(self) -> tuple[str, ...]:
        """The roles whose orders are not locked yet, in the scenario's order."""
        if self.session.is_over:
            return ()
        return tuple(role for role in self.session.scenario.roles if not self.session.seat(role).locked)

    def talk(self) -> int:
        """Lets every agent answer and offer what it wants now; how many acts that were."""
        said: list[Act] = []

        def say(role: str, act: Act) -> None:
            if self._is_new(role, act):
                self._say(role, act)
                said.append(act)

        if not self.session.is_over:
            self._follow()
            open_seats = {
                role: agent for role, agent in self.agents.items() if not self.session.seat(role).locked
            }
            go_round(open_seats, self._chair, say)
        return len(said)

    def play_agents(self) -> None:
        """Lets every agent talk, and then give and lock its orders, if it has not yet."""
        if self.session.is_over:
            return
        self.talk()
        for role, agent in self.agents.items():
            if not self.session.seat(role).locked:
                self._submit(role, self._chosen(role, agent))

    def hand_over(self, role: str, player: str, reason: str = "") -> None:
        """
        Hands a seat to a person or an agent, who plays it from now on.

        Raises:
            ScenarioError: If that role has no such player.
            IllegalOrder: If the game is over, or there is no such role.
            NotSaved: If the disk does not take it.
        """
        if role in self.session.scenario.roles:
            agent_for(self.session.kernel, role, player, at_table=True)
        self.session.control().hand_over(role, player, reason)
        self._follow()

    def advance(self) -> bool:
        """Adjudicates the turn if every role has locked its orders; whether it did."""
        if self.session.is_over or self.waiting:
            return False
        self.session.control().adjudicate()
        return True

    def play_to_the_end(self) -> str:
        """Plays on with agents alone until the game ends; the ending's id."""
        while not self.session.is_over:
            self.play_agents()
            if not self.advance():
                titles = ", ".join(self.session.scenario.roles[role].title for role in self.waiting)
                raise IllegalOrder(f"still waiting for {titles}: a person holds that seat")
        return str(self.session.ending)

    def _follow(self) -> None:
        """Seats the agents that the session names, where a seat has changed hands."""
        seats, agents = self.session.seats, dict(self.agents)
        if seats == self._seats:
            return
        for role, name in seats.items():
            if name != self._seats[role]:
                _end(agents.pop(role, None))
                agent = agent_for(self.session.kernel, role, name, at_table=True)
                if agent is not None:
                    agents[role] = agent
        # In the scenario's order, in which they speak.
        self.agents = {role: agents[role] for role in seats if role in agents}
        self._seats = seats

    def advise(self, role: str, chosen: Sequence[Order] = ()) -> tuple[Advice, ...]:
        """
        What *role* might consider beside the orders already *chosen*, from its own chair.

        Raises:
            IllegalOrder: If control has turned the adviser off; it tells control's reason.
        """
        if not self.session.course.adviser:
            why = adviser_reason(each.what for each in self.session.course.decisions)
            raise IllegalOrder(NO_ADVISER + (f" The reason given: {why}" if why else ""))
        return advise(self._chair(role), chosen)

    def _chair(self, role: str) -> Chair:
        return Chair(self.session.kernel, self.session.position, role)

    def _is_new(self, role: str, act: Act) -> bool:
        # A turn taken back is another game's: there everything may be said again.
        mark = (self.session.course.header.session, self.session.position.step, role, str(act))
        if isinstance(act, Answer):
            return True
        fresh = mark not in self._talked
        self._talked.add(mark)
        return fresh

    def _say(self, role: str, act: Act) -> None:
        seat = self.session.seat(role)
        match act:
            case Offer(agreement):
                seat.offer(agreement)
            case Answer(agreement, accept):
                seat.answer(agreement, accept)
            case Promise(promise):
                seat.promise(promise)
            case _:
                seat.say(act.text, act.to)

    def _chosen(self, role: str, agent: Agent) -> tuple[Choice, ...]:
        try:
            return agent.choose(self._chair(role))
        except ProgramFailed as failure:
            why = f"{failure}; the default orders stand"
            self.session.seat(role).note(f"Turn {self.session.turn}: {why}")
            return tuple(Choice(order, why) for order in self.session.control().defaults()[role])

    def close(self) -> None:
        """Ends what was started for the game, and lets go of its save."""
        for agent in self.agents.values():
            _end(agent)
        self.session.close()

    def _submit(self, role: str, choices: tuple[Choice, ...]) -> None:
        seat = self.session.seat(role)
        seat.submit(
            tuple(Submission(order=choice.order, reason=choice.reason[:NOTE_LIMIT]) for choice in choices)
        )


def _end(agent: Agent | None) -> None:
    if isinstance(agent, External):
        agent.close()


def submissions(*orders: Order) -> tuple[Submission, ...]:
    """Bare orders as a seat takes them, for scripts and notebooks."""
    return tuple(Submission(order=order) for order in orders)
