"""The compiled rules of each scenario in play, made once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wargame.session.entries import Header

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel
    from wargame.scenario.model import Scenario

__all__ = ["kernel_for", "kernel_known", "kernel_of", "load"]

_KEPT = 4
_kernels: dict[str, Kernel] = {}


def load(name_or_path: str | Path) -> Scenario:
    """
    The scenario called so or lying there; one that was checked before is taken from the shelf.

    Raises:
        ScenarioError: With every fault found.
    """
    from wargame.scenario import library

    texts, found = library.bundle(name_or_path)
    return library.load(name_or_path) if found else _scenario_of(texts)


def kernel_for(scenario: Scenario) -> Kernel:
    """The rules of *scenario*; the same bundle gives the same object, so that it is compiled once."""
    known = _kernels.get(scenario.digest)
    if known is None:
        from wargame.rules.kernel import Kernel
        from wargame.scenario.book import check
        from wargame.session import shelf

        book = check(scenario)
        code = shelf.kept_code(book)
        known = Kernel(book, code)
        if code is None:
            shelf.keep_code(book, known.code)
        _keep(scenario.digest, known)
    return known


def kernel_known(digest: str) -> Kernel | None:
    """The rules of the scenario with that digest, if they were made in this process."""
    return _kernels.get(digest)


def kernel_of(header: Header) -> Kernel:
    """
    The rules of the scenario stored in a journal.

    Raises:
        ScenarioError: If these rules do not accept it.
    """
    known = _kernels.get(header.digest)
    if known is not None and dict(known.scenario.text) == dict(header.bundle):
        return known
    return kernel_for(_scenario_of(header.bundle))


def _scenario_of(texts: Mapping[str, str]) -> Scenario:
    from wargame.scenario.book import check, remember
    from wargame.scenario.library import load_bundle
    from wargame.session import shelf

    book = shelf.kept(texts)
    if book is not None:
        remember(book)
        return book.scenario
    scenario = load_bundle(texts)
    shelf.keep(check(scenario))
    return scenario


def _keep(digest: str, kernel: Kernel) -> None:
    while len(_kernels) >= _KEPT:
        del _kernels[next(iter(_kernels))]
    _kernels[digest] = kernel
