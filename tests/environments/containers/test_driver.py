from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from harness.environments.base_image import base_image
from harness.environments.containers import DockerDriver, driver
from harness.environments.engine import Engine
from harness.environments.images import SideImage
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, eventually, get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]
Another = Callable[[str], "subprocess.Popen[str]"]
Left = Callable[[], list[Any]]
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


def test__start__both_sides_at_once__are_private_labelled_and_gone_afterwards(
    engine: Engine, run_id: str, write: Write, left: Left
) -> None:
    seed = "import os; open('data.txt', 'w').write(os.environ['BACKFIT_SIDE'] + ' ' + os.getcwd())"
    env = "seed: seed.py\n  env: {ADDRESS: '{url}', PORT: '{port}'}"
    environment = write({"files: [server.py]": f"files: [server.py]\n  {env}"}, seed__py=seed)
    made = DockerDriver(engine, run_id)
    old, new = (made.start(environment, side, ignore) for side in ("old", "new"))
    assert [get(f"{each.url}/data.txt") for each in (old, new)] == ["old /backfit/workspace", "new /backfit/workspace"]
    names = ("ADDRESS", "PORT", "TZ", "HOME")
    assert [get(f"{old.url}/${name}") for name in names] == [old.url, "8000", "Europe/London", "/backfit/home"]
    containers = engine.client.containers.list(filters={"label": f"backfit.run={run_id}"})
    assert sorted(each.labels["backfit.side"] for each in containers) == ["new", "old"]
    for each in containers:
        host = each.attrs["HostConfig"]
        assert (each.attrs["Config"]["User"], host["CapDrop"]) == ("10001", ["ALL"])
        assert host["SecurityOpt"] == ["no-new-privileges"]
        assert each.ports == {}
    networks = [{*each.attrs["NetworkSettings"]["Networks"]} for each in containers]
    assert networks[0].isdisjoint(networks[1])
    for network in {name for each in networks for name in each}:
        found = engine.client.networks.get(network).attrs
        assert (found["Labels"]["backfit.run"], found["Internal"]) == (run_id, True)
    for system in (old, new):
        assert system.alive()
        system.stop()
        system.stop()
        assert not system.alive()
    assert "options one" in old.logs()
    made.close()
    assert left() == []


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
    engine: Engine, run_id: str, write: Write, files: dict[str, str], expected: list[str], left: Left
) -> None:
    seed = {"one}": "one, seed: seed.py}"} if "seed__py" in files else {}
    environment = write({"timeout: 30": "timeout: 1", **seed}, **files)
    made = DockerDriver(engine, run_id)
    with pytest.raises(EnvironmentFailed) as caught:
        made.start(environment, "old", ignore)
    made.close()
    assert [part for part in expected if part not in str(caught.value)] == []
    assert left() == []


def test__start__no_such_command__is_said_and_leaves_nothing(
    engine: Engine, run_id: str, write: Write, left: Left
) -> None:
    made = DockerDriver(engine, run_id)
    with pytest.raises(EnvironmentFailed, match="nope"):
        made.start(write({"python3 server.py": "nope"}), "old", ignore)
    made.close()
    assert left() == []


def test__start__image_and_dockerfile__run_as_they_are(engine: Engine, run_id: str, write: Write, left: Left) -> None:
    base = base_image(engine, "debian:bookworm", False, run_id, ignore)
    folder = write().folder / "web"
    folder.mkdir()
    (folder / "Dockerfile").write_text(
        f"FROM {base}\nWORKDIR /site\nRUN echo built > built.txt\nCOPY . .\n"
        'ENTRYPOINT []\nCMD ["python3", "-m", "http.server", "8123"]\n'
    )
    (folder / "kept.txt").write_text("kept")
    environment = write(
        {
            "  start: python3 server.py {host} {port} {options}\n": "  port: 8123\n",
            "{pip: [], options: one}": "{build: web}",
            "{pip: [], options: two}": "{build: web, start: 'python3 server.py {host} {port}'}",
        }
    )
    made = DockerDriver(engine, run_id)
    old, new = (made.start(environment, side, ignore) for side in ("old", "new"))
    try:
        assert (old.version, new.version) == ("web", "web")
        assert [get(f"{old.url}/{name}.txt").strip() for name in ("built", "kept")] == ["built", "kept"]
        assert "server.py" in get(old.url)
        assert "class Handler" in get(f"{new.url}/server.py")
        with pytest.raises(OSError, match="closed connection"):  # a start command of ours runs in a workspace of ours
            get(f"{new.url}/kept.txt")
    finally:
        old.stop()
        new.stop()
        made.close()
    assert left() == []


def test__start__image_that_vanished_meanwhile__leaves_no_network(
    engine: Engine, run_id: str, write: Write, monkeypatch: pytest.MonkeyPatch, left: Left
) -> None:
    monkeypatch.setattr(driver, "side_image", lambda *_: SideImage("backfit/vanished:1", "1"))
    made = DockerDriver(engine, run_id)
    with pytest.raises(EnvironmentFailed, match="making the container of old: No such image"):
        made.start(write(), "old", ignore)
    made.close()
    assert left() == []


def test__start__image_by_name__has_its_tag_as_version(engine: Engine, run_id: str, write: Write, left: Left) -> None:
    base = base_image(engine, "debian:bookworm", False, run_id, ignore)
    system = DockerDriver(engine, run_id).start(
        write({"{pip: [], options: one}": f"{{image: '{base}'}}"}), "old", ignore
    )
    version, user = system.version, get(f"{system.url}/$BACKFIT_SIDE")
    system.stop()
    assert (version, user) == (base.partition(":")[2], "old")


@pytest.mark.parametrize("stage", ["seed", "start"])
def test__ctrl_c__at_any_stage__leaves_nothing(
    engine: Engine, run_id: str, write: Write, another_backfit: Another, stage: str, left: Left
) -> None:
    hang = {"seed": {"seed__py": "import time; time.sleep(99)"}, "start": {"server__py": "import time; time.sleep(99)"}}
    environment = write({"one}": "one, seed: seed.py}"} if stage == "seed" else {}, **hang[stage])
    backfit = another_backfit(HOLD.format(folder=str(environment.folder), run_id=run_id))
    assert backfit.stdout
    assert backfit.stdout.readline() == "prepared\n"
    running = {"label": f"backfit.run={run_id}", "status": "running"}
    assert eventually(lambda: bool(engine.client.containers.list(filters=dict(running), ignore_removed=True)))
    backfit.send_signal(signal.SIGINT)
    backfit.wait()
    assert left() == []


def test__limits__images_that_are_ready_made__are_told(engine: Engine, run_id: str, write: Write) -> None:
    made = DockerDriver(engine, run_id)
    assert made.limits(write()) == []
    (told,) = made.limits(write({"plugin:": "services: {db: {image: 'x:1'}}\nplugin:"}))
    assert "keeps its own OS" in told
