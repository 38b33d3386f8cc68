"""What one reads in a game, as text: why, rules, framework, history, notes, the parts of a telling."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from wargame.rules.facts import Cause, Change, Roll, Settled, Told
from wargame.session.course import Note
from wargame.session.seat import LocalSeat
from wargame.session.session import Session
from wargame.tui import because, framework, history, notes, rules
from wargame.tui.ending import summary
from wargame.tui.lines import words
from wargame.tui.story import beats
from wargame.tui.telling import BY_KEY, PACES, SLOWLY, Only, Telling

from .games import ROLE, new_table


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    table = new_table(tmp_path_factory.mktemp("reading") / "game.jsonl")
    for _ in range(4):
        table.talk()
        table.session.seat(ROLE).submit([])
        table.play_agents()
        table.advance()
    return table.session


@pytest.fixture(scope="module")
def seat(session: Session) -> LocalSeat:
    return session.seat(ROLE)


# --- Why


def test_the_account_of_a_value_tells_each_turn_and_what_it_comes_to(seat: LocalSeat) -> None:
    told = words(because.answer(seat.scenario, seat.past(), "legitimacy"))

    reading = seat.view().reading("legitimacy")
    assert reading is not None
    assert told[0] == f"Legitimacy: {reading.value}"
    assert "As the game began: 60." in told
    assert f"That makes {reading.value} now." in told
    assert "── Turn 1" in told
    assert "From 0 to 100; more is better. You see it exactly." in told


def test_an_estimate_is_said_to_be_one(seat: LocalSeat) -> None:
    told = "\n".join(words(because.answer(seat.scenario, seat.past(), "credibility")))

    assert "You have only an estimate" in told and "You have an estimate" in told
    assert "That makes" not in told


def test_a_value_of_places_asks_for_one_and_an_unknown_one_is_no_answer(seat: LocalSeat) -> None:
    assert "place by place" in because.answer(seat.scenario, seat.past(), "unrest")[0].text
    assert "You see no value called 'moon'" in because.answer(seat.scenario, seat.past(), "moon")[0].text


@pytest.mark.parametrize("width", [20, 28, 40])
def test_the_list_of_values_keeps_to_its_width_and_finds_words(seat: LocalSeat, width: int) -> None:
    found = because.values(seat.scenario, seat.view(), "almaty", width)

    assert found
    assert all(each.place == "almaty" for each in found)
    assert all(cell_len(each.row.text) == width for each in found)


# --- Rules


def test_every_section_a_fact_leads_to_is_in_the_book() -> None:
    known = {part.number for part in rules.sections()}
    cause = Cause("order", "march", "protesters", 1)
    facts = (
        None,
        Change("x", None, 0, 1, 1, cause),
        Change("x", None, 0, 1, 1, Cause("ruling")),
        Change("x", None, 0, 1, 1, Cause("event", "e")),
        Roll("a", "a", None, 50, 50, (), 3, True, 47, cause),
        Told((), "x", False, cause),
        Settled("promise", "p", "kept"),
    )

    assert {rules.section_for(fact) for fact in facts} <= known
    assert rules.section_for(facts[4]) == "5"
    assert rules.section_for(facts[2]) == "13"


def test_the_search_marks_what_it_finds_and_tells_sections_that_have_it() -> None:
    dice = next(part for part in rules.sections() if part.number == "5")
    found = rules.found(dice, "DIE")

    assert found
    assert any(tone == "accent" for _, tone in rules.marked(found[0], "die").spans)
    assert rules.marked(found[0], "(").text == found[0].text
    assert rules.found(dice, "no-such-word") == []
    assert rules.printed(rules.sections(), "no-such-word")[0].text.startswith("Nothing")
    assert rules.printed(rules.sections(), "5")[0].text.startswith("── 5.")


def test_the_tables_of_a_game_tell_nothing_of_others_secrets(session: Session, seat: LocalSeat) -> None:
    text = "\n".join(
        each.text for part in rules.tables(session.scenario, seat.scenario) for each in part.lines
    )

    for role, cards in session.scenario.agendas.items():
        if role != ROLE:
            assert not [card.title for card in cards.values() if f"Secret agenda: {card.title}" in text]
    for event in session.scenario.events.values():
        if event.tell:
            assert " ".join(event.tell.split()) not in text
    for truth in session.scenario.truths.values():
        assert not truth.about or " ".join(truth.about.split()) not in text


# --- Framework


def test_the_framework_is_shown_to_those_who_see_its_values(session: Session, seat: LocalSeat) -> None:
    kremlin = session.seat("kremlin")
    table = framework.cases_of(session.scenario.id)
    told = "\n".join(words(framework.framework(kremlin.scenario, kremlin.view(), table, 100)))

    assert framework.has_framework(kremlin.scenario)
    assert all(f"V{number} " in told for number in range(1, 6))
    assert "The rule says: " in told
    assert "It agrees with Moscow in 8 of 9" in told
    assert not framework.has_framework(seat.scenario)
    assert "no such framework" in framework.framework(seat.scenario, seat.view())[0].text


def test_a_scenario_without_cases_has_none() -> None:
    assert framework.cases_of("tutorial") == ()
    assert framework.cases_of("no such scenario") == ()


# --- History and notes


@pytest.mark.parametrize("width", [30, 60, 100])
def test_the_history_has_every_turn_and_fits(seat: LocalSeat, width: int) -> None:
    view = seat.view()
    told = words(history.history(seat.scenario, view, seat.past(), width))

    assert next(row for row in told if row.startswith("── Turn")).startswith("── Turn 5")
    assert sum(row.startswith("── Turn") for row in told) == 5
    assert sum(row.startswith("You ordered") for row in told) == 4
    rows = history.table(seat.scenario, view, seat.past(), width)
    assert all(cell_len(each.text) <= width for each in rows)


def test_notes_are_listed_with_their_turn_and_those_struck_out_are_not() -> None:
    written = (Note(1, "first"), Note(2, ""), Note(2, "[bold]third[/]\nline"))

    assert words(notes.notes(written, [1, 4])) == [
        "3. Turn 4: [bold]third[/]",
        "  line",
        "1. Turn 1: first",
        "",
        notes.HINT,
    ]
    assert words(notes.notes((), []))[0] == "You have written down nothing yet."


# --- Telling


def test_everything_is_told_once_whatever_was_chosen_in_between(seat: LocalSeat) -> None:
    told = beats(seat.scenario, seat.happened(), seat.told())
    whole = Telling(told).all()
    telling = Telling(told)
    telling.next()
    place = next(iter(telling.counts("place")))
    telling.choose(Only("place", place, place))
    telling.next()
    telling.choose(None)
    passed = telling.choose(None)
    rest = telling.all()

    assert words([*passed, *rest]) == words(whole)
    assert telling.is_over


def test_one_place_alone_is_told_under_its_headings(seat: LocalSeat) -> None:
    told = beats(seat.scenario, seat.happened(), seat.told())
    telling = Telling(told, Only("value", "legitimacy", "Legitimacy"))
    rows = words(telling.all())

    assert any("Legitimacy" in row for row in rows)
    assert len(rows) < len(words(Telling(told).all()))
    assert any(row.startswith("── ") for row in rows)
    assert telling.last_change() == ("legitimacy", None)
    assert telling.counts("value")["legitimacy"] == sum("legitimacy" in beat.variables for beat in told)


def test_the_pace_follows_the_length_of_what_is_told() -> None:
    assert SLOWLY.time_for(40) == pytest.approx(12)
    assert SLOWLY.time_for(0) > 0
    assert PACES[0] is BY_KEY
    assert BY_KEY.seconds == 0


# --- The end


@pytest.mark.parametrize("width", [0, 76, 116, 160])
def test_the_end_fits_its_width_and_has_everything(tmp_path: Path, width: int) -> None:
    table = new_table(tmp_path / "end.jsonl", length="lesson")
    while not table.session.is_over:
        table.talk()
        table.session.seat(ROLE).submit([])
        table.play_agents()
        table.advance()
    told = words(summary(table, ROLE, width=width))
    text = "\n".join(told)

    for role in table.session.scenario.roles.values():
        assert f"{role.title}" in text
    assert "── The hidden truth" in told
    assert "it might have been" in text
    assert ("start" in text) == bool(width)
    cards = told[told.index("── Scorecards") : -1]
    assert not width or width < 100 or all(cell_len(row) <= width for row in cards)
