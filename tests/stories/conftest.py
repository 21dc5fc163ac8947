"""The shop, with a cache of installations that the stories share; and a workspace for real systems."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.shop import SHARED, Shop


@pytest.fixture
def shop(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The shop as it usually is. Whatever a story does, nothing of it may be left."""
    cache = tmp_path / "cache"
    for name in SHARED:
        (shared := tmp_path_factory.getbasetemp() / "cache" / name).mkdir(parents=True, exist_ok=True)
        cache.mkdir(exist_ok=True)
        (cache / name).symlink_to(shared)
    found = Shop(tmp_path, cache)
    found.write()
    yield found
    assert found.leftovers() == []


@pytest.fixture
def workspace(tmp_path: Path) -> Shop:
    """An empty folder, and the user's own cache: the versions are installed, or the images built, once."""
    cache = os.environ.get("BACKFIT_CACHE") or Path.home() / ".cache/backfit"
    return Shop(tmp_path, Path(cache), {"BACKFIT_CACHE": str(cache)})
