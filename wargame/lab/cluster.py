"""The cores of other machines, by dask.distributed (extra `cluster`)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from wargame import __version__
from wargame.errors import WargameError

__all__ = ["cluster"]

PATIENCE = 10
"""Seconds for a scheduler to answer."""


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """
    An executor for the workers of the dask scheduler at *address*, and how many cores they have.

    A worker that is lost on the way is no harm: what it had is done by another. All have to have this
    program, in this version.

    Raises:
        WargameError: If dask.distributed is missing, nobody answers there, there are no workers, or one of
            them has another version.
    """
    try:
        import distributed
    except ImportError as error:
        raise WargameError("a cluster needs dask.distributed; install wargame[cluster]") from error
    open_client: Any = distributed.Client  # typed in part only
    try:
        client = open_client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise WargameError(
            f"no dask scheduler answers at {address}; start one with 'dask scheduler'"
        ) from error
    with client:
        cores = sum(client.nthreads().values())
        if not cores:
            raise WargameError(f"the scheduler at {address} has no workers; start them with 'dask worker'")
        found = client.run(_version, on_error="return")
        strange = [where for where, version in found.items() if version != __version__]
        if strange:
            raise WargameError(
                f"the worker at {strange[0]} does not have wargame {__version__}; install it on all workers"
            )
        with client.get_executor() as executor:
            yield executor, cores


def _version() -> str:
    from wargame import __version__ as here

    return here
