"""The shop, with a cache of installations that the stories share."""

from __future__ import annotations

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
