"""What living in an environment costs beside plain Docker: a start, a restore, and many environments at once."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.environments.containers.driver import DockerDriver
from harness.environments.engine import connect
from harness.environments.load import load_environment
from tests.benchmarks.checking import BACKFIT, ROOT

ROUNDS = 7
TOGETHER = 10
BIKE_SHOP = ROOT / "environments/bike-shop"
READY = "/-/versions.json"


def up_beside_docker_run() -> float:
    """`backfit env up` of the bike shop, warm, against `docker run` of the same two containers, polled until ready."""
    with _workspace(1) as (workspace, [name]):
        _up(workspace, name)
        inspected = _inspected(workspace)
        _down(workspace)
        pairs = []
        for _ in range(ROUNDS):
            ours = _up(workspace, name)
            _down(workspace)
            pairs.append((ours, _docker_run(inspected)))
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    return ours / theirs


def restore_seconds() -> float:
    """A database of 100 MB brought back, until PostgreSQL answers again."""
    with tempfile.TemporaryDirectory() as folder:
        environment = load_environment(_with_database(Path(folder)))
        driver = DockerDriver(connect(), "benchmark-restore")
        try:
            driver.prepare(environment, "old", _ignore)
            system = driver.start(environment, "old", _ignore)
            system.snapshot("full")
            times = [_seconds_of(lambda: system.restore("full")) for _ in range(ROUNDS)]
            system.stop()
        finally:
            driver.close()
    return statistics.median(times)


def side_by_side(_: Sequence[str]) -> int:
    """Ten environments brought up at the same time: how long each took, and how many failed."""
    with _workspace(TOGETHER) as (workspace, names), ThreadPoolExecutor(TOGETHER) as people:
        _up(workspace, names[0])
        _down(workspace)
        begun = time.monotonic()
        taken = list(people.map(lambda name: _attempt(workspace, name), names))
        whole = time.monotonic() - begun
        alive = [row for row in _status(workspace) if row["health"] == "up" and _answers(row["address"])]
        _down(workspace)
    for name, seconds in zip(names, taken, strict=True):
        print(f"  {name:20}{f'{seconds:8.1f} s' if seconds is not None else '  failed'}")
    print(f"  {len(alive)} of {TOGETHER} up and answering, {whole:.1f} s in all")
    return int(len(alive) != TOGETHER)


@contextmanager
def _workspace(copies: int) -> Iterator[tuple[Path, list[str]]]:
    """A workspace with the bike shop so many times. Whatever is up in it at the end is taken down."""
    names = [f"shop-{number}" for number in range(1, copies + 1)]
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            shutil.copytree(BIKE_SHOP, Path(folder) / "environments" / name)
        try:
            yield Path(folder), names
        finally:
            _down(Path(folder))


def _up(workspace: Path, name: str) -> float:
    return _seconds_of(lambda: _backfit(workspace, "up", name, "--driver", "docker"))


def _attempt(workspace: Path, name: str) -> float | None:
    try:
        return _up(workspace, name)
    except subprocess.CalledProcessError as error:
        print(error.stderr)
        return None


def _down(workspace: Path) -> None:
    _backfit(workspace, "down", "--all")


def _status(workspace: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_backfit(workspace, "status", "--format", "json"))["up"]
    return rows


def _backfit(workspace: Path, *arguments: str) -> str:
    command = [str(BACKFIT), "env", *arguments]
    return subprocess.run(command, cwd=workspace, check=True, capture_output=True, text=True).stdout


def _inspected(workspace: Path) -> Mapping[str, Any]:
    """The system's container as it runs now."""
    [row] = _status(workspace)
    found: Mapping[str, Any] = json.loads(_docker("inspect", row["containers"]["system"]))[0]
    return found


def _docker_run(like: Mapping[str, Any]) -> float:
    """Seconds from nothing until the system answers, by hand: a network, the seed in a container, the system in another."""
    config = like["Config"]
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        workspace.chmod(0o777)
        for name in ("metadata.json", "seed.py"):
            shutil.copy(BIKE_SHOP / name, workspace / name)
        given = [f"--env={variable}" for variable in config["Env"]]
        common = [*given, f"--volume={workspace}:/workspace", "--workdir=/workspace", f"--user={config['User']}"]
        command = [*(config["Entrypoint"] or ()), *(config["Cmd"] or ())]
        begun = time.monotonic()
        network = _docker("network", "create", f"benchmark-{workspace.name}")
        common.append(f"--network={network}")
        _docker("run", "--rm", *common, "--entrypoint=python3", config["Image"], "seed.py")
        container = _docker("run", "--detach", *common, f"--entrypoint={command[0]}", config["Image"], *command[1:])
        try:
            address = _docker("inspect", "--format={{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container)
            while not _answers(f"http://{address}:8000"):
                time.sleep(0.01)
            return time.monotonic() - begun
        finally:
            _docker("rm", "--force", "--volumes", container)
            _docker("network", "rm", network)


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}{READY}", timeout=5) as answer:
            return int(answer.status) < 500
    except (urllib.error.URLError, OSError):
        return False


def _with_database(folder: Path) -> Path:
    """An environment whose system is a file server, with PostgreSQL beside it that holds 100 MB."""
    (folder / "environment.yaml").write_text("""
schema: backfit/environment/v1
customer: A large database
system:
  name: files
  start: python3 -m http.server --bind {host} {port}
  old: {pip: []}
  new: {pip: []}
services:
  db: {debian: postgresql, seed: {sql: seed.sql}}
plugin: {name: none}
scenario: {run: "true"}
""")
    rows = "insert into line select n, repeat(md5(n::text), 32) from generate_series(1, 96000) n;"
    (folder / "seed.sql").write_text(f"create table line (id int primary key, text text);\n{rows}\n")
    return folder


def _seconds_of(act: Any) -> float:
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def _ignore(_: str) -> None:
    """Nobody reads what goes on."""
