"""A term of a rule is told in words, whatever its form: no reader meets the rule language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.language.plainly import in_words
from wargame.scenario import library
from wargame.scenario.book import check

TITLES = {
    "tension": "Tension",
    "standing": "Standing",
    "curfew": "Curfew",
    "demand": "Demand",
    "m12_relief": "m12 relief",
    "quay": "The quay",
    "march": "March",
    "demand.all_of_it": "the whole of it",
    "chosen.full_cordon": "a ring of police",
}
CODE = re.compile(r"//|==|!=|[\[\]<>{}*_]|\b(?:if|else)\b.*\b(?:if|else)\b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tension[quay] // 2", "half of Tension in The quay"),
        ("tension[here] // 3", "a third of Tension here"),
        ("loyalty[p] // 8", "an eighth of loyalty there"),
        ("standing * 2", "twice Standing"),
        ("standing * 3 // 100", "3 percent of Standing"),
        ("standing // 12", "Standing divided by 12"),
        ("40 if curfew else 0", "Curfew"),
        ("10 if not curfew else 0", "Curfew: no"),
        ("10 if not (standing > 3) else 0", "not Standing above 3"),
        ("0 if not curfew else 10", "Curfew"),
        ("m12_relief if standing > 0 else 0", "Standing above 0"),
        ("standing // 4 if curfew else 0", "a quarter of Standing, if Curfew"),
        ("15 if demand == 'the_regime' else 0", "Demand is the regime"),
        ("15 if demand in ('one', 'two') else 0", "Demand is one or two"),
        ("15 if demand != 'one' else 0", "Demand is not one"),
        ("15 if demand == 'one' or demand == 'all_of_it' else 0", "Demand is one or the whole of it"),
        ("15 if demand == 'one' else (20 if demand == 'two' else 0)", "Demand is one or two"),
        ("15 if demand == 'a' else (20 if curfew else 0)", "Demand is a or Curfew"),
        ("15 if demand == 'a' else (standing if curfew else 0)", "Demand, Standing, Curfew"),
        ("15 if size == 'full_cordon' else 0", "chosen: a ring of police"),
        ("15 if size == 'small' else 0", "chosen: small"),
        ("15 if size not in ('small', 'none') else 0", "not chosen: small or none"),
        ("min(15, standing // 2)", "half of Standing, at most 15"),
        ("max(0, standing - 30)", "Standing less 30"),
        ("highest(tension) // 6", "a sixth of the highest Tension"),
        ("count(curfew)", "the number of places with Curfew"),
        ("5 if ordered(march) else 0", "'March'"),
        ("m12_relief", "a fixed number"),
        ("(standing + 1) * (standing - 1) // 7", "Standing"),
        ("not a term at all [", "what the rule adds"),
        ("", "what the rule adds"),
    ],
)
def test_a_term_in_words(text: str, words: str) -> None:
    assert in_words(text, TITLES) == words


@pytest.mark.parametrize("name", library.shipped())
def test_every_term_of_every_check_is_told_in_words(name: str) -> None:
    book = check(library.load(name))
    kinds = (book.scenario.variables, book.scenario.constants, book.scenario.derived, book.scenario.places)
    titles = {id: each.title for kind in kinds for id, each in kind.items()}
    terms = {part.text for text in book.texts.values() for die in text.dice for part in die.parts}

    assert terms
    assert [text for text in terms if CODE.search(in_words(text, titles))] == []


names = st.sampled_from(["tension[here]", "tension[quay]", "standing", "m12_relief", "some_local", "size"])
numbers = st.integers(0, 200).map(str)


def _wider(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    conditions = st.one_of(
        st.just("curfew"),
        st.just("not curfew"),
        st.tuples(parts, st.sampled_from(["<", ">=", "=="]), parts).map(" ".join),
        st.just("demand in ('one_two', 'b')"),
    )
    return st.one_of(
        st.tuples(parts, st.sampled_from(["+", "-", "*", "//", "%"]), parts).map(
            lambda t: f"({' '.join(t)})"
        ),
        st.tuples(parts, conditions, parts).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), parts, parts).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        st.sampled_from(["total", "mean", "count"]).map(lambda f: f"{f}(tension)"),
        parts.map(lambda p: f"clamp({p}, 0, 9)"),
        parts.map(lambda p: f"-{p}"),
    )


@given(st.recursive(names | numbers, _wider, max_leaves=12))
def test_no_form_of_a_term_is_told_in_the_rule_language(text: str) -> None:
    words = in_words(text, TITLES)

    assert words and len(words) <= 200
    assert not CODE.search(words)
