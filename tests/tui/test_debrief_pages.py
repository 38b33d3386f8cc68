"""What the tabs of the debrief say, as text: at every width nothing is lost and nothing runs over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from wargame.debrief.deeds import deeds
from wargame.debrief.gaps import gaps
from wargame.debrief.luck import luck
from wargame.debrief.notebook import Mark, Notebook
from wargame.debrief.record import Record, open_record
from wargame.debrief.replay import Replay
from wargame.rules.view import CONTROL
from wargame.text import hidden_characters
from wargame.tui.debrief import pages, scene
from wargame.tui.debrief.marks import notes_lines
from wargame.tui.debrief.reckoning import Progress, Stopped, reckoned
from wargame.tui.debrief.tables import Cell, flat, signed_bar, table, wrapped
from wargame.tui.lines import Line, words

SAVES = sorted((Path(__file__).parents[2] / "saves").glob("recorded-*.jsonl"))
WIDTHS = (77, 117)
"""What a page has of 80 and 120 columns."""

READ = [id for id, _ in pages.TABS if id not in ("replay", "notes")]


@pytest.fixture(scope="module", params=SAVES, ids=lambda path: path.stem)
def record(request: pytest.FixtureRequest) -> Record:
    return open_record(request.param)


@pytest.fixture(scope="module")
def progress(record: Record) -> Progress:
    return Progress(0, 0, 4, luck(record, 4))


def text_of(lines: list[Line], width: int) -> str:
    rows = words(lines)
    assert [row for row in rows if cell_len(row) > width] == []
    assert not any(hidden_characters(row) for row in rows)
    return "\n".join(rows)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_tab_fits_and_leaves_no_turn_and_no_seat_out(
    record: Record, progress: Progress, width: int
) -> None:
    scenario = record.kernel.scenario
    for chair in (CONTROL, "tokayev"):
        replay = Replay(record, chair)
        for tab in READ:
            text = text_of(pages.page(tab, replay, progress, width), width)
            if tab in ("timeline", "known"):
                assert all(f"T{turn}" in text for turn in replay.turns)
            if tab in ("known", "luck") or (tab == "timeline" and chair == CONTROL):
                assert all(role.title in text for role in scenario.roles.values())


@pytest.mark.parametrize("width", WIDTHS)
def test_the_tables_hold_what_was_found(record: Record, progress: Progress, width: int) -> None:
    replay = Replay(record, CONTROL)
    known = text_of(pages.page("known", replay, None, width), width)
    kept = text_of(pages.page("deeds", replay, None, width), width).split()
    reckoned = text_of(pages.page("luck", replay, progress, width), width)

    widest = max(gaps(record), key=lambda gap: gap.wide)
    assert f"{widest.low} to {widest.high}" in known
    assert all(deed.outcome in kept and deed.title.split()[-1].rstrip(":") for deed in deeds(record))
    assert progress.found is not None
    for account in progress.found.accounts.values():
        assert f"Score {account.score}; without luck {account.adjusted.value:.1f}" in reckoned
    assert "does not predict" in reckoned


@pytest.mark.parametrize("width", (39, *WIDTHS))
def test_every_stop_is_told_with_its_values(record: Record, width: int) -> None:
    replay = Replay(record, "west")
    for number in range(0, len(replay.stops), 17):
        stop = replay.stops[number]
        view = replay.view(number)
        gauges = text_of(scene.gauges(replay.public, view, width), width)
        assert len(gauges.split("\n")) == sum(bool(past) for past in view.history.values())
        assert f"Turn {stop.turn} " in scene.heading(replay, number)
        assert flat(stop.words) in scene.at_stop(replay, number).text
        assert view.title in "\n".join(words(scene.told(replay, number)))


def test_all_of_it_is_one_plain_text(record: Record, progress: Progress) -> None:
    replay = Replay(record, "tokayev")
    text = pages.plain(replay, replay.at_turn(6), progress, 80)

    assert max(map(cell_len, text.split("\n"))) <= 80
    assert all(f"== {title} ==" in text for id, title in pages.TABS if id not in ("replay", "notes", "asked"))
    assert text.startswith("Turn 6 (6 of 12)") and "Seen by President Tokayev" in text


def test_notes_are_told_with_their_place_and_a_damaged_file_by_its_name(record: Record) -> None:
    replay, book = Replay(record, CONTROL), Notebook(Path("a.jsonl.notes.toml"))
    marks = [Mark(3, 0, "tokayev", "[red]look\x1b[2J " + "here " * 30), Mark(4, 1, "nobody")]
    text = text_of(notes_lines(replay, book, marks, "Press b.", 77), 77)

    assert "Turn 3, President Tokayev: [red]look[2J here" in text and "Turn 4, nobody: bookmark" in text
    assert "no notebook" in text_of(
        notes_lines(replay, Notebook(Path("x"), fault="no notebook"), [], "", 77), 77
    )


def test_a_reckoning_tells_how_far_it_is_and_stops_when_nobody_waits(record: Record) -> None:
    told: list[Progress] = []
    found = reckoned(record, 3, told=told.append, is_over=lambda: False)

    assert told[-1].found == found == luck(record, 3)
    reckoning, done = told[: told[0].all], told[told[0].all :]
    assert [each.done for each in reckoning] == list(range(1, told[0].all + 1))
    assert [(each.points is None, each.mattered is None) for each in done] == [
        (True, True),
        (False, True),
        (False, False),
    ]
    with pytest.raises(Stopped):
        reckoned(record, 3, told=told.append, is_over=lambda: True)
    waiting = text_of(pages.page("luck", Replay(record, CONTROL), told[5], 40), 40)
    assert f"6 of {told[0].all}" in waiting


texts = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["广场 " * 9, "x" * 50, "\x1b[2J", ""]
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(texts, texts, st.integers(-999, 999).map(str)), max_size=4),
    width=st.integers(24, 90),
    wrap=st.integers(0, 1),
)
def test_a_table_fits_and_keeps_every_word_of_the_column_that_goes_on_below(
    rows: list[tuple[str, str, str]], width: int, wrap: int
) -> None:
    lines = table(["one", "two", "number"], rows, width, wrap=wrap, right=(2,))
    text = text_of(lines, width)

    for row in rows:
        assert row[2] in text
        assert "".join(flat(row[wrap]).split())[:1] in text
    for row in rows:
        for part in wrapped(row[wrap], 20):
            assert cell_len(part) <= 20
        assert "".join(wrapped(row[wrap], 20)).replace(" ", "") == flat(row[wrap]).replace(" ", "")


def test_a_bar_leans_to_the_side_of_the_gain() -> None:
    assert [signed_bar(value, 2, 3) for value in (-2, 0, 1, 9)] == [
        "━━━│   ",
        "   │   ",
        "   │━━ ",
        "   │━━━",
    ]
    assert words(table(["a", "b"], [["x", Cell("  drawn ")]], 30, wrap=0))[1] == "x    drawn "
