"""The adjudication as a story: nothing known is lost, and nothing is told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.rules.facts import Cause, Change, OrderGiven, PhaseBegan, Roll, Told
from wargame.rules.orders import Order
from wargame.session.kernels import kernel_for, load
from wargame.session.public import Public, public_of
from wargame.tui import lines
from wargame.tui.story import beats, story

from .games import ROLE, SCENARIO, new_table


@pytest.fixture(scope="module")
def public() -> Public:
    return public_of(kernel_for(load(SCENARIO)).book, ROLE)


MARCH = Cause("order", "march", "protesters", 3, "almaty")


def change(variable: str, place: str | None, before: int, after: int, cause: Cause = MARCH) -> Change:
    return Change(variable, place, before, after, after - before, cause)


def told(public: Public, *facts: object) -> list[str]:
    sentences = [f"x: {type(fact).__name__}, line 3" for fact in facts]
    return lines.words(story(public, facts, sentences))  # type: ignore[arg-type]


def test_an_order_is_told_with_its_consequences(public: Public) -> None:
    facts = (
        PhaseBegan("street"),
        OrderGiven("protesters", Order("march", "almaty")),
        change("unrest", "almaty", 10, 20),
        Told(("tokayev",), "People march.", False, MARCH),
        change("unrest", "taraz", 5, 15),
    )
    found = beats(public, facts, ["Street", "The protesters: 'March'", "", "People march.", ""])

    assert len(found) == 1
    assert lines.words(found[0].lines) == [
        "── Street",
        "The protesters: 'March'",
        "  Unrest: Almaty (+10) to 20, Taraz (+10) to 15",
        '  "People march."',
    ]


def test_different_steps_are_told_each(public: Public) -> None:
    facts = (change("unrest", "almaty", 10, 20), change("unrest", "taraz", 5, 8))

    assert told(public, *facts)[-1] == "  Unrest: Almaty (+10) to 20, Taraz (+3) to 8"


def test_places_that_end_alike_are_told_together(public: Public) -> None:
    alike = [change("control", place, 90, 95) for place in public.places if place != "almaty"]
    other = change("control", "almaty", 90, 92)
    few = (change("unrest", "taraz", 1, 3), change("unrest", "semey", 1, 3), change("unrest", "almaty", 2, 5))

    assert (
        told(public, *alike, other)[-1] == "  Control: every place but Almaty (+5) to 95; Almaty (+2) to 92"
    )
    assert told(public, *few)[-1] == "  Unrest: Taraz and Semey (+2) to 3; Almaty (+3) to 5"


def test_a_heading_with_nothing_to_tell_below_is_left_out(public: Public) -> None:
    settling = Cause("procedure", "settle")
    undone = (change("economy", None, 50, 48, settling), change("economy", None, 48, 50, settling))

    assert told(public, PhaseBegan("settle"), *undone) == []
    assert told(public, PhaseBegan("settle"), PhaseBegan("street")) == []


@pytest.mark.parametrize("role", ["tokayev", "protesters"])
def test_no_turn_tells_a_heading_alone(tmp_path: Path, role: str) -> None:
    table = new_table(tmp_path / "a.jsonl", role=role, length="lesson")
    seat = table.session.seat(role)
    while not table.session.is_over:
        seat.submit(())
        table.play_agents()
        table.advance()
        text = lines.words(story(seat.scenario, seat.happened(), seat.told()))

        for here, below in zip(text, [*text[1:], "── end"], strict=True):
            assert not (here.startswith("──") and (below.startswith("──") or not below.strip()))


def test_two_changes_by_one_cause_are_one(public: Public) -> None:
    facts = (change("economy", None, 50, 48), change("economy", None, 48, 51))

    assert told(public, *facts)[-1] == "  Economy 50 -> 51 (+1)"


def test_what_lies_beyond_the_end_of_a_scale_is_not_told(public: Public) -> None:
    limit = change("unrest", "almaty", -4, 0, Cause("limit"))
    facts = (change("unrest", "almaty", 3, -4), limit)

    assert told(public, *facts)[-1] == "  Unrest in Almaty 3 -> 0 (-3)"


def test_a_change_of_every_place_names_none(public: Public) -> None:
    facts = [change("curfew", place, 0, 1) for place in public.places]

    assert told(public, *facts)[-1] == "  Emergency here in every place: no -> yes"


def test_a_check_is_told_with_odds_terms_face_and_margin(public: Public) -> None:
    from wargame.rules.facts import Modifier

    terms = (Modifier("grip // 3", 13), Modifier("5 if blackout else 0", 0))
    roll = Roll("orders.march.turnout", "turnout", "almaty", 48, 35, terms, 40, True, 8, MARCH)

    assert told(public, roll)[-2:] == [
        "  Check 'turnout' in Almaty: 48 %, rolled 40: yes, by 8",
        "    48 % = 35 to begin with, +13 (a third of Grip)",
    ]


@pytest.mark.parametrize("role", ["kremlin", "tokayev", "protesters", "west"])
def test_every_report_and_every_order_known_is_in_the_story(tmp_path: Path, role: str) -> None:
    table = new_table(tmp_path / "a.jsonl", role=role)
    seat = table.session.seat(role)
    for _ in range(6):
        seat.submit(())
        table.play_agents()
        table.advance()
        text = "\n".join(lines.words(story(seat.scenario, seat.happened(), seat.told())))

        for fact, sentence in zip(seat.happened(), seat.told(), strict=True):
            if isinstance(fact, (Told, OrderGiven)):
                assert sentence in text
            if isinstance(fact, Roll) and fact.percent is not None:
                assert f"rolled {fact.face}:" in text
            if isinstance(fact, Change) and fact.cause.kind != "limit":
                assert seat.scenario.gauges[fact.variable].title in text
