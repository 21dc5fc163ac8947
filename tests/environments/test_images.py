from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from harness.environments.engine import Engine, connect
from harness.environments.images import side_image
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, ignore

pytestmark = pytest.mark.docker
SIDE = "{pip: [], options: one}"


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.mark.slow
def test__side_image__pip__is_made_once_with_the_plugin_beside(
    engine: Engine, write: Write, wheels: Callable[[str, str], None]
) -> None:
    wheels("alpha", "1.5")
    wheels("plug", "0.2")
    plugin = "{name: plug, pip: plug==0.2, into: system}"
    environment = write(
        {SIDE: "{pip: alpha==1.5}", "{name: plug}": plugin, "timezone:": "locale: de_DE.UTF-8, timezone:"}
    )
    told: list[str] = []
    image, again = (side_image(engine, environment, environment.side("old"), "run-1", told.append) for _ in range(2))
    assert image == again
    assert (image.version, image.plugin_version, image.user) == ("1.5", "0.2", 10001)
    assert sum("pip install" in line for line in told) <= 1
    run: dict[str, Any] = {
        "environment": {"PATH": image.path, "LANG": "de_DE.UTF-8"},
        "user": str(image.user),
        "remove": True,
    }
    assert engine.client.containers.run(image.name, entrypoint=["alpha"], command=[], **run) == b"1.5\n"
    locales = engine.client.containers.run(image.name, entrypoint=["locale"], command=["-a"], **run)
    assert b"de_DE.utf8" in locales


def test__side_image__that_nobody_has__says_what_can_be_done(engine: Engine, write: Write) -> None:
    environment = write({SIDE: "{image: '127.0.0.1:1/nobody:1'}"})
    with pytest.raises(EnvironmentFailed, match="is not here and cannot be pulled") as caught:
        side_image(engine, environment, environment.side("old"), "run-1", ignore)
    assert "docker load" in str(caught.value.hint)
