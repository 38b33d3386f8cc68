"""What control decides: in the record with its reason, and to each seat only as far as it may know."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.session.playing import new, play
from tests.session.ruling import noticed, seen_by
from wargame.agents.driver import Table
from wargame.errors import IllegalOrder
from wargame.rules.facts import Change, Told
from wargame.session.clock import Stand
from wargame.session.entries import Argued, Injected, Released, Ruling
from wargame.session.replay import verify
from wargame.session.session import Session
from wargame.session.show import show


@pytest.fixture
def live(tmp_path: Path) -> Session:
    return new(tmp_path / "game.jsonl", seed=3)


def value(session: Session, name: str) -> int:
    return session.kernel.reading(session.position, name)


# --- Values


@pytest.mark.parametrize(
    ("name", "place", "given", "slot", "held"),
    [
        ("standing", None, 20, "standing", 20),
        ("Standing", None, 500, "standing", 100),
        ("standing", None, -7, "standing", 0),
        ("standing", None, "35", "standing", 35),
        ("unrest", "docks", 90, "unrest.docks", 90),
        ("Unrest", "The Docks", 90, "unrest.docks", 90),
        ("unrest.hill", None, 8, "unrest.hill", 8),
        ("curfew", None, True, "curfew", 1),
        ("curfew", None, "yes", "curfew", 1),
        ("guard", None, "army", "guard", 2),
    ],
)
def test_a_value_is_set_by_id_or_title_and_kept_in_its_range(
    live: Session, name: str, place: str | None, given: int | str, slot: str, held: int
) -> None:
    live.control().set(name, given, place=place, reason="to see")

    assert value(live, slot) == held


@pytest.mark.parametrize(
    ("name", "place", "given", "why"),
    [
        ("standin", None, 5, "there is no variable 'standin'; did you mean 'standing'?"),
        ("street", None, 5, "The street follows from other values; set those"),
        ("cold", None, 5, "there is no variable 'cold'"),
        ("truce", None, 2, "there is no variable 'truce'"),
        ("unrest", None, 5, "Unrest differs from place to place; name the place"),
        ("unrest", "moon", 5, "there is no place 'moon'; there are docks, market, hill"),
        ("standing", "docks", 5, "Standing is one for the whole crisis"),
        ("standing", None, "much", "Standing is a whole number, 0 to 100, not 'much'"),
        ("standing", None, True, "Standing is a whole number"),
        ("curfew", None, 7, "Curfew is yes or no, not 7"),
        ("guard", None, "navy", "Guard is none or police or army, not 'navy'"),
        ("guard", None, 1, "Guard is none or police or army, not 1"),
    ],
)
def test_what_cannot_be_set_is_refused_in_words_and_leaves_no_trace(
    live: Session, name: str, place: str | None, given: int | str, why: str
) -> None:
    before = live.path.read_bytes()
    with pytest.raises(IllegalOrder) as refused:
        live.control().set(name, given, place=place, reason="to see")

    assert why in str(refused.value)
    assert live.path.read_bytes() == before


def test_every_decision_that_moves_the_game_needs_a_reason(live: Session) -> None:
    control = live.control()
    before = live.path.read_bytes()
    for decide in (
        lambda: control.set("standing", 5, reason=" \u200b "),
        lambda: control.overrule("no", {}, reason=""),
        lambda: control.overrule("", {}, reason="because"),
        lambda: control.release("letter", reason=""),
        lambda: control.rewind(1, ""),
        lambda: control.set("standing", 5, reason="x" * 501),
    ):
        with pytest.raises(IllegalOrder):
            decide()

    assert live.path.read_bytes() == before


def test_a_flag_set_by_hand_holds_since_this_turn(live: Session) -> None:
    live.control().set("curfew", True, reason="an agreement outside")
    variable = live.kernel.plan.variables["curfew"]

    assert variable.since is not None
    assert live.position.values[variable.since] == live.position.step
    live.close()
    with Session.open(live.path) as again:
        assert again.position == live.position


def test_a_change_by_control_is_told_to_those_who_see_the_variable_exactly(live: Session) -> None:
    said = live.control().set("funds", 3, reason="a fine")

    assert said == ("Funds 8 -> 3 (-5): a ruling of control",)
    told = {role: [f for f in live.seat(role).happened() if isinstance(f, Change)] for role in live.seats}
    assert [(change.variable, change.by, change.cause.kind) for change in told["mayor"]] == [
        ("funds", -5, "ruling")
    ]
    assert told["union"] == told["press"] == []
    assert live.seat("mayor").told()[-1] == said[0]


def test_an_outcome_is_overruled_in_words_with_its_new_values(live: Session) -> None:
    play(live, Random(1), 1)
    live.control().overrule(
        "the march was never seen", {"unrest.docks": 12, "Guard": "none"}, reason="the order was misread"
    )
    [decided] = live.control().decisions()

    assert value(live, "unrest.docks") == 12
    assert isinstance(decided.what, Ruling)
    assert decided.what.what == "Overruled: the march was never seen"
    text = show(live.path, 2, "control")
    assert "Overruled: the march was never seen (because: the order was misread)" in text
    assert "misread" not in show(live.path, 2, "mayor")


# --- Injects


def test_an_inject_reaches_those_addressed_in_this_turns_brief_and_nobody_else(live: Session) -> None:
    before = {role: seen_by(live, role) for role in live.seats}
    live.control().inject("The fleet sails.", ["mayor", "The press"], claim=True, reason="a test of nerves")

    for role in ("mayor", "press"):
        seat = live.seat(role)
        assert [(told.text, told.claim) for told in seat.view().news] == [("The fleet sails.", False)]
        assert "The fleet sails." in seat.told()
        assert "fleet" in show(live.path, 1, role)
        assert "Claim" not in show(live.path, 1, role)
    assert seen_by(live, "union") == before["union"]
    assert "fleet" not in show(live.path, 1, "union")
    told = [fact for fact in live.facts if isinstance(fact, Told)]
    assert [(fact.claim, fact.cause.kind) for fact in told] == [(True, "inject")]
    assert "Claim to The mayor, The press: The fleet sails. (because: a test of nerves)" in show(
        live.path, 1, "control"
    )


def test_an_inject_to_nobody_in_particular_is_for_everybody(live: Session) -> None:
    live.control().inject("Bells.")

    assert all(live.seat(role).told()[-1] == "Bells." for role in live.seats)
    assert live.public().told()[-1] == "Bells."


@pytest.mark.parametrize(
    ("text", "to", "why"),
    [
        ("", "mayor", "nothing to tell"),
        ("\x1b\u200b", "mayor", "nothing to tell"),
        ("x" * 2001, "mayor", "2,000 is the most"),
        ("x", "moyor", "did you mean 'mayor'"),
    ],
)
def test_an_inject_that_cannot_be_is_refused(live: Session, text: str, to: str, why: str) -> None:
    with pytest.raises(IllegalOrder, match=why):
        live.control().inject(text, to)

    assert live.control().decisions() == ()


def test_a_loaded_inject_is_released_once_and_does_what_it_does(live: Session) -> None:
    [letter, rumour] = live.control().injects()
    assert (letter.turn, letter.happened, letter.again, letter.claim) == (2, None, False, False)
    assert (rumour.claim, rumour.again) == (True, True)
    funds = value(live, "funds")
    said = live.control().release("A letter from the capital", reason="they are stuck")

    assert said[:2] == ("A letter from the capital", "The capital is watching.")
    assert value(live, "funds") == funds + 2
    assert live.control().injects()[0].happened == 1
    assert live.seat("mayor").view().news[0].text == "The capital is watching."
    assert live.seat("union").view().news == ()
    with pytest.raises(IllegalOrder, match="has happened already, and it happens only once"):
        live.control().release("letter", reason="again")
    before = value(live, "funds")
    for role in live.seats:
        live.seat(role).submit([])
    live.control().adjudicate()
    # Its own turn came, and it did not come again.
    assert live.turn == 2
    assert value(live, "funds") == min(12, before + 1)


def test_an_unknown_event_is_refused(live: Session) -> None:
    with pytest.raises(IllegalOrder, match="there is no event 'lettre'; did you mean 'letter'"):
        live.control().release("lettre", reason="now")


# --- Arguments


def test_an_argument_counts_its_reasons_rolls_its_own_die_and_does_what_was_agreed(live: Session) -> None:
    argued = live.control().argue(
        "union",
        "wins the tugboat crews over.",
        pros=["They are cousins.", "The pay is late."],
        cons=["The owner watches."],
        success={"strength": 3, "unrest.docks": -10, "guard": "police"},
        failure={"strength": -50},
        to=["union"],
        reason="no order covers it",
    )
    worked = argued.face < argued.percent

    assert (argued.number, argued.percent) == (1, 60)
    assert value(live, "strength") == (11 if worked else 0)
    assert value(live, "unrest.docks") == (30 if worked else 40)
    assert value(live, "guard") == (1 if worked else 0)
    [told] = live.seat("union").view().news
    assert told.text == (
        "The union argued: wins the tugboat crews over. For: They are cousins; The pay is late. "
        f"Against: The owner watches. 60%, rolled {argued.face}: it {'succeeds' if worked else 'fails'}."
    )
    assert live.seat("mayor").view().news == ()
    text = " ".join(show(live.path, 1, "control").split())
    assert "60% = 50 +10 (They are cousins) +10 (The pay is late) -10 (The owner watches), rolled" in text
    assert "(because: no order covers it)" in text


def test_each_argument_of_a_turn_has_its_own_die_and_the_same_one_whatever_else_happens(
    tmp_path: Path,
) -> None:
    faces = []
    for name, is_quiet in (("a", True), ("b", False)):
        with new(tmp_path / f"{name}.jsonl", seed=5) as session:
            if not is_quiet:
                session.control().set("anger", 90, reason="to see")
                session.control().inject("Bells.")
            faces.append([session.control().argue("press", "asks").face for _ in range(4)])

    assert faces[0] == faces[1]
    assert len(set(faces[0])) > 1


@pytest.mark.parametrize(("pros", "cons", "percent"), [(0, 0, 50), (3, 1, 70), (9, 0, 95), (1, 10, 5)])
def test_the_odds_of_an_argument_are_those_of_the_book(
    live: Session, pros: int, cons: int, percent: int
) -> None:
    argued = live.control().argue("press", "asks", ["yes"] * pros, ["no"] * cons)

    assert argued.percent == percent


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "nobody"},
        {"action": "  "},
        {"pros": [""]},
        {"cons": ["x"] * 11},
        {"success": {"moon": 1}},
        {"success": {"guard": 1}},
        {"failure": {"standing": "lots"}},
        {"failure": {"anger": 1, "Anger": 1}},
        {"to": ["nobody"]},
    ],
)
def test_an_argument_that_cannot_be_is_refused(live: Session, wrong: dict[str, object]) -> None:
    arguments = {"role": "press", "action": "asks", **wrong}
    with pytest.raises(IllegalOrder):
        live.control().argue(**arguments)  # type: ignore[arg-type]

    assert live.control().decisions() == ()


# --- Seats, and the clock


def test_a_seat_is_handed_only_to_a_player_it_has(live: Session) -> None:
    with pytest.raises(IllegalOrder, match="The mayor cannot be played by 'doctrine:bold'; there are person"):
        live.control().hand_over("mayor", "doctrine:bold")
    live.control().hand_over("mayor", "doctrine:plain", "went home")

    assert live.seats["mayor"] == "doctrine:plain"
    assert "The mayor is now played by doctrine:plain (because: went home)" in show(live.path, 1, "control")


def test_an_absent_seat_gets_the_default_and_everybody_is_told(live: Session) -> None:
    live.seat("mayor").submit([])
    live.control().lock_absent("The union")
    assert live.control().waiting() == ("press",)
    live.control().adjudicate(fill_absent=True)
    told = [f"No orders came from {who} in time" for who in ("The union", "The press")]

    for role in live.seats:
        news = [each.text for each in live.seat(role).view().news]
        assert [text for text in news if text.startswith("No orders")] == [
            f"{each}; the scenario's default orders were given." for each in told
        ]
    live.close()
    with Session.open(live.path) as again:
        assert noticed(again) == noticed(live)


def test_the_clock_is_kept_for_people_and_touches_nothing(live: Session) -> None:
    control, before = live.control(), live.position
    control.start_clock(600)
    control.extend_clock(120, "a question")
    assert control.clock == Stand(True, 720)
    control.pause_clock(300)

    assert control.clock == live.public().clock == Stand(False, 300)
    assert live.position == before
    assert "Clock: 2:00 more (because: a question)" in show(live.path, 1, "control")
    for wrong in (0, -1, 86_401, True, 1.5):
        with pytest.raises(IllegalOrder, match="a clock takes"):
            control.start_clock(wrong)  # type: ignore[arg-type]
    for role in live.seats:
        live.seat(role).submit([])
    control.adjudicate()
    assert control.clock is None


# --- The record


def test_every_kind_of_decision_is_shown_to_control_with_its_reason(live: Session) -> None:
    control = live.control()
    control.set("anger", 50, reason="reason one")
    control.inject("Bells.", "press", reason="reason two")
    control.release("rumour", reason="reason three")
    control.argue("press", "asks", reason="reason four")
    control.hand_over("press", "random", "reason five")
    control.start_clock(60, "reason six")
    text = show(live.path, 1, "control")

    assert all(f"(because: reason {each})" in text for each in ("one", "two", "three", "four", "five", "six"))
    kinds = [type(each.what) for each in control.decisions()][:4]
    assert kinds == [Ruling, Injected, Released, Argued]
    for role in live.seats:
        assert "reason" not in show(live.path, 1, role)


def test_nothing_is_decided_once_the_game_is_over(live: Session) -> None:
    play(live, Random(4))
    before = live.path.read_bytes()
    control = live.control()
    for decide in (
        lambda: control.set("anger", 5, reason="late"),
        lambda: control.inject("late"),
        lambda: control.release("rumour", reason="late"),
        lambda: control.argue("press", "asks"),
        lambda: control.hand_over("press", "random"),
        lambda: control.start_clock(60),
        lambda: control.lock_absent("press"),
    ):
        with pytest.raises(IllegalOrder, match="the game is over"):
            decide()

    assert live.path.read_bytes() == before
    assert verify(live.path).kind == "clean"


def test_the_adviser_is_forbidden_and_allowed_again(tmp_path: Path) -> None:
    with new(tmp_path / "game.jsonl") as live:
        control, table = live.control(), Table.of(live)
        with pytest.raises(IllegalOrder, match="reason"):
            control.set_adviser(False, reason=" ")
        control.set_adviser(False, reason="a test")
        control.rewind(1, "again")
        assert not control.adviser
        with pytest.raises(IllegalOrder, match=r"adviser is turned off.* The reason given: a test"):
            table.advise("mayor")
    with Session.open(live.path) as again:
        assert not again.control().adviser
        again.control().set_adviser(True, reason="enough")
        Table.of(again).advise("mayor")
    assert verify(live.path).kind == "clean"
