from __future__ import annotations

import pytest

from harness.environments.base_image import base_image
from harness.environments.box import Box
from harness.environments.compose.system import ComposeSystem
from harness.environments.engine import connect
from harness.model.errors import UsageError
from tests.environments.tiny import eventually, ignore


@pytest.mark.docker
@pytest.mark.slow
def test__compose_system__a_service_that_ended__is_told_with_the_systems_output(run_id: str) -> None:
    engine = connect()
    image = base_image(engine, "debian:bookworm", False, run_id, ignore)
    web, db = (
        Box.create(engine, image, run_id, name, entrypoint=["sh", "-c"], command=[text])
        for name, text in (("web", "echo serving; exec sleep 600"), ("db", "echo no space; exit 1"))
    )
    system = ComposeSystem("http://x", "1", "web", {"web": web, "db": db}, db.remove)
    try:
        for each in (web, db):
            each.start()
        assert eventually(lambda: "no space" in system.logs())
        assert eventually(lambda: "serving" in system.logs())
        assert system.alive()
        assert system.containers == {"system": web.id, "db": db.id}
        for refused in (system.snapshot, system.restore):
            with pytest.raises(UsageError, match="'first'"):
                refused("first")
    finally:
        system.stop()
    assert not system.alive()
    assert system.logs().startswith("serving")
