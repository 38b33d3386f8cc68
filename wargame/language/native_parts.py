"""A module cut into parts that call each other, so that they can be compiled side by side."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

__all__ = ["cut"]

_NAME = re.compile(r"[@!][\w.]+")


def cut(text: str, groups: Sequence[Collection[str]]) -> list[str]:
    """
    The parts of the module *text*: one of what can be called from outside, and one for each of *groups*.

    A group names functions that other parts may call. Each part holds all that its functions call; what
    no group names, it holds for itself.
    """
    items = _items(text)
    uses = {name: [each for each in _NAME.findall(item) if each in items] for name, item in items.items()}
    named = [{f"@{function}" for function in group} for group in groups]
    seams = frozenset[str]().union(*named)
    outside = {name for name, item in items.items() if item.startswith("define ") and not _is_internal(item)}
    return [_part(items, uses, roots, seams - roots) for roots in (outside - seams, *named)]


def _part(
    items: Mapping[str, str],
    uses: Mapping[str, Sequence[str]],
    roots: Collection[str],
    others: frozenset[str],
) -> str:
    """The module of *roots* and all they use; *others* are functions of other parts."""
    found, waiting = set[str](), list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += () if name in others else uses[name]
    lines = [
        _declared(item) if name in others else _opened(item) if name in roots else item
        for name, item in items.items()
        if name in found
    ]
    return "\n".join([*lines, ""])


def _items(text: str) -> dict[str, str]:
    """Functions, constants and marks, by their names."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.split("\n"):
        if line.startswith(("define ", "declare ", "@", "!")):
            name = _NAME.findall(line)[0]
            found[name] = []
        if name:
            found[name].append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def _is_internal(function: str) -> bool:
    return function.startswith("define internal ")


def _opened(function: str) -> str:
    """The function, to be called from other parts."""
    return function.replace("define internal ", "define ", 1)


def _declared(function: str) -> str:
    """What a part says of another's function."""
    head, _, _ = _opened(function).partition(" {")
    return head.replace("define ", "declare ", 1)
