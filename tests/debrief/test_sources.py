"""Keys of sources are told with what they stand for."""

from __future__ import annotations

import pytest

from wargame.cli.app import run
from wargame.debrief.sources import named, sources_of
from wargame.session.kernels import load


def test_a_key_finds_its_row_and_one_without_a_row_is_left_out() -> None:
    scenario = load("kazakhstan-2022")

    assert named("P65, P71; facts 7") == ["P65", "P71", "facts 7"]
    assert [key for key, _ in sources_of(scenario, ["P71", "P65", "P65", "no such key"])] == ["P65", "P71"]


def test_an_answer_of_the_model_names_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["whatif", "kazakhstan-2022", "asks_beijing", "--games", "2"]) == 0

    said = capsys.readouterr().out
    assert "\nP65: " in said and "\nP71: " in said
