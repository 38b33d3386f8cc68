"""Who does the work of a command, the cores of this machine or those of a cluster, and how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

import click

__all__ = ["CLUSTER", "progress", "workers"]

CLUSTER = click.option(
    "--cluster",
    "address",
    metavar="ADDRESS",
    help="Let the workers of the dask scheduler there play, such as tcp://host:8786 (extra 'cluster').",
)


@contextmanager
def workers(address: str | None, jobs: int | None) -> Iterator[tuple[Executor | None, int]]:
    """An executor, or None for this machine's processes, and how many pieces are done at a time."""
    if address is None:
        from wargame.lab.batch import cores

        yield None, jobs or cores()
        return
    from wargame.lab.cluster import cluster

    with cluster(address) as (executor, cores_there):
        yield executor, jobs or cores_there


@contextmanager
def progress(games: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that is told of games as they are done; nothing where stderr is no terminal."""
    with click.progressbar(
        length=games, label=label, file=sys.stderr, show_pos=True, hidden=not sys.stderr.isatty()
    ) as bar:
        yield bar.update
