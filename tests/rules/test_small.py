"""The smallest scenarios play like the largest."""

from __future__ import annotations

from tests.rules import toys
from wargame.rules import CONTROL, Ended, Order

SMALLEST = """
format = 1
title = "Smallest"
about = "One role, one turn, one order."
languages = ["en"]
phases = [ {id = "act", title = "Act"} ]
turns = [ {title = "One", dates = "today"} ]
[roles.hermit]
title = "The hermit"
short = "Hermit"
about = "Alone."
orders = 1
[variables.peace]
title = "Peace"
about = "Of mind."
range = [0, 10]
start = 5
seen = "all"
[orders.sit]
role = "hermit"
title = "Sit"
about = "Do nothing well."
phase = "act"
visible = "all"
effects = "peace += 1"
[objectives.hermit.peace_of_mind]
title = "Peace"
about = "Of mind."
weight = 1
value = "peace * 10"
[endings.over]
title = "Over"
about = "It is over."
"""


def test_a_scenario_without_places_deals_events_or_secrets_plays_to_its_end():
    rules = toys.kernel(SMALLEST)
    position, _ = rules.start(0)
    assert rules.legal(position, "hermit") == (Order("sit"),)
    after, facts = rules.adjudicate(position, {"hermit": [Order("sit")]})

    assert after.ending == "over" and facts[-1] == Ended("over")
    assert rules.score(after, "hermit").total == 60
    assert rules.view(after, "hermit", facts).readings == rules.view(after, CONTROL, facts).readings
    assert rules.view(after, "hermit").agenda is None


def test_a_role_without_orders_and_an_order_without_effects_do_no_harm():
    text = SMALLEST.replace('effects = "peace += 1"', "").replace(
        "[variables.peace]",
        '[roles.crowd]\ntitle = "Crowd"\nshort = "Crowd"\nabout = "x"\nplayable = false\n[variables.peace]',
    )
    rules = toys.kernel(text)
    position, _ = rules.start(0)

    assert rules.menu(position, "crowd") == ()
    for traced in (False, True):
        after, _ = rules.adjudicate(position, {"hermit": [Order("sit")], "crowd": []}, traced)
        assert rules.reading(after, "peace") == 5
    assert rules.score(position, "crowd").total == 0
