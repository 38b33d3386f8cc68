"""The dice: published vectors, fairness, and one stream for each purpose."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules import toys
from tests.rules.playing import SCENARIOS, kernel
from wargame.rules.dice import deal, face, label_key, mix, raw, splitmix64, turn_key
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle

SEEDS = st.integers(0, 2**64 - 1)

VECTORS = [
    # seed, turn, label, subject, sides, face
    (1, 1, "orders.march.turnout", 0, 100, 95),
    (1, 2, "orders.march.turnout", 0, 100, 43),
    (2022, 5, "procedures.arms.raid", 9, 6, 2),
]


def test_the_generator_behind_the_mix_gives_the_published_numbers():
    assert list(islice(splitmix64(1234567), 5)) == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


@pytest.mark.parametrize(("seed", "turn", "label", "subject", "sides", "expected"), VECTORS)
def test_faces_are_those_printed_in_the_rule_book(seed, turn, label, subject, sides, expected):
    assert face(turn_key(seed, turn), label_key(label), subject, sides) == expected


def test_mix_is_one_to_one_on_a_sample():
    assert len({mix(x) for x in range(20_000)}) == 20_000


@given(SEEDS, st.integers(0, 60), st.text(max_size=20), st.integers(0, 64**3), st.integers(1, 1000))
def test_a_face_is_always_on_the_die(seed, step, label, subject, sides):
    assert 0 <= face(turn_key(seed, step), label_key(label), subject, sides) < sides


@pytest.mark.parametrize("vary", ["seed", "step", "label", "subject"])
def test_a_hundred_sided_die_is_fair_along_every_axis(vary):
    count = [0] * 100
    for n in range(40_000):
        key = turn_key(n if vary == "seed" else 7, n if vary == "step" else 3)
        label = label_key(f"a.{n}" if vary == "label" else "a.b")
        count[face(key, label, n if vary == "subject" else 0, 100)] += 1
    squares = sum((seen - 400) ** 2 for seen in count) / 400

    assert 50 < squares < 165  # chi-square with 99 degrees of freedom, far beyond its 0.01 % tails


def test_two_purposes_do_not_follow_each_other():
    same = sum(
        face(turn_key(seed, 1), label_key("a"), 0, 2) == face(turn_key(seed, 1), label_key("b"), 0, 2)
        for seed in range(20_000)
    )

    assert 9_700 < same < 10_300


def test_neighbouring_turns_do_not_share_their_stream():
    assert not {raw(turn_key(1, s), 5) for s in range(99)} & {raw(turn_key(1, s), 6) for s in range(99)}


def test_cards_come_as_often_as_they_weigh():
    dealt = [deal(seed, "truth", (3, 1, 0)) for seed in range(8_000)]

    assert 0.72 < dealt.count(0) / 8_000 < 0.78
    assert dealt.count(2) == 0


BLOCKS = ("agreements.truce.effects", "agreements.truce.each_turn", "agreements.truce.on_break")
BLOCKS += ("promises.no_army.on_kept", "promises.no_army.on_broken")


def test_every_block_of_a_deal_has_dice_of_its_own():
    """The first die of each is named after its block; two of one ordinal would fall alike otherwise."""
    text = toys.HARBOUR
    for key in BLOCKS:
        head = f"[{key.rpartition('.')[0]}]"
        start = text.index(f"{key.rpartition('.')[2]} = '''\n", text.index(head))
        end = text.index("\n", start)
        checks = "\nif chance(50):\n    anger += 1\nif chance(50, 'more'):\n    anger += 1"
        text = text[:end] + checks + text[end:]
    texts = check(load_bundle({"scenario.toml": text})).texts
    labels = [die.label for key in BLOCKS for die in texts[key].dice]

    assert labels == [f"{key}.{name}" for key in BLOCKS for name in ("1", "more")]


def test_no_two_checks_of_a_scenario_have_one_name():
    for name in SCENARIOS:
        texts = kernel(name).book.texts.values()
        labels = [die.label for text in texts for die in text.dice]

        assert len(set(labels)) == len(labels)
