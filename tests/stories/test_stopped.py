"""Ctrl-C, kill -9 and a full disk: nothing runs on, and no file is half there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.shop import BACKFIT, SCENARIO, Shop, ctrl_c, wait_for

STOPPED = "backfit: stopped; everything that was started has been ended"
SLOW = SCENARIO.replace("prices = ", "time.sleep(0.6)\n    prices = ", 1)
DATA = Path(__file__).with_name("data")


def assert_whole(folder: Path) -> None:
    """Every file of a run is what its name says."""
    for file in folder.rglob("*"):
        match file.suffix:
            case ".har" | ".json":
                json.loads(file.read_text())
            case ".xml":
                ET.parse(file)
            case ".html":
                assert file.read_text().rstrip().endswith("</html>")
            case ".yaml":
                assert file.read_text().endswith("\n")
            case ".tmp":
                raise AssertionError(f"{file} is half-written")


STAGES = [
    "starting bikes (old)",
    "the plugin on old",
    "replaying",
    "starting bikes (new)",
    "the plugin on new",
    "studying",
]


@pytest.mark.parametrize(
    "stage", ["making a virtual environment", *STAGES, "no step harms", "the plugin on new + shim"]
)
def test__ctrl_c__at_any_stage__ends_everything(shop: Shop, stage: str) -> None:
    shop.write(scenario=SLOW)
    if "virtual" in stage:
        shop.forget_installations()
    with shop.started("check", "bikes", "--driver", "process") as process:
        wait_for(process, stage)
        time.sleep(random.uniform(0, 0.3))
        ctrl_c(process)
        out, err = process.communicate(timeout=60)
    said = [line for line in err.splitlines() if not line.startswith("… ")]
    assert (process.returncode, out, said) == (130, "", [STOPPED])
    assert shop.leftovers() == []
    assert_whole(shop.folder / ".backfit")


def test__ctrl_c__twice__ends_everything_as_well(shop: Shop) -> None:
    shop.write(scenario=SLOW)
    with shop.started("check", "bikes", "--driver", "process") as process:
        wait_for(process, "the plugin on old")
        ctrl_c(process)
        ctrl_c(process)
        process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)
    shop.run("env", "prune")
    assert shop.leftovers() == []


@pytest.mark.parametrize("stage", ["the plugin on old", "the plugin on new", "the plugin on new + shim"])
def test__kill_9__then_the_next_command__cleans_up(shop: Shop, stage: str) -> None:
    shop.write(scenario=SLOW)
    with shop.started("check", "bikes", "--driver", "process") as process:
        wait_for(process, stage)
        process.kill()
        process.communicate(timeout=60)
    assert_whole(shop.folder / ".backfit")
    shop.write()
    result = shop.check()
    assert result.code == 1
    assert "cleaned up after a run that was killed: folder" in result.err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 20 kB: a file system of its own where we may mount one, else a folder for processes with a limit."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20k", "tmpfs", folder], capture_output=True, check=False
    )
    yield folder
    if mounted.returncode == 0:
        subprocess.run(["umount", folder], check=True)


def limited(folder: Path) -> list[str]:
    return [] if os.path.ismount(folder) else ["prlimit", f"--fsize={20 * 1024}"]


@pytest.mark.parametrize(
    "command",
    [
        ["shim", "apply", "x.shim.yaml", "large.har", "-o", "disk/out"],
        ["check", "../bikes", "--driver", "process"],
    ],
    ids=["apply", "check"],
)
def test__full_disk__in_the_middle__is_told(shop: Shop, small_disk: Path, command: list[str]) -> None:
    (shop.folder / "x.shim.yaml").write_text("schema: backfit/shim/v1\n")
    har = json.loads((DATA / "new.har").read_text())
    har["log"]["entries"] *= 9
    (shop.folder / "large.har").write_text(json.dumps(har))
    assert shop.check().code == 1  # what is installed on another disk is there
    folder = small_disk if command[0] == "check" else shop.folder
    words = [*limited(small_disk), BACKFIT, *command]
    result = subprocess.run(words, cwd=folder, env=shop.variables, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (3, "")
    said = [line for line in result.stderr.splitlines() if not line.startswith("… ")]
    assert said[0].startswith("backfit: ")
    assert "cannot be written: " in said[0]
    assert_whole(small_disk)
