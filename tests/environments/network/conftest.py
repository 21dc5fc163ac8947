from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.environments.engine import Engine, connect


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()
