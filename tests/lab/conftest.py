"""What the tests of the laboratory share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wargame.lab.match import undisturbed


@pytest.fixture(autouse=True, scope="module")
def once_undisturbed() -> Iterator[None]:
    """Every small batch would look through the whole memory of the test run first; once is enough."""
    with undisturbed():
        yield
