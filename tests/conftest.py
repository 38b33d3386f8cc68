"""Test settings shared by the whole suite."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "gate", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("fast", parent=settings.get_profile("gate"), max_examples=15)
settings.register_profile("long", parent=settings.get_profile("gate"), max_examples=1_000, derandomize=False)
settings.load_profile("fast" if os.environ.get("FAST") else "long" if os.environ.get("LONG") else "gate")


@pytest.fixture(autouse=True, scope="session")
def no_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what its owner has set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARGAME_CONFIG", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(autouse=True, scope="session")
def no_housekeeping() -> Iterator[None]:
    """
    No test has the garbage collector look through everything.

    A program that plays one game does so now and then, while nobody waits. In a process that holds what
    thousands of tests have left in caches each time takes a second, so Python itself looks less often, too.
    """
    gc.set_threshold(100_000, 20, 20)
    idle = SimpleNamespace(
        collect=lambda: 0,
        freeze=lambda: None,
        unfreeze=lambda: None,
        get_threshold=gc.get_threshold,
        set_threshold=lambda *counts: None,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wargame.tui.screens.play.gc", idle)
        patch.setattr("wargame.lab.match.gc", idle)
        yield
