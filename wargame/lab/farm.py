"""Pieces of work given to any executor: a pool of processes here, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from wargame.errors import WargameError
from wargame.lab.batch import process_pool
from wargame.lab.match import leave_undisturbed, undisturbed

__all__ = ["harvest"]

AHEAD = 3
"""Pieces handed out for each core, so that none waits for the next and few are lost by Ctrl+C."""

KILLED = "a process of the batch was stopped from outside; try it with --jobs 1"

Task = TypeVar("Task")
Found = TypeVar("Found")


def harvest(
    work: Callable[[Task], Found], tasks: Iterable[Task], *, jobs: int, executor: Executor | None = None
) -> Generator[tuple[Task, Found], None, None]:
    """
    Each of *tasks* with what *work* makes of it, as they are done, in any order.

    *executor* does the work, *jobs* (from 1) pieces at a time and some waiting; without one it is done here
    for one job, else by as many processes. *work* and the tasks must be picklable then. On Ctrl+C what is
    under way is finished and given out before KeyboardInterrupt is raised.

    Raises:
        WargameError: If a process of the pool was killed.
    """
    if executor is not None:
        yield from _through(executor, work, tasks, jobs)
    elif jobs == 1:
        with undisturbed():
            for task in tasks:
                yield task, work(task)
    else:
        pool = process_pool(jobs, leave_undisturbed)
        try:
            yield from _through(pool, work, tasks, jobs)
        except BrokenProcessPool as error:
            raise WargameError(KILLED) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _through(
    executor: Executor, work: Callable[[Task], Found], tasks: Iterable[Task], jobs: int
) -> Generator[tuple[Task, Found], None, None]:
    waiting: dict[Future[Found], Task] = {}
    left = iter(tasks)
    stopped: KeyboardInterrupt | None = None
    while True:
        try:
            while stopped is None and len(waiting) < jobs * AHEAD:
                task = next(left, None)
                if task is None:
                    break
                waiting[executor.submit(work, task)] = task
            if not waiting:
                break
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        except KeyboardInterrupt as interrupt:
            if stopped is not None:
                raise
            stopped = interrupt
            for future in [each for each in waiting if each.cancel()]:
                del waiting[future]
            continue
        for future in done:
            task = waiting.pop(future)
            try:
                yield task, future.result()
            except CancelledError:
                continue
    if stopped is not None:
        raise stopped
