"""The balance of a scenario: it finds what was put in to be found, and no executor changes a figure."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from attrs import asdict, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.agents.base import Agent, Chair, Choice
from wargame.agents.talk import talk_round
from wargame.cli.app import run as command
from wargame.errors import WargameError
from wargame.lab import balance_text
from wargame.lab.balance import Balance, balance
from wargame.lab.census import CHOSEN, PASSED, RANDOM, Census, Counted, Moment
from wargame.lab.findings import findings
from wargame.lab.lineup import ANY, agents_of, players_of
from wargame.lab.match import play, play_with
from wargame.lab.whatif import Weighed
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Order
from wargame.scenario.library import load_bundle
from wargame.session.kernels import kernel_for, load

TOWN = kernel_for(load("tutorial"))
ALL_ANY = dict.fromkeys(TOWN.scenario.roles, ANY)

SPOILED = """
[orders.dream]
role = "mayor"
title = "Dream of the sea"
phase = "words"
when = "dust > 5"
needs = "Nobody has that patience."

[orders.insult]
role = "mayor"
title = "Insult the town"
phase = "words"
visible = "all"
effects = \"\"\"
patience -= 30
supplies -= 30
\"\"\"

[orders.gift]
role = "mayor"
title = "Open the granary"
phase = "words"
visible = "all"
effects = \"\"\"
patience += 30
supplies += 30
\"\"\"

[orders.yawn]
role = "mayor"
title = "Yawn"
phase = "words"
choose = { how = ["loudly", "never"] }
allow = "how == 'loudly'"
visible = "all"

[variables.dust]
title = "Dust"
range = [0, 9]
seen = "all"

[variables.moon]
title = "The moon"
range = [0, 9]
seen = "all"

[events.comet]
title = "A comet"
when = "dust > 5"
tell = "A comet!"
effects = "moon += 1"

[red_lines.mayor.flood]
title = "The sea comes in"
when = "dust > 5"
penalty = 5
"""


@cache
def spoiled() -> Kernel:
    """The tutorial with things in it that a balance must find."""
    texts = dict(TOWN.scenario.text)
    texts["spoiled.toml"] = SPOILED
    return kernel_for(load_bundle(texts))


@cache
def measured() -> Balance:
    return balance(spoiled(), games=60, whatifs=24)


def figures(found: Balance) -> object:
    return balance_text.as_data(found)


# --- What it finds


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("dead order", "dream"),
        ("dominated order", "insult"),
        ("dominated order", "yawn"),
        ("dead option", "yawn"),
        ("order of no doctrine", "gift"),
        ("fixed variable", "dust"),
        ("still variable", "moon"),
        ("silent event", "comet"),
        ("idle red line", "mayor.flood"),
    ],
)
def test_what_is_amiss_is_told(kind: str, subject: str) -> None:
    told = [each for each in findings(measured()) if (each.kind, each.subject) == (kind, subject)]

    assert len(told) == 1
    assert told[0].text.endswith(".")
    assert subject.rpartition(".")[2] in told[0].text
    assert told[0].weight == ("mend" if kind in ("dead order", "dominated order") else "look")


def test_what_is_well_is_not_told() -> None:
    told = {each.subject for each in findings(measured()) if each.weight == "mend"}

    assert told == {"dream", "insult", "yawn"}
    gains = {order.id: order.gain for order in measured().orders}
    assert gains["gift"] is not None
    assert gains["gift"].is_above_zero


def test_the_counts_agree_with_the_games() -> None:
    found = measured()
    kernel = spoiled()
    named = dict.fromkeys(kernel.scenario.roles, ANY)
    games = [play(kernel, players_of(kernel, named, seed), seed=seed) for seed in range(1, 61)]

    assert {id: share.value for id, share in found.endings.items()} == {
        id: sum(game.ending == id for game in games) / 60 for id in kernel.scenario.endings
    }
    for order in found.orders:
        assert order.turns == sum(game.turns for game in games)
        assert sum(order.given.values()) <= sum(order.seats.values()) == order.legal <= order.turns
        if order.gain is not None:
            assert order.better + order.worse <= order.gain.count <= 24
            assert order.decisive <= order.gain.count
    for role in found.roles:
        assert sum(mean.count for mean, _ in role.scores.values()) == 60
    for role in kernel.scenario.agendas:
        assert sum(dealt for (whose, _), (dealt, _) in found.agendas.items() if whose == role) == 60


def test_the_text_and_the_table_tell_every_order_and_finding() -> None:
    found = measured()
    text = " ".join(balance_text.as_text(found).split())

    assert all(" ".join(each.text.split()) in text for each in findings(found))
    assert all(f" {order.id} " in text for order in found.orders)
    json.dumps(balance_text.as_data(found), allow_nan=False)
    table = balance_text.as_table(found)
    assert [row[0] for row in table.rows] == [order.id for order in found.orders]
    assert all(len(row) == len(table.columns) for row in table.rows)


# --- The same figures


def test_neither_cores_nor_executor_change_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.lab.balance.GAMES_A_PIECE", 4)
    monkeypatch.setattr("wargame.lab.balance.WHATIFS_A_PIECE", 11)
    alone = figures(balance(TOWN, games=15, whatifs=3))
    with ThreadPoolExecutor(1) as threads:
        through = balance(TOWN, games=15, whatifs=3, jobs=3, executor=threads)
    monkeypatch.setattr("wargame.lab.balance.GAMES_A_PIECE", 15)

    assert figures(through) == alone
    assert figures(balance(TOWN, games=15, whatifs=3, jobs=2)) == alone


@settings(max_examples=5)
@given(cut=st.integers(1, 7), keep=st.integers(0, 5))
def test_a_census_is_the_sum_of_its_parts(cut: int, keep: int) -> None:
    counted = Counted(ALL_ANY, "full", keep)
    whole, joined = counted(TOWN, range(8)), Census(keep)
    for seeds in (range(cut, 8), range(cut)):
        joined.add(counted(TOWN, seeds))

    for census in (whole, joined):
        census.outcomes.sort(key=lambda each: each.seed)
    for order in TOWN.scenario.orders:
        assert whole.sample(order, 5) == joined.sample(order, 5)
    left, right = (asdict(census, recurse=False) for census in (whole, joined))
    del left["moments"], right["moments"]
    assert left == right


@given(counts=st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)), most=st.integers(0, 30))
def test_a_sample_takes_what_there_is_and_half_as_doctrines_give_it(
    counts: tuple[int, int, int], most: int
) -> None:
    census = Census(30)
    for kind, count in zip((CHOSEN, PASSED, RANDOM), counts, strict=True):
        for number in range(count):
            census.note(("order", kind), Moment(-number, number, 1, "mayor", "order"))
    sample = census.sample("order", most)
    kinds = [kind for kind, _ in sample]

    assert len(sample) == min(most, sum(counts))
    assert len(set(sample)) == len(sample)
    assert kinds.count(CHOSEN) >= min(counts[0], most // 2)
    if RANDOM in kinds:
        assert counts[0] + counts[1] < most
    for kind, count in zip((CHOSEN, PASSED, RANDOM), counts, strict=True):
        lots = sorted(-moment.lot for each, moment in sample if each == kind)
        assert lots == list(range(len(lots)))
        assert len(lots) <= count


# --- What-ifs


def test_every_moment_is_weighed_where_its_order_was_legal() -> None:
    counted = Counted(ALL_ANY, "full", 3)
    census = counted(TOWN, range(20))
    moments = [each for order in TOWN.scenario.orders for each in census.sample(order, 3)]
    worths = Weighed(ALL_ANY, "full")(TOWN, moments)

    assert [worth.order for worth in worths] == [moment.order for _, moment in moments]
    assert all(-100 <= worth.gain <= 100 and worth.third in (0, 1, 2) for worth in worths)
    for (kind, moment), worth in zip(moments, worths, strict=True):
        assert worth.kind == kind
        legal = {order.id for order in legal_at(moment)}
        assert moment.order in legal
        choice = TOWN.scenario.orders[moment.order].choice
        assert worth.option in (choice.options if choice is not None else ("",))


def test_the_two_games_of_a_what_if_are_the_played_one_and_the_one_left_out_of() -> None:
    """Worked out a second way: by a player that gives what the other gives, but for the order in one turn."""
    counted = Counted(ALL_ANY, "full", 6)
    moments = [(CHOSEN, each) for each in counted(spoiled(), range(30)).moments["speak", CHOSEN]]
    worths = Weighed(ALL_ANY, "full")(spoiled(), moments)

    assert moments
    for (_, moment), worth in zip(moments, worths, strict=True):
        players = players_of(spoiled(), ALL_ANY, moment.seed)
        whole = play(spoiled(), players, seed=moment.seed)
        agents = agents_of(spoiled(), players)
        agents["mayor"] = Without(agents["mayor"], moment)
        without = play_with(spoiled(), agents, seed=moment.seed)

        # The mayor's purse pays for no third order here, so that nothing steps in for the one left out.
        assert worth.gain == whole.scores["mayor"] - without.scores["mayor"]
        assert worth.new_ending == (whole.ending != without.ending)


@frozen
class Without:
    """A player that leaves one order out in one turn."""

    agent: Agent
    moment: Moment

    def talk(self, chair: Chair) -> tuple[Act, ...]:
        return self.agent.talk(chair)

    def choose(self, chair: Chair) -> tuple[Choice, ...]:
        given = self.agent.choose(chair)
        if chair.step != self.moment.step:
            return given
        return tuple(each for each in given if each.order.id != self.moment.order)


def legal_at(moment: Moment) -> tuple[Order, ...]:
    agents = agents_of(TOWN, players_of(TOWN, ALL_ANY, moment.seed))
    position, _ = TOWN.start(moment.seed, traced=False)
    while True:
        position, chairs = talk_round(TOWN, position, agents)
        if position.step == moment.step:
            return TOWN.legal(position, moment.role)
        given = [choice.order for role, agent in agents.items() for choice in agent.choose(chairs[role])]
        position = TOWN.play(position, given)


# --- The commands


def test_the_command_prints_the_balance(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["lab", "balance", "tutorial", "--games", "20", "--what-ifs", "2", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert data["games"] == 20
    assert [order["order"] for order in data["orders"]] == list(TOWN.scenario.orders)
    assert command(["lab", "balance", "nowhere"]) == 1
    with pytest.raises(WargameError, match="no length"):
        balance(TOWN, games=1, whatifs=0, length="x")


def test_lint_tells_what_never_happens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wargame.cli.scenarios.BRIEFLY", (15, 0))
    monkeypatch.setattr("wargame.cli.scenarios.AT_LENGTH", (15, 2))

    assert command(["lint", "tutorial"]) == 0
    assert "none was weighed" in capsys.readouterr().out
    assert command(["lint", "tutorial", "--long"]) == 0
    assert "what-ifs" in capsys.readouterr().out
    monkeypatch.setattr("wargame.session.kernels.load", lambda name: spoiled().scenario)
    assert command(["lint", "spoiled", "--jobs", "1"]) == 1
    assert "dream (Dream of the sea, mayor) could be given in none of" in capsys.readouterr().out
