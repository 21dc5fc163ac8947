"""A check on the docker driver that is killed (kill -9) or stopped (Ctrl-C): the next command leaves nothing of it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest

from tests.stories.shop import ENVIRONMENT, SCENARIO, SERVER, Shop, ctrl_c, wait_for

pytestmark = [pytest.mark.docker, pytest.mark.slow]

SEED = "import time\ntime.sleep(1)\nopen('stock.txt', 'w').write('full')\n"
SLOW_SERVER = SERVER.replace(
    "import http.server, json, os, sys\n", "import http.server, json, os, sys, time\ntime.sleep(0.5)\n"
)
SLOW_SCENARIO = SCENARIO.replace("def run(system):\n", "def run(system):\n    time.sleep(1)\n")
SLOW_ENVIRONMENT = ENVIRONMENT.replace("  files:", "  seed: seed.py\n  files:").replace(
    "options: new}", "options: new, migrate: 'sleep 1'}"
)
USER = "customer: Bikes\nhost: {user: 23456}\n"
POINTS = [
    ("an image is made", "adding a user", 0.0),
    ("a network is made", "starting bikes (old)", 0.1),
    ("the seed runs", "starting bikes (old)", 1.0),
    ("the system starts", "starting bikes (old)", 2.5),
    ("the plugin runs", "the plugin on old", 0.8),
    ("the calls are replayed", "replaying the plugin's calls (old-1)", 0.0),
    ("the data is moved to the new version", "starting bikes (new)", 2.0),
    ("the new version is asked", "replaying the plugin's calls (new-1)", 0.05),
    ("the shim serves", "the plugin on new + shim", 0.8),
    ("the report is written", "the plugin on new + shim", 2.2),
]


@pytest.fixture
def temporary(shop: Shop) -> Iterator[Path]:
    """What the story's processes take for /tmp; in the end it is empty."""
    with tempfile.TemporaryDirectory(prefix="bf-") as folder:
        shop.more["TMPDIR"] = folder
        yield Path(folder)
        assert [path.name for path in Path(folder).iterdir()] == []


def slow(shop: Shop, environment: str = SLOW_ENVIRONMENT) -> None:
    shop.write(environment=environment, server=SLOW_SERVER, scenario=SLOW_SCENARIO)
    (shop.folder / "bikes/seed.py").write_text(SEED)


def made_by(owner: int) -> list[str]:
    """What the engine, and this machine, have of the Backfit with this process id."""
    mark = f"{owner}-"
    mine: dict[str, str | list[str] | bool] = {"label": "backfit.owner"}
    engine = docker.from_env()
    try:
        api = engine.api
        found = {
            "container": api.containers(all=True, filters=mine),
            "network": api.networks(filters=mine),
            "volume": api.volumes(filters=mine)["Volumes"] or [],
            "image": api.images(filters=mine),
        }
    finally:
        engine.close()
    named = [
        kind for kind, several in found.items() for each in several if each["Labels"]["backfit.owner"].startswith(mark)
    ]
    return [*named, *_processes(f"BACKFIT_OWNER={mark}".encode())]


def _processes(mark: bytes) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                found.append("process")
        except OSError:  # it ended while we looked
            continue
    return found


@pytest.mark.parametrize(("what", "line", "seconds"), POINTS, ids=[point[0] for point in POINTS])
def test__kill_9__whatever_it_is_doing__the_next_command_leaves_nothing(
    shop: Shop, temporary: Path, what: str, line: str, seconds: float
) -> None:
    image = what == "an image is made"
    slow(shop, SLOW_ENVIRONMENT.replace("customer: Bikes\n", USER) if image else SLOW_ENVIRONMENT)
    with shop.started("check", "bikes", "--driver", "docker") as process:
        wait_for(process, line)
        time.sleep(seconds)
        there = made_by(process.pid)
        process.kill()
        process.communicate()
    assert {"container", "network"} & {*there} or what == "the report is written", there
    assert shop.run("env", "prune").code == 0
    assert made_by(process.pid) == []


def test__kill_9__of_one_of_two__the_other_goes_on_to_its_end(shop: Shop, temporary: Path) -> None:
    slow(shop)
    with (
        shop.started("check", "bikes", "--driver", "docker") as dies,
        shop.started("check", "bikes", "--driver", "docker") as lives,
    ):
        for each in (dies, lives):
            wait_for(each, "the plugin on old")
        dies.kill()
        dies.communicate()
        assert shop.run("env", "prune").code == 0
        assert made_by(dies.pid) == []
        out, err = lives.communicate(timeout=300)
    assert lives.returncode == 1, err
    assert "broken-shimmed" in out
    assert made_by(lives.pid) == []


def test__ctrl_c__while_the_plugin_runs__is_told_in_one_line_and_nothing_is_left(shop: Shop, temporary: Path) -> None:
    slow(shop)
    with shop.started("check", "bikes", "--driver", "docker") as process:
        wait_for(process, "the plugin on old")
        time.sleep(0.8)
        assert "container" in made_by(process.pid)
        ctrl_c(process)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, len(err.splitlines())) == (130, 1), err
    assert made_by(process.pid) == []
