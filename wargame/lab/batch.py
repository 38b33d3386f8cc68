"""Many games over the cores of a machine; what comes of them is the same as one after the other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from wargame.errors import WargameError
from wargame.rules.kernel import Kernel
from wargame.scenario.model import Scenario
from wargame.session.kernels import kernel_for

__all__ = ["Work", "cores", "over_cores", "process_pool"]

FEW = 50
"""Below so many games a second process costs more than it saves."""

PIECES = 4
"""Shares of a batch for each core: a core that is slow for a while then holds nobody up for long."""

Found = TypeVar("Found", covariant=True)


class Work(Protocol[Found]):
    """What is done with a share of the seeds; it travels between processes, so it holds only values."""

    def __call__(self, kernel: Kernel, seeds: range) -> Found:
        """Plays a game for each of *seeds*."""


def cores() -> int:
    """How many cores this program may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def over_cores(
    kernel: Kernel, work: Work[Found], seeds: range, jobs: int, share: int | None = None
) -> Iterator[Found]:
    """
    What *work* finds for one share of *seeds* after the other, in their order, on *jobs* cores (from 1).

    *share* is how many seeds are taken at a stretch, where a game is slow or its progress is to be shown;
    if not given it is what is quickest for many quick games.

    Raises:
        WargameError: If a process of the batch was killed.
    """
    if share is None and (jobs == 1 or len(seeds) < FEW):
        yield work(kernel, seeds)
        return
    size = share or -(-len(seeds) // (jobs * PIECES))
    shares = [seeds[at : at + size] for at in range(0, len(seeds), size)]
    if jobs == 1:
        yield from (work(kernel, each) for each in shares)
        return
    pool = process_pool(jobs, _begin, (kernel.scenario, work))
    try:
        yield from pool.map(_share, shares)
    except BrokenProcessPool as error:
        raise WargameError("a process of the batch was stopped from outside; try it with --jobs 1") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def process_pool(
    jobs: int, begin: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    """A pool of *jobs* processes that leave Ctrl+C to their parent; each calls *begin* first."""
    # A forked process has the rules already; elsewhere each makes them anew, or takes them from the shelf.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, context, _deaf, (begin, arguments))


def _deaf(begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    # Ctrl+C is the parent's to answer: it calls off what has not begun.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin is not None:
        begin(*arguments)


_task: tuple[Scenario, Work[Any]] | None = None


def _begin(scenario: Scenario, work: Work[Any]) -> None:
    """What a process of the pool does first."""
    global _task
    _task = (scenario, work)


def _share(seeds: range) -> Any:
    if _task is None:
        raise RuntimeError("a share was handed out before its work")
    scenario, work = _task
    return work(kernel_for(scenario), seeds)
