"""What `import wargame` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import wargame


def test_every_name_is_there_and_no_other() -> None:
    assert all(getattr(wargame, name) is not None for name in wargame.__all__)
    assert set(wargame.__all__) == set(wargame._HOMES)
    assert set(wargame.__all__) <= set(dir(wargame))
    assert len(wargame.__all__) <= 14


def test_the_shipped_scenarios_are_listed_by_name() -> None:
    assert "kazakhstan-2022" in wargame.scenarios()


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(wargame, "no_such_name")


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, wargame; print({'attr', 'cattrs', 'click', 'textual'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


def test_a_session_is_made_without_the_converter_until_it_is_needed() -> None:
    code = "import sys, wargame.session.session; print('cattrs' in sys.modules, 'textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False False\n"
