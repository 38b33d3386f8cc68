"""The printed rule book: complete, and plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.lab.rulebook import appendix, rule_book
from wargame.scenario.library import load, shipped
from wargame.text import hidden_characters


def test_the_book_is_the_repositorys() -> None:
    book = Path(__file__).parent.parent.parent / "RULES.md"

    assert rule_book() == book.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shipped())
def test_the_appendix_holds_every_entry_with_its_rules(name: str) -> None:
    scenario = load(name)
    text = appendix(scenario)
    nouns = (
        scenario.roles,
        scenario.places,
        scenario.variables,
        scenario.constants,
        scenario.derived,
        scenario.orders,
        scenario.procedures,
        scenario.events,
        scenario.agreements,
        scenario.promises,
        scenario.endings,
    )
    missing = [id for noun in nouns for id in noun if f"(`{id}`" not in text]
    rules = [order.effects for order in scenario.orders.values() if order.effects]
    rules += [procedure.rules for procedure in scenario.procedures.values()]
    lines = [line for block in rules for line in block.strip("\n").splitlines()]

    assert missing == []
    assert [line for line in lines if f"    {line}" not in text] == []
    assert hidden_characters(text) == ()


@pytest.mark.parametrize("name", shipped())
def test_the_appendix_names_what_counts_and_every_secret_card(name: str) -> None:
    scenario = load(name)
    text = appendix(scenario)
    counting = (*scenario.objectives.values(), *scenario.red_lines.values(), *scenario.agendas.values())
    titles = [each.title for entries in counting for each in entries.values()]

    assert [title for title in titles if f"**{title}**" not in text] == []
    assert all(truth.title in text for truth in scenario.truths.values())
