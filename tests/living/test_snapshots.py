"""In containers, a snapshot outlives the side that it was taken of; and the whole of living in it, with an engine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest

from harness.environments import Environment, load_environment
from harness.environments.engine import OWNER_LABEL
from harness.living.dwellers import dwellers, swept, the_one
from harness.living.inside import run_inside
from harness.living.moving_in import Wish
from harness.living.output import output
from harness.living.snapshots import bring_back, take
from harness.model.errors import UsageError
from tests.environments.tiny import eventually, get
from tests.living.conftest import Up
from tests.living.home import write_home

DOCKER = Wish("docker")


@pytest.fixture
def boxed(workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """The small environment where an engine answers; what is kept is shared with the other tests that have one."""
    monkeypatch.delenv("DOCKER_HOST")
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path_factory.getbasetemp().parent / "cache"))
    return load_environment(write_home(workspace))


@pytest.fixture
def engine() -> Iterator[docker.DockerClient]:
    client = docker.from_env()
    yield client
    client.close()


def owned(engine: docker.DockerClient, owner: str) -> list[str]:
    """All that the engine has of that keeper."""
    mine = {"label": f"{OWNER_LABEL}={owner}"}
    kinds = (
        engine.containers.list(all=True, filters=mine, ignore_removed=True),
        engine.networks.list(filters=mine),
        engine.volumes.list(filters=mine),
    )
    return [str(each.name) for kind in kinds for each in kind]


@pytest.mark.docker
@pytest.mark.slow
def test__take_and_bring_back__of_containers__outlive_them(
    boxed: Environment, workspace: Path, up: Up, engine: docker.DockerClient, capfd: pytest.CaptureFixture[str]
) -> None:
    there = up(boxed, "old", DOCKER)
    assert run_inside(there, "system", ["sh", "-c", "echo one >data; id -u"]) == 0
    assert capfd.readouterr().out == "10001\n"
    file = take(there, "before", workspace)
    assert file is not None
    assert file.is_file()
    there = the_one("tiny", None, workspace)  # its containers are others by now
    assert "options one" in "".join(output(there, "system", lines=50, follow=False))
    there.down()
    assert owned(engine, there.state.owner) == []

    again = up(boxed, "old", DOCKER)
    assert bring_back(again, "before", workspace) == again.state.address
    assert get(f"{again.state.address}/data") == "one\n"
    with pytest.raises(UsageError, match="no snapshot"):
        bring_back(again, "nonsense", workspace)

    os.kill(int(again.state.owner.split("-")[0]), signal.SIGKILL)
    assert eventually(lambda: again.state.gone)
    assert owned(engine, again.state.owner)
    assert "the killed keeper of tiny (old)" in swept(workspace)[0]
    assert owned(engine, again.state.owner) == []
    assert dwellers(workspace) == []


def test__take__of_a_process__is_there_until_it_is_taken_down(tiny: Environment, workspace: Path, up: Up) -> None:
    there = up(tiny)
    assert take(there, "x", workspace) is None
    assert bring_back(there, "x", workspace)
    with pytest.raises(UsageError, match="is no name for a snapshot"):
        take(there, "a/b", workspace)
