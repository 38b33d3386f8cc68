"""Rule texts in words: the right price by option, conditions that are settled by what is chosen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.handouts.worlds import book_of
from wargame.errors import ScenarioError
from wargame.handouts.chart import HEIGHT, WIDTH, chart_of
from wargame.handouts.deeds import deeds_of
from wargame.handouts.lesson import CLASSES, LEAST, guide_of, lesson_of
from wargame.handouts.sentences import parsed, sentences_of
from wargame.handouts.settled import settled
from wargame.handouts.sheets import sheets_of
from wargame.language.types import Choice
from wargame.scenario.library import shipped
from wargame.session.public import PlaceNote, public_of

HARBOUR = book_of("tutorial")
WORDS = sentences_of(HARBOUR.scenario)
SIZE = Choice("size", ("patrol", "cordon", "curfew_all"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not report_out", "‘Inspection report published’ is no"),
        ("supplies < 45 and harbour == 'closed'", "‘Supplies’ is below 45 and ‘Harbour’ is closed"),
        ("blood and (supplies > 3 or trust > 4)",
         "‘Blood on the stones’ is yes and (‘Supplies’ is above 3 or ‘Trust’ is above 4)"),
        ("turns_since(tugs) == 99", "‘Let the coastguard's tugs open a basin’ has not yet been carried out"),
        ("turns_since(speak) > 2", "‘Speak on the market square’ was not carried out in the last 2 turns"),
        ("turns_since(blood) >= 3", "‘Blood on the stones’ has not come true within the last 2 turns"),
        ("turns_since(blood) < 3", "‘Blood on the stones’ has come true within the last 2 turns"),
        ("tension[quay] >= 10", "‘Tension’ in The quay is at least 10"),
        ("highest(tension) >= 90", "the highest ‘Tension’ anywhere is at least 90"),
        ("10 <= supplies < 20", "10 is at most ‘Supplies’ and is below 20"),
        ("harbour in ('half', 'open')", "‘Harbour’ is half or open"),
        ("appetite > 3", "14 is above 3"),
    ],
)  # fmt: skip
def test_a_condition_is_a_clause(text: str, words: str) -> None:
    assert WORDS.condition(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("supplies + calm // 2", "‘Supplies’ + ‘Calm’ ÷ 2"),
        ("(supplies + trust) * 2", "(‘Supplies’ + ‘Trust’) × 2"),
        ("supplies - (trust - 2)", "‘Supplies’ − (‘Trust’ − 2)"),
        ("supplies * (trust // 2) - 3", "‘Supplies’ × (‘Trust’ ÷ 2) − 3"),
        ("100 if harbour == 'open' else 0", "100 if ‘Harbour’ is open, otherwise 0"),
        ("clamp(supplies * 2, 0, 100)", "‘Supplies’ × 2, but from 0 to 100"),
        ("min(supplies, trust)", "the smaller of ‘Supplies’ and ‘Trust’"),
    ],
)
def test_a_formula_can_be_worked_out_with_a_pencil(text: str, words: str) -> None:
    assert WORDS.formula(text) == words


def test_a_price_is_told_by_option() -> None:
    assert WORDS.price("2", None) == "2"
    assert WORDS.price("1 if size == 'patrol' else 2", SIZE) == "1 (patrol); 2 (cordon, curfew all)"
    assert WORDS.price("3 if size in ('patrol', 'cordon', 'curfew_all') else 1", SIZE) == "3"


def test_a_condition_is_told_by_option() -> None:
    rows = WORDS.by_option("size == 'patrol' or not report_out", SIZE)

    assert rows == [(option, "‘Inspection report published’ is no") for option in ("cordon", "curfew all")]
    assert WORDS.by_option("report_out", SIZE) == [("", "‘Inspection report published’ is yes")]
    assert WORDS.by_option(None, SIZE) == []


@given(
    first=st.sampled_from(SIZE.options),
    second=st.sampled_from(SIZE.options),
    chosen=st.sampled_from(SIZE.options),
    joined=st.sampled_from(["and", "or"]),
    negated=st.booleans(),
)
def test_what_is_chosen_is_no_longer_asked(
    first: str, second: str, chosen: str, joined: str, negated: bool
) -> None:
    text = f"{'not ' if negated else ''}(size == '{first}' {joined} size != '{second}')"
    tree = parsed(text)
    assert tree is not None
    one, other = chosen == first, chosen != second
    expected = (one and other) if joined == "and" else (one or other)

    assert WORDS.truth(settled(tree, "size", chosen)) == ("always" if expected != negated else "never")


def test_deeds_name_only_what_the_role_sees() -> None:
    text = "favours += 1\nfund += 1\ntension[here] -= 3\nif blood:\n    trust -= 2\n    solidarity += trust"
    gauges = public_of(HARBOUR, "mayor").gauges
    found = deeds_of(text, gauges, WORDS)

    assert found.surely == ("Favours +1", "Tension there −3")
    assert found.perhaps == ("Trust −2", "Solidarity up")
    assert deeds_of(None, gauges, WORDS).surely == ()
    assert deeds_of("if chance(20, 'luck'):\n    trust += 1", gauges, WORDS).dice == ("luck",)


@given(minutes=st.sampled_from(CLASSES), turns=st.integers(1, 40), data=st.data())
def test_every_minute_of_a_lesson_is_spent_once(minutes: int, turns: int, data: st.DataObject) -> None:
    base = HARBOUR.scenario
    calendar = tuple(evolve(base.turns[0], number=number) for number in range(1, turns + 1))
    short = data.draw(st.sets(st.integers(1, turns), min_size=1).map(sorted).map(tuple))
    scenario = evolve(base, turns=calendar, lengths={"full": tuple(range(1, turns + 1)), "short": short})
    lesson = lesson_of(scenario, minutes)
    clock = [(step.start, step.end) for step in lesson.steps]

    assert clock[0][0] == 0 and clock[-1][1] == minutes
    assert all(before[1] == after[0] and before[0] < before[1] for before, after in pairwise(clock))
    assert all(
        sum(part for _, part in step.parts) == step.end - step.start for step in lesson.steps if step.parts
    )
    assert all(step.end - step.start >= LEAST for step in lesson.steps if step.kind == "turn")
    assert (*lesson.turns, *lesson.left_out) == scenario.lengths[lesson.length]
    assert [step.turn for step in lesson.steps if step.turn] == list(lesson.turns)


def test_a_guide_is_cut_up_by_its_headings() -> None:
    text = "# T\n\n## Before\na\n## Turn 2\nb\n## Odd\nc\n## Debrief\nd\n"
    guide = guide_of(HARBOUR.scenario, text)

    assert [each.strip() for each in (guide.before, guide.turns[2], guide.debrief)] == ["a", "b", "d"]
    assert guide.more.split() == ["##", "Odd", "c"]
    with pytest.raises(ScenarioError, match="there is no turn 9; the turns are 1 to 4"):
        guide_of(HARBOUR.scenario, "## Turn 9\nx")


@pytest.mark.parametrize("name", shipped())
def test_the_shipped_maps_have_all_places_and_roads_and_no_label_on_another(name: str) -> None:
    public = public_of(book_of(name), next(iter(book_of(name).scenario.roles)))
    chart = chart_of(public.places, public.outline)
    assert chart is not None

    assert [dot.label.text for dot in chart.dots] == [place.title for place in public.places.values()]
    pairs = {frozenset((id, other)) for id, place in public.places.items() for other in place.next_to}
    assert len(chart.roads) == len(pairs)
    spots = [(dot.label.x, dot.label.y) for dot in chart.dots]
    assert all(abs(a[1] - b[1]) > 6 or abs(a[0] - b[0]) > 15 for a in spots for b in spots if a is not b)


@given(
    spots=st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=30),
    border=st.lists(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=6), max_size=3),
)
def test_places_anywhere_on_earth_are_on_the_sheet(
    spots: list[tuple[float, float]], border: list[list[tuple[float, float]]]
) -> None:
    places = {
        f"p{number}": PlaceNote(f"p{number}", "Somewhere", "S", at, number, (f"p{number - 1}",), "")
        for number, at in enumerate(spots)
    }
    chart = chart_of(places, border)
    assert chart is not None

    assert len(chart.dots) == len(spots)
    assert all(0 <= dot.y <= HEIGHT for dot in chart.dots)
    assert all(0 <= dot.x <= WIDTH + 10 for dot in chart.dots)
    assert chart_of({}, border) is None


@pytest.mark.parametrize("name", shipped())
def test_a_role_has_every_place_as_it_sees_it(name: str) -> None:
    book = book_of(name)
    places = list(book.scenario.places.values())
    for role in book.scenario.roles:
        sheets = sheets_of(book, role)
        titles = [gauge.title for gauge in sheets.public.gauges.values() if gauge.per_place]
        assert [row.title for row in sheets.spread] == titles
        for row in sheets.spread:
            variable = next((v for v in book.scenario.variables.values() if v.title == row.title), None)
            exact = variable is not None and role in variable.exact
            assert len(row.starts) == len(places)
            assert all(row.starts) if exact else not any(row.starts)
