"""The same game comes out whatever order Python gives its sets, and with asserts taken out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GAME = """
from hashlib import sha256
from random import Random
from tests.rules.playing import everything_shown, kernel, played
for name in ("harbour", "kazakhstan-2022"):
    rules = kernel(name)
    position, facts = played(rules, Random(5), 3)
    shown = [everything_shown(rules, position, role, facts) for role in rules.plan.roles]
    print(position.digest(), sha256(repr((facts, shown)).encode()).hexdigest())
"""


def game(hash_seed: str, *options: str) -> str:
    """What a fresh Python makes of the same seed."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *options, "-c", GAME]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=120
    ).stdout


def test_a_game_does_not_depend_on_hash_seeds_or_asserts():
    first = game("0")

    assert first.count("\n") == 2
    assert game("1") == game("4242", "-O") == first
