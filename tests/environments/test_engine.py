from __future__ import annotations

import io
import tarfile
from pathlib import Path

import docker.errors
import pytest
import requests

from harness.environments.engine import archive, connect, engine_errors, labels
from harness.environments.owner import current_owner
from harness.model.errors import EnvironmentFailed, ExitCode


@pytest.mark.parametrize(
    "address", ["unix:///nonexistent/docker.sock", "tcp://127.0.0.1:1", "nonsense://", "unix:///dev/null"]
)
def test__connect__nobody_answers__names_the_address(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DOCKER_HOST", address)
    with pytest.raises(EnvironmentFailed) as caught:
        connect()
    assert caught.value.what == f"no Docker engine answers at {address}"
    assert caught.value.exit_code is ExitCode.INDETERMINATE


@pytest.mark.docker
def test__connect__engine__says_its_version() -> None:
    engine = connect()
    assert engine.version[0].isdigit()
    engine.client.close()


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (docker.errors.APIError("500", explanation="no space left on device"), "starting: no space left on device"),
        (docker.errors.DockerException("odd"), "starting: odd"),
        (requests.ConnectionError("gone"), "starting: gone"),
    ],
)
def test__engine_errors__of_each_kind__are_the_environments_fault(error: Exception, text: str) -> None:
    with pytest.raises(EnvironmentFailed) as caught, engine_errors("starting"):
        raise error
    assert str(caught.value) == text


def test__labels__of_a_run__name_its_owner() -> None:
    owner = current_owner()
    found = labels("run-1", "old")
    assert found.items() >= {"backfit.run": "run-1", "backfit.side": "old", "backfit.owner-pid": str(owner.pid)}.items()
    assert owner.token in found.values()


def test__archive__folders_and_texts__are_adjusted(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "f").write_text("x")

    def owned(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = 7
        return entry

    packed = archive({"to/a": tmp_path / "a"}, {"note": "é"}, owned)
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        assert [(each.name, each.uid) for each in tar] == [("to/a", 7), ("to/a/f", 7), ("note", 7)]
        note = tar.extractfile("note")
        assert note
        assert note.read().decode() == "é"
