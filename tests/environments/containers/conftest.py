"""An engine, and what of a run is left on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from harness.environments.engine import Engine, connect
from harness.environments.layers import host_image
from tests.environments.tiny import Write, ignore


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.fixture
def image(engine: Engine, run_id: str, write: Write) -> str:
    """Debian with Python and a user of ours: what systems are made on."""
    return host_image(engine, write(), False, run_id, ignore)


@pytest.fixture
def left(engine: Engine, run_id: str) -> Callable[[], list[Any]]:
    """Lists the run's containers, networks and volumes."""

    def found() -> list[Any]:
        mine = {"label": f"backfit.run={run_id}"}
        containers = engine.client.containers.list(all=True, filters=dict(mine), ignore_removed=True)
        networks = engine.client.networks.list(filters=dict(mine))
        return [*containers, *networks, *engine.client.volumes.list(filters=dict(mine))]

    return found
