"""Questions asked of the model: each can be asked, changes nothing before its turn, and is told in words."""

from __future__ import annotations

import json

import pytest

from wargame.agents.playing import play_on
from wargame.agents.talk import chairs_at
from wargame.cli.app import run
from wargame.debrief import prepared
from wargame.debrief.prepared import Asked, ask, in_words, question_of
from wargame.errors import WargameError
from wargame.rules.facts import OrderGiven
from wargame.rules.kernel import Kernel
from wargame.scenario.players import WhatIf
from wargame.session.kernels import kernel_for, load

KERNEL = kernel_for(load("kazakhstan-2022"))
HISTORY = KERNEL.scenario.history
QUESTIONS = HISTORY.what_ifs if HISTORY else ()
GAMES = 6


def test_a_question_that_changes_nothing_changes_nothing() -> None:
    answer = ask(KERNEL, [WhatIf("same", "What if all had been as it was?")], GAMES)[0]

    assert answer.is_noise
    assert all(gain.value == 0 for _, gain in (*answer.scores.values(), *answer.headlines.values()))
    assert all(was == now for was, now in answer.endings.values())
    assert list(in_words(KERNEL.scenario, answer)) == [
        "The model finds no difference in any score that chance does not explain."
    ]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.id)
def test_every_shipped_question_can_be_asked(question: WhatIf) -> None:
    """Its orders are really given in most games, and until its first turn the games are those of history."""
    first = min(each.turn for each in question.turns)
    given = 0
    for seed in range(1, GAMES + 1):
        was, now = (_played(KERNEL, which, seed) for which in (None, question))
        assert was[: first - 1] == now[: first - 1]
        given += was != now
    assert given > GAMES // 2


def _played(kernel: Kernel, question: WhatIf | None, seed: int) -> list[tuple[int, ...]]:
    """The values as the orders of each turn had been worked out."""
    agents = prepared._players(kernel.scenario, question)
    position, _ = kernel.start(seed, traced=False)
    found: list[tuple[int, ...]] = []
    play_on(kernel, position, agents, lambda turn, after: found.append(after.values))
    return found


def test_what_would_have_been_ordered_is_ordered() -> None:
    question = question_of(KERNEL.scenario, "own_forces")
    agents = prepared._players(KERNEL.scenario, question)
    position, _ = KERNEL.start(1, traced=False)
    called = []
    while not position.is_over:
        chairs = chairs_at(KERNEL, position, agents)
        orders = {role: [each.order for each in agents[role].choose(chairs[role])] for role in agents}
        position, facts = KERNEL.adjudicate(position, orders)
        called += [fact for fact in facts if isinstance(fact, OrderGiven) and fact.order.id == "call_help"]
    assert not called


def test_it_may_begin_otherwise() -> None:
    name = next(
        each.id for each in KERNEL.scenario.variables.values() if each.headline and not each.per_place
    )
    other = WhatIf("other", "What if?", start={name: KERNEL.scenario.variables[name].range[1]})

    assert Asked(other)(KERNEL, range(1, 4)) != Asked(None)(KERNEL, range(1, 4))


def test_more_cores_find_the_same() -> None:
    question = question_of(KERNEL.scenario, "moscow_refuses")
    heard: list[int] = []

    assert ask(KERNEL, [question], 60, jobs=2, told=heard.append) == ask(KERNEL, [question], 60)
    assert sum(heard) == 2 * 60


def test_without_moscow_the_guarantor_is_not_believed() -> None:
    answer = ask(KERNEL, [question_of(KERNEL.scenario, "moscow_refuses")], 30)[0]

    assert answer.headlines["credibility"][1].is_below_zero and answer.scores["kremlin"][1].is_below_zero
    assert any(each.startswith("The Kremlin: ") for each in in_words(KERNEL.scenario, answer))


def test_what_is_not_asked_is_refused() -> None:
    with pytest.raises(WargameError, match="asks no question 'x'; it asks early_price_cut"):
        question_of(KERNEL.scenario, "x")
    with pytest.raises(WargameError, match="tutorial asks no questions"):
        question_of(kernel_for(load("tutorial")).scenario, "x")
    with pytest.raises(WargameError, match="2 games at least"):
        ask(KERNEL, QUESTIONS, 1)


def test_the_command_lists_and_asks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["whatif"]) == 0
    out = capsys.readouterr().out
    assert len(QUESTIONS) >= 15 and all(each.question in out for each in QUESTIONS)
    assert run(["whatif", "kazakhstan-2022", "moscow_refuses", "--games", "4", "--jobs", "1"]) == 0
    out = capsys.readouterr().out
    assert "Bishkek" in out and "not what would have been" in out
    assert run(["whatif", "kazakhstan-2022", "moscow_refuses", "--games", "4", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "moscow_refuses"
    assert run(["whatif", "tutorial"]) == 0
    assert "asks no questions" in capsys.readouterr().out
    assert run(["whatif", "kazakhstan-2022", "nothing"]) != 0
    assert "it asks early_price_cut" in capsys.readouterr().err
