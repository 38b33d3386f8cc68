"""Keeps the tests of sessions out of the person's own folders."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wargame.session import saves, shelf


@pytest.fixture(autouse=True, scope="session")
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(shelf.FOLDER_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        patch.setenv(saves.FOLDER_VARIABLE, str(tmp_path_factory.mktemp("saves")))
        yield
