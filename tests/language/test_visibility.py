"""Who may read what: conditions of menus and doctrines, and everything a report depends on."""

from __future__ import annotations

import pytest

from tests.language.small import checked, problems
from wargame.language.scope import Kind, Use
from wargame.language.types import Flag


def _faults(text: str, **use: object) -> list[str]:
    return [problem.what for problem in problems(text, Use("condition", here=True, **use), Flag())]  # type: ignore[arg-type]


def test_a_condition_reads_only_what_its_reader_sees() -> None:
    assert _faults("secret > 3", reader="kremlin") == []
    assert _faults("secret > 3", reader="tokayev") == ["tokayev does not see 'secret', which this decides by"]
    assert _faults("secret > 3") == []


def test_an_estimate_is_enough_for_a_doctrine_and_not_for_a_menu() -> None:
    assert _faults("guessed > 3", reader="tokayev", perceived=True) == []
    assert "only has an estimate" in _faults("guessed > 3", reader="tokayev")[0]


def test_derived_values_and_orders_have_readers_too() -> None:
    assert "'heat'" in _faults("heat[here] > 3", reader="tokayev")[0]
    assert _faults("heat[here] > 3", reader="tokayev", perceived=True) == []
    assert "'heat'" in _faults("total(heat) > 3", reader="tokayev")[0]
    assert "'send_force'" in _faults("ordered(send_force)", reader="tokayev")[0]
    assert "'send_force'" in _faults("turns_since(send_force) > 3", reader="tokayev")[0]
    assert _faults("turns_since(help_asked) > 3 and turn > 2", reader="tokayev") == []


LEAKS = {
    "in braces": 'report("{secret}", to=tokayev)',
    "in braces for all": 'report("{secret}")',
    "by the branch": "if secret > 3:\n report('x', to=tokayev)",
    "by the other branch": "if secret > 3:\n troops += 1\nelse:\n report('x', to=tokayev)",
    "by a later branch": "if secret > 3:\n troops += 1\nelif troops > 3:\n report('x', to=tokayev)",
    "by a branch around": "if secret > 3:\n if troops > 3:\n  report('x', to=tokayev)",
    "through a local": "x = secret\nreport('{x}', to=tokayev)",
    "through two locals": "x = secret\ny = x + 1\nreport('{y}', to=tokayev)",
    "through a local set in a branch": "x = 1\nif secret > 3:\n x = 2\nreport('{x}', to=tokayev)",
    "through a local set in the other branch": (
        "x = 1\nif secret > 3:\n troops += 1\nelse:\n x = 2\nreport('{x}', to=tokayev)"
    ),
    "round a loop": ("x = 1\ny = 1\nfor p in places:\n report('{x}', to=tokayev)\n x = y\n y = secret"),
    "by which places are walked": (
        "x = almaty\nif secret > 3:\n x = aktau\nfor p in neighbours(x):\n report('{p}', to=tokayev)"
    ),
    "by a die": "if chance(secret):\n report('x', to=tokayev)",
    "by a die before": "if chance(secret) and troops > 3:\n report('x', to=tokayev)",
    "by the place read": "x = almaty\nif secret > 3:\n x = aktau\nreport('{unrest[x]}', to=tokayev)",
    "through a derived value": "if heat[here] > 3:\n report('x', to=tokayev)",
    "through an order": "if ordered(send_force):\n report('x', to=tokayev)",
    "through a ternary": "x = 1 if secret > 3 else 2\nif x > 1:\n report('x', to=tokayev)",
}


@pytest.mark.parametrize("how", LEAKS)
@pytest.mark.parametrize("kind", ["order", "procedure", "event"])
def test_a_report_that_depends_on_a_secret_is_refused(how: str, kind: Kind) -> None:
    text = LEAKS[how]
    reveals = frozenset({"secret", "heat", "send_force"})

    assert ["may not know exactly" in problem.what for problem in problems(text, Use(kind, here=True))] == [
        True
    ]
    assert checked(text, Use(kind, here=True, reveals=reveals))
    assert checked(text.replace("to=tokayev", "to=kremlin"), Use(kind, here=True)) if "to=" in text else True


HARMLESS = {
    "after the branch": "if secret > 3:\n troops += 1\nreport('x', to=tokayev)",
    "a local given anew": "x = secret\nx = troops\nreport('{x}', to=tokayev)",
    "another local": "x = secret\ny = 2\nreport('{y}', to=tokayev)\nlegitimacy += x",
    "what it sees": "if unrest[here] > 3 and chance(troops):\n report('{here} {mandate} {troops}')",
    "what it sees of a variable a secret has changed": "troops += secret\nreport('{troops}', to=tokayev)",
}


@pytest.mark.parametrize("how", HARMLESS)
def test_a_report_that_depends_on_no_secret_passes(how: str) -> None:
    assert checked(HARMLESS[how])


def test_reads_go_through_derived_values_and_leave_out_what_is_only_added_to() -> None:
    block = checked("troops += heat[here]\nlegitimacy = legitimacy + 1")

    assert block.reads == {"secret", "legitimacy"}
    assert block.derived == {"heat"}
    assert block.written == {"troops", "legitimacy"}
