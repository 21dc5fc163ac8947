from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from harness.environments.base_image import base_image
from harness.environments.containers import DockerDriver
from harness.environments.engine import Engine, connect
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, eventually, get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]
Another = Callable[[str], "subprocess.Popen[str]"]
SIDES = {"{pip: [], options: one}": "old", "{pip: [], options: two}": "new"}

HOLD = """
from pathlib import Path
from harness.environments import choose_driver, load_environment
environment = load_environment(Path({folder!r}))
driver, _ = choose_driver("docker", {run_id!r}, environment)
driver.prepare(environment, "old", lambda line: None)
print("prepared")
driver.start(environment, "old", lambda line: None)
"""


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


def left(engine: Engine, run_id: str) -> list[Any]:
    mine = {"label": f"backfit.run={run_id}"}
    containers = engine.client.containers.list(all=True, filters=dict(mine), ignore_removed=True)
    return [*containers, *engine.client.networks.list(filters=dict(mine))]


def test__start__both_sides_at_once__are_private_labelled_and_gone_afterwards(engine: Engine, write: Write) -> None:
    seed = "import os; open('data.txt', 'w').write(os.environ['BACKFIT_SIDE'] + ' ' + os.getcwd())"
    env = "seed: seed.py\n  env: {ADDRESS: '{url}', PORT: '{port}'}"
    environment = write({"files: [server.py]": f"files: [server.py]\n  {env}"}, seed__py=seed)
    driver = DockerDriver(engine, "run-both")
    old, new = (driver.start(environment, side, ignore) for side in ("old", "new"))
    assert [get(f"{each.url}/data.txt") for each in (old, new)] == ["old /backfit/workspace", "new /backfit/workspace"]
    names = ("ADDRESS", "PORT", "TZ", "HOME")
    assert [get(f"{old.url}/${name}") for name in names] == [old.url, "8000", "Europe/London", "/backfit/home"]
    containers = engine.client.containers.list(filters={"label": "backfit.run=run-both"})
    assert sorted(each.labels["backfit.side"] for each in containers) == ["new", "old"]
    for each in containers:
        host = each.attrs["HostConfig"]
        assert (each.attrs["Config"]["User"], host["CapDrop"]) == ("10001", ["ALL"])
        assert host["SecurityOpt"] == ["no-new-privileges"]
        assert [bound["HostIp"] for bound in each.ports["8000/tcp"]] == ["127.0.0.1"]
        (network,) = each.attrs["NetworkSettings"]["Networks"]
        assert engine.client.networks.get(network).attrs["Labels"]["backfit.run"] == "run-both"
    for system in (old, new):
        assert system.alive()
        system.stop()
        system.stop()
        assert not system.alive()
    assert "options one" in old.logs()
    assert left(engine, "run-both") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"server__py": "raise SystemExit('no such database')"}, ["tiny (old) died at start", "| no such database"]),
        (
            {"server__py": "print('waiting'); import time; time.sleep(99)"},
            ["not ready after 1 s", "last seen: GET", "| waiting"],
        ),
        ({"seed__py": "raise ValueError('bad seed')"}, ["seed: failed with exit code 1", "| ValueError: bad seed"]),
    ],
)
def test__start__that_fails__says_why_and_leaves_nothing(
    engine: Engine, write: Write, files: dict[str, str], expected: list[str]
) -> None:
    seed = {"one}": "one, seed: seed.py}"} if "seed__py" in files else {}
    environment = write({"timeout: 30": "timeout: 1", **seed}, **files)
    with pytest.raises(EnvironmentFailed) as caught:
        DockerDriver(engine, "run-fails").start(environment, "old", ignore)
    assert [part for part in expected if part not in str(caught.value)] == []
    assert left(engine, "run-fails") == []


def test__start__no_such_command__is_said_and_leaves_nothing(engine: Engine, write: Write) -> None:
    with pytest.raises(EnvironmentFailed, match="nope"):
        DockerDriver(engine, "run-nope").start(write({"python3 server.py": "nope"}), "old", ignore)
    assert left(engine, "run-nope") == []


def test__start__image_and_dockerfile__run_as_they_are(engine: Engine, write: Write) -> None:
    base = base_image(engine, "debian:bookworm", False, "run-images", ignore)
    folder = write().folder / "web"
    folder.mkdir()
    (folder / "Dockerfile").write_text(
        f"FROM {base}\nWORKDIR /site\nRUN echo built > built.txt\nCOPY . .\n"
        'ENTRYPOINT []\nCMD ["python3", "-m", "http.server", "8123"]\n'
    )
    (folder / "kept.txt").write_text("kept")
    (folder / "ignored.txt").write_text("ignored")
    (folder / ".dockerignore").write_text("ignored.txt\n")
    environment = write(
        {
            "  start: python3 server.py {host} {port} {options}\n": "  port: 8123\n",
            "{pip: [], options: one}": "{build: web}",
            "{pip: [], options: two}": f"{{image: '{base}', start: 'python3 server.py {{host}} {{port}}'}}",
        }
    )
    driver = DockerDriver(engine, "run-images")
    old, new = (driver.start(environment, side, ignore) for side in ("old", "new"))
    try:
        assert (old.version, new.version) == ("web", base.partition(":")[2])
        assert [get(f"{old.url}/{name}.txt").strip() for name in ("built", "kept")] == ["built", "kept"]
        assert "server.py" in get(old.url)
        assert "ignored.txt" not in get(old.url)
        assert "class Handler" in get(f"{new.url}/server.py")
    finally:
        old.stop()
        new.stop()
    assert left(engine, "run-images") == []


@pytest.mark.parametrize("stage", ["seed", "start"])
def test__ctrl_c__at_any_stage__leaves_nothing(
    engine: Engine, write: Write, another_backfit: Another, stage: str
) -> None:
    hang = {"seed": {"seed__py": "import time; time.sleep(99)"}, "start": {"server__py": "import time; time.sleep(99)"}}
    environment = write({"one}": "one, seed: seed.py}"} if stage == "seed" else {}, **hang[stage])
    backfit = another_backfit(HOLD.format(folder=str(environment.folder), run_id=f"run-{stage}"))
    assert backfit.stdout
    assert backfit.stdout.readline() == "prepared\n"
    running = {"label": f"backfit.run=run-{stage}", "status": "running"}
    assert eventually(lambda: bool(engine.client.containers.list(filters=dict(running), ignore_removed=True)))
    backfit.send_signal(signal.SIGINT)
    backfit.wait()
    assert left(engine, f"run-{stage}") == []
