"""A table where anything legal may happen: talk, orders, turns, and going back to an earlier position."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.rules.playing import is_sound, kernel
from wargame.rules import CONTROL, Order, Position
from wargame.rules.facts import Ended, TurnBegan


class Table(RuleBasedStateMachine):
    """Three seats in the harbour."""

    def __init__(self) -> None:
        super().__init__()
        self.rules = kernel("harbour")
        self.log: list[tuple[Position, dict[str, list[Order]]]] = []
        self.orders: dict[str, list[Order]] = {}

    @initialize(seed=st.integers(0, 2**64 - 1), length=st.sampled_from(["full", "short"]))
    def begin(self, seed: int, length: str) -> None:
        self.position, self.facts = self.rules.start(seed, length)

    @precondition(lambda self: not self.position.is_over)
    @rule(data=st.data(), role=st.sampled_from(["mayor", "union", "press"]))
    def order(self, data: st.DataObject, role: str) -> None:
        legal = self.rules.legal(self.position, role)
        wanted = [*self.orders.get(role, []), data.draw(st.sampled_from(legal))] if legal else []
        if self.rules.allows(self.position, role, wanted):
            self.orders[role] = wanted

    @precondition(lambda self: not self.position.is_over)
    @rule(data=st.data(), role=st.sampled_from(["mayor", "union", "press"]))
    def act(self, data: st.DataObject, role: str) -> None:
        acts = self.rules.acts(self.position, role)
        if acts:
            before = self.position
            self.position = self.rules.talk(before, role, data.draw(st.sampled_from(acts)))
            assert self.rules.plan.orders and before.step == self.position.step

    @precondition(lambda self: not self.position.is_over)
    @rule()
    def adjudicate(self) -> None:
        self.log.append((self.position, self.orders))
        after, self.facts = self.rules.adjudicate(self.position, self.orders)
        assert after == self.rules.adjudicate(self.position, self.orders, traced=False)[0]
        assert isinstance(self.facts[-1], Ended) == after.is_over
        assert any(isinstance(fact, TurnBegan) for fact in self.facts) != after.is_over
        self.position, self.orders = after, {}

    @precondition(lambda self: self.log)
    @rule()
    def take_back_and_play_again(self) -> None:
        before, orders = self.log[-1]
        again, facts = self.rules.adjudicate(before, orders)
        assert again.past[-1] == before.values
        assert self.rules.adjudicate(before, orders) == (again, facts)

    @invariant()
    def everything_can_be_shown_and_said(self) -> None:
        is_sound(self.rules, self.position)
        for role in (*self.rules.plan.roles, CONTROL):
            view = self.rules.view(self.position, role, self.facts)
            assert all(self.rules.explain(fact) for fact in view.facts)
            assert all(reading.low <= reading.value <= reading.high for reading in view.readings)
        for role in self.rules.plan.roles:
            self.rules.menu(self.position, role)
            assert 0 <= self.rules.score(self.position, role).total <= 100


TestTable = Table.TestCase
TestTable.settings = settings(max_examples=20, stateful_step_count=18, deadline=None)
