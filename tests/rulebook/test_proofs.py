"""Every numbered rule of RULES.md is played by a test that exists."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from .examples import RULES

TESTS = Path(__file__).parents[1]
PROOFS = tomllib.loads(Path(__file__).with_name("proofs.toml").read_text(encoding="utf-8"))


def test_every_rule_has_a_proof_and_every_proof_a_rule() -> None:
    rules = re.findall(r"^(\d+\.\d+) ", RULES.read_text(encoding="utf-8"), re.MULTILINE)

    assert list(PROOFS) == rules


def test_every_proof_is_a_test() -> None:
    missing = [proof for proof in PROOFS.values() if not _exists(*proof.split("::"))]

    assert missing == []


def _exists(file: str, name: str) -> bool:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))
