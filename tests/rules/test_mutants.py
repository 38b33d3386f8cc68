"""A scenario that passes the check cannot fail in play: mutants of the harbour, played to their end."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.rules import toys
from tests.rules.playing import all_orders, is_sound, some_talk, twin
from wargame.errors import ScenarioError
from wargame.rules import CONTROL, Kernel
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle

MUTANTS = 150
NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
WORDS = [
    *("standing", "unrest[here]", "anger", "funds", "strength", "curfew", "closed[here]", "guard == 'army'"),
    *("cold", "street", "heat[here]", "total(unrest)", "count(closed)", "turn", "turns_since(march)"),
    *("ordered(rest)", "chance(50, 'mutant')", "roll(6, 'mutant')", "truce == 'standing'", "truth == 'plot'"),
]


def mutant(random: Random) -> str:
    """The harbour with a few numbers, words or lines changed."""
    text = toys.HARBOUR
    for _ in range(random.randint(1, 2)):
        kind = random.randrange(4)
        if kind == 0:
            spot = random.choice(list(NUMBER.finditer(text)))
            text = text[: spot.start()] + str(random.choice([0, 1, 2, 7, 60, 100, 999])) + text[spot.end() :]
        elif kind == 1:
            spot = random.choice(list(re.finditer(r"\b(standing|anger|cold|funds|curfew|turn)\b", text)))
            text = text[: spot.start()] + random.choice(WORDS) + text[spot.end() :]
        else:
            lines = text.split("\n")
            one, other = random.randrange(len(lines)), random.randrange(len(lines))
            if kind == 2:
                del lines[one]
            else:
                lines.insert(one, lines[other])
            text = "\n".join(lines)
    return text


def play(rules: Kernel, random: Random) -> None:
    """A whole game with everything shown and said on the way."""
    position, facts = rules.start(random.randrange(2**64), random.choice(list(rules.plan.calendars)))
    while not position.is_over:
        position = some_talk(rules, position, random)
        for role in rules.plan.roles:
            view = rules.view(position, role, facts)
            other = twin(rules, position, role, random)

            assert repr((view, rules.menu(position, role))) == repr(
                (rules.view(other, role, facts), rules.menu(other, role))
            )
        orders = all_orders(rules, position, random)
        after, facts = rules.adjudicate(position, orders)
        assert rules.adjudicate(position, orders, traced=False)[0] == after
        is_sound(rules, after)
        assert all(rules.explain(fact) for fact in rules.view(after, CONTROL, facts).facts)
        position = after
    for role in rules.plan.roles:
        assert 0 <= rules.score(position, role).total <= 100


@pytest.mark.parametrize("block", range(5))
def test_mutants_that_pass_the_check_play_to_their_end(block):
    played = 0
    for number in range(block * MUTANTS // 5, (block + 1) * MUTANTS // 5):
        random = Random(number)
        try:
            book = check(load_bundle({"scenario.toml": mutant(random)}))
        except ScenarioError:
            continue
        play(Kernel(book), random)
        played += 1
    assert played
