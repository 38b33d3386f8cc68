"""The compiled rules of each scenario in play, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.session.entries import Header

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel
    from wargame.scenario.model import Scenario

__all__ = ["kernel_for", "kernel_of"]

_KEPT = 4
_kernels: dict[str, Kernel] = {}


def kernel_for(scenario: Scenario) -> Kernel:
    """The rules of *scenario*; the same bundle gives the same object, so that it is compiled once."""
    known = _kernels.get(scenario.digest)
    if known is None:
        from wargame.rules.kernel import Kernel
        from wargame.scenario.book import check

        known = Kernel(check(scenario))
        _keep(scenario.digest, known)
    return known


def kernel_of(header: Header) -> Kernel:
    """
    The rules of the scenario stored in a journal.

    Raises:
        ScenarioError: If these rules do not accept it.
    """
    from wargame.scenario.library import load_bundle

    known = _kernels.get(header.digest)
    if known is not None and dict(known.scenario.text) == dict(header.bundle):
        return known
    return kernel_for(load_bundle(header.bundle))


def _keep(digest: str, kernel: Kernel) -> None:
    while len(_kernels) >= _KEPT:
        del _kernels[next(iter(_kernels))]
    _kernels[digest] = kernel
