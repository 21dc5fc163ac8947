from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.environments.engine import connect
from harness.environments.layers import host_image
from harness.environments.owner import started_at
from harness.environments.process import ProcessDriver
from harness.environments.reap import orphans, reap_orphans
from harness.environments.store import cache_folder
from tests.environments.tiny import Write, eventually, get, ignore

Another = Callable[[str], "subprocess.Popen[str]"]

HOLD = """
import time
from pathlib import Path
from harness.environments import choose_driver, load_environment
environment = load_environment(Path({folder!r}))
driver, _ = choose_driver({driver!r}, {run_id!r}, environment)
system = driver.start(environment, "old", lambda line: None)
print(system.url)
time.sleep(600)
"""


def killed(backfit: subprocess.Popen[str]) -> str:
    """Kills it the hard way once its system runs; gives the system's address."""
    assert backfit.stdout
    url = backfit.stdout.readline().strip()
    backfit.kill()
    backfit.wait()
    return url


def children(pid: int) -> list[int]:
    stats = [
        (int(each.name), (each / "stat").read_text())
        for each in Path("/proc").glob("[0-9]*")
        if (each / "stat").exists()
    ]
    return [child for child, stat in stats if stat.rpartition(")")[2].split()[1] == str(pid)]


def test__reap_orphans__killed_run__its_folder_goes_and_a_living_runs_stays(
    write: Write, another_backfit: Another
) -> None:
    environment = write()
    living = ProcessDriver("run-living").start(environment, "new", ignore)
    killed(another_backfit(HOLD.format(folder=str(environment.folder), driver="process", run_id="run-killed")))
    folders = sorted((cache_folder() / "runs").iterdir())
    assert [each.name.split(".")[1] for each in folders if "run-killed" in each.name] == ["run-killed"]
    dead = next(each for each in folders if "run-killed" in each.name)
    assert f"folder {dead}" in reap_orphans()
    assert get(living.url)
    assert [each.name.split(".")[1] for each in (cache_folder() / "runs").iterdir()] == ["run-living"]
    living.stop()
    assert reap_orphans() == []


def test__reap_orphans__backfit_and_warden_killed__ends_the_system(write: Write, another_backfit: Another) -> None:
    folder = str(write().folder)
    backfit = another_backfit(HOLD.format(folder=folder, driver="process", run_id="run-1"))
    assert backfit.stdout
    backfit.stdout.readline()
    (warden,) = children(backfit.pid)
    (system,) = children(warden)
    os.kill(warden, signal.SIGSTOP)
    os.kill(backfit.pid, signal.SIGKILL)
    os.kill(warden, signal.SIGKILL)
    backfit.wait()
    reap_orphans()
    assert eventually(lambda: started_at(system) is None)


def test__reap_orphans__unfinished_installation__goes() -> None:
    half = cache_folder() / "installs" / "half"
    half.mkdir(parents=True)
    (cache_folder() / "locks").mkdir()
    assert f"unfinished installation {half}" in reap_orphans()
    assert not half.exists()


@pytest.mark.docker
@pytest.mark.slow
def test__reap_orphans__containers_of_a_killed_run__go_and_a_living_runs_stay(
    run_id: str, write: Write, another_backfit: Another
) -> None:
    environment = write()
    folder = str(environment.folder)
    living = another_backfit(HOLD.format(folder=folder, driver="docker", run_id=f"{run_id}-lives"))
    dead = another_backfit(HOLD.format(folder=folder, driver="docker", run_id=f"{run_id}-dies"))
    assert living.stdout
    url = living.stdout.readline().strip()
    killed(dead)
    reap_orphans()
    client = connect().client
    found = {}
    for outcome in ("dies", "lives"):
        mine = {"label": f"backfit.run={run_id}-{outcome}"}
        containers = client.containers.list(all=True, filters=dict(mine), ignore_removed=True)
        found[outcome] = (len(containers), len(client.networks.list(filters=dict(mine))))
    assert found == {"dies": (0, 0), "lives": (1, 1)}
    assert get(url)
    living.kill()
    living.wait()
    reap_orphans()
    mine = {"label": f"backfit.run={run_id}-lives"}
    assert client.containers.list(all=True, filters=dict(mine), ignore_removed=True) == []
    client.close()


MAKE = """
import time
from harness.environments.engine import connect, labels
client = connect().client
mine = labels({run_id!r}, "")
network = client.networks.create({run_id!r}, labels=mine)
client.volumes.create({run_id!r}, labels=mine)
holds = client.containers.create({image!r}, entrypoint=["sleep"], command=["600"], labels=mine, network={run_id!r})
holds.start()
holds.commit({run_id!r}, "half")
print("made")
time.sleep(600)
"""


@pytest.mark.docker
@pytest.mark.slow
def test__reap_orphans__all_that_an_engine_can_hold__goes_and_is_named_before(
    run_id: str, write: Write, another_backfit: Another
) -> None:
    engine = connect()
    image = host_image(engine, write(), False, run_id, ignore)
    dead = another_backfit(MAKE.format(run_id=run_id, image=image))
    assert killed(dead) == "made"
    kinds = {line.split()[0] for line in orphans()}
    assert {"container", "network", "volume", "image"} <= kinds
    names = reap_orphans()
    assert {f"network {run_id}", f"volume {run_id}"} <= {*names}
    mine: dict[str, str | list[str] | bool] = {"label": f"backfit.run={run_id}"}
    api = engine.client.api
    assert [api.containers(all=True, filters=mine), api.networks(filters=mine), api.images(filters=mine)] == [
        [],
        [],
        [],
    ]
    assert not api.volumes(filters=mine)["Volumes"]
    engine.client.close()
