from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from harness.environments.box import Box
from harness.environments.engine import Engine, connect
from harness.environments.layers import host_image
from harness.environments.rights import isolation
from harness.environments.spec import Host
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, eventually, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.fixture
def image(engine: Engine, run_id: str, write: Write) -> str:
    return host_image(engine, write(), False, run_id, ignore)


def made(engine: Engine, image: str, run_id: str, script: str, **options: Any) -> Box:
    box = Box.create(engine, image, run_id, "it", entrypoint=["sh", "-c", script], network_mode="none", **options)
    box.start()
    return box


def test__logs__after_the_end_and_the_removal__say_how_it_ended(engine: Engine, image: str, run_id: str) -> None:
    box = made(engine, image, run_id, "echo first; echo last words; exit 4")
    assert box.wait(30) == 4
    for _ in range(2):
        assert (box.logs(2), box.alive()) == ("last words\n(it ended with exit code 4)", False)
        box.remove()


def test__logs__killed_for_its_memory__say_so(engine: Engine, image: str, run_id: str) -> None:
    host = Host.model_validate({"memory": "32M"})
    hungry = "exec python3 -c 'x = bytearray(300_000_000)'"
    box = made(engine, image, run_id, hungry, **isolation(host, user="10001"))
    try:
        assert box.wait(60) == 137
        assert box.logs() == "(killed: it used more than 32 MiB of memory, see host.memory)"
    finally:
        box.remove()


def test__run__as_who_and_how_long__is_heeded(engine: Engine, image: str, run_id: str) -> None:
    box = made(engine, image, run_id, "exec sleep 600", user="10001")
    try:
        assert [box.run(["id", "-u"]), box.run(["id", "-u"], user="0")] == ["10001\n", "0\n"]
        assert box.run(["sh", "-c", "echo $X"], env={"X": "1"}) == "1\n"
        with pytest.raises(EnvironmentFailed, match=r"it: not done after 0\.3 s"):
            box.run(["sleep", "600"], timeout=0.3)
        with pytest.raises(EnvironmentFailed, match="it: failed with exit code 3"):
            box.run(["sh", "-c", "exit 3"])
        assert box.wait(0.3) is None
        box.kill()
        box.kill()
        assert eventually(lambda: not box.alive())
    finally:
        box.remove()
    box.kill()
