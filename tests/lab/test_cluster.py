"""Runs on a cluster of several workers: the same results, whatever becomes of a worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

from wargame.cli.app import run as command  # noqa: E402
from wargame.errors import WargameError  # noqa: E402
from wargame.lab import cluster as lab  # noqa: E402
from wargame.lab.cluster import cluster  # noqa: E402
from wargame.lab.run import run  # noqa: E402
from wargame.session.kernels import kernel_for, load  # noqa: E402


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


def test_a_run_ends_with_the_same_results_though_a_worker_is_killed(workers: Any) -> None:
    kernel = kernel_for(load("tutorial"))
    want = run(kernel, {}, games=400, seed=1)
    killed: list[int] = []

    def kill() -> None:
        process = next(iter(workers.workers.values())).process.process
        process._process.kill()
        killed.append(process.pid)

    def kill_soon(games: int) -> None:
        if not killed:  # Once something was done, and most is not.
            killed.append(0)
            threading.Thread(target=kill).start()
            time.sleep(0.1)

    with cluster(workers.scheduler_address) as (executor, cores):
        assert cores == 3
        found = run(kernel, {}, games=400, seed=1, jobs=cores, executor=executor, progress=kill_soon)

    assert len(killed) == 2
    assert found.tables() == want.tables()


def test_the_command_writes_the_same_tables(workers: Any, tmp_path: Path) -> None:
    asked = ["lab", "run", "tutorial", "--games", "60", "--json"]

    assert command([*asked, "-o", str(tmp_path / "here"), "--jobs", "1"]) == 0
    assert command([*asked, "-o", str(tmp_path / "there"), "--cluster", workers.scheduler_address]) == 0
    for name in ("games.csv", "turns.csv", "orders.csv", "outcomes.csv"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()


def test_a_worker_with_another_version_is_named(workers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "__version__", "0.0.0")
    with (
        pytest.raises(WargameError, match=r"does not have wargame 0\.0\.0"),
        cluster(workers.scheduler_address),
    ):
        pass


def test_where_nobody_answers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "PATIENCE", 0.2)
    with pytest.raises(WargameError, match="no dask scheduler answers"), cluster("tcp://127.0.0.1:9"):
        pass
