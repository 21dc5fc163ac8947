from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from harness.environments.containers import DockerDriver
from harness.environments.containers.snapshot_files import export_snapshot, import_snapshot
from harness.environments.containers.system import ContainerSystem
from harness.environments.engine import connect
from harness.model.errors import BadFile, UsageError
from tests.environments.tiny import Write, get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]
CACHE = {"plugin:": "services: {cache: {debian: redis-server, seed: {run: redis-cli set a 1}}}\nplugin:"}


@pytest.fixture
def driver(run_id: str) -> Iterator[DockerDriver]:
    found = DockerDriver(connect(), run_id)
    yield found
    found.close()


def packed(file: Path, **members: bytes) -> None:
    with zstandard.open(file, "wb") as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name.replace("__", "."))
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def facts(**change: Any) -> bytes:
    said = {"environment": "tiny", "side": "old", "version": "old", "services": {}, **change}
    return json.dumps({"schema": "backfit/snapshot/v1", "facts": said, "workspace": {}}).encode()


def test__snapshot_file__of_another_run__brings_workspace_and_services_back(
    driver: DockerDriver, write: Write, tmp_path: Path
) -> None:
    file, environment = tmp_path / "friday.tar.zst", write(CACHE)
    first = driver.start(environment, "old", ignore)
    first.run(["sh", "-c", "echo friday > day.txt"])
    _redis(first, "set a friday")
    first.snapshot("friday")
    export_snapshot(first, "friday", file)
    first.stop()
    later = DockerDriver(connect(), f"{driver._run_id}-later")
    try:
        second = later.start(environment, "old", ignore)
        assert _redis(second, "get a") == "1"
        import_snapshot(second, file, "then")
        second.restore("then")
        assert (_redis(second, "get a"), get(f"{second.url}/day.txt")) == ("friday", "friday\n")
        assert second.run(["stat", "-c", "%U", "day.txt"]) == "backfit\n"
        second.stop()
        new = later.start(environment, "new", ignore)
        with pytest.raises(UsageError, match="of another system"):
            import_snapshot(new, file, "then")
        with pytest.raises(UsageError, match="no snapshot 'thee'"):
            export_snapshot(second, "thee", file)
        new.stop()
    finally:
        later.close()


def _redis(system: ContainerSystem, words: str) -> str:
    return system._deployment.crew.services["cache"].run(["redis-cli", *words.split()]).strip()


def test__import__what_is_no_snapshot__is_told(driver: DockerDriver, write: Write, tmp_path: Path) -> None:
    system = driver.start(write(), "old", ignore)
    file = tmp_path / "bad.tar.zst"
    with pytest.raises(BadFile, match="there is no such snapshot file"):
        import_snapshot(system, file, "x")
    file.write_bytes(b"nonsense")
    with pytest.raises(BadFile, match="this is not a snapshot"):
        import_snapshot(system, file, "x")
    packed(file, facts__json=b'{"schema": "other"}')
    with pytest.raises(BadFile, match="its format is 'other'"):
        import_snapshot(system, file, "x")
    packed(file, facts__json=facts().replace(b'"workspace": {}', b'"workspace": {"w.tar": "/backfit"}'))
    with pytest.raises(BadFile, match=r"its entry 'w\.tar' is missing"):
        import_snapshot(system, file, "x")
    packed(file, **{"../outside": b"x", "facts__json": facts()})
    with pytest.raises(BadFile, match="unexpected entry"):
        import_snapshot(system, file, "x")
    assert not (tmp_path / "outside").exists()
    system.stop()
