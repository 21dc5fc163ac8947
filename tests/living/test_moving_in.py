from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from harness.environments import Environment, load_environment
from harness.living.dwellers import dwellers
from harness.living.moving_in import Wish, bring_up
from harness.model.errors import EnvironmentFailed, UsageError
from tests.environments.tiny import eventually, get, ignore
from tests.living.conftest import Up
from tests.living.home import write_home
from tests.living.test_dwellers import server_of

PROCESS = Wish(driver="process")


def test__bring_up__what_is_up__finds_it(tiny: Environment, workspace: Path) -> None:
    [first] = bring_up(tiny, ["old"], PROCESS, workspace=workspace, tell=ignore)
    [again] = bring_up(tiny, ["old"], Wish(), workspace=workspace, tell=ignore)
    assert (first.before, again.before) == (False, True)
    assert again.state == first.state


@pytest.mark.parametrize("wish", [Wish(port=1), Wish(driver="docker")])
def test__bring_up__what_is_up_otherwise__is_refused(tiny: Environment, workspace: Path, up: Up, wish: Wish) -> None:
    address = up(tiny).state.address
    with pytest.raises(UsageError, match=f"is up already, with process: {address}"):
        bring_up(tiny, ["old"], wish, workspace=workspace, tell=ignore)


def test__bring_up__what_died__is_started_anew(tiny: Environment, workspace: Path, up: Up) -> None:
    there = up(tiny)
    os.kill(server_of(there.state.log), signal.SIGKILL)
    assert eventually(lambda: there.health() != "up")
    told: list[str] = []
    [settled] = bring_up(tiny, ["old"], PROCESS, workspace=workspace, tell=told.append)
    assert "ending tiny (old), which does not run any more" in told
    assert not settled.before
    assert get(f"{settled.state.address}/server.py")


def test__bring_up__both_where_one_fails__leaves_none(workspace: Path) -> None:
    dies = {"new: {pip: [], options: two}": "new: {pip: [], options: two, start: python3 -c 1}"}
    environment = load_environment(write_home(workspace, dies))
    with pytest.raises(EnvironmentFailed, match=r"tiny \(new\) died"):
        bring_up(environment, ["old", "new"], PROCESS, workspace=workspace, tell=ignore)
    assert dwellers(workspace) == []


def test__bring_up__at_a_port__is_reached_there(tiny: Environment, workspace: Path, up: Up) -> None:
    port = int(up(tiny, "new").state.url.rpartition(":")[2])
    with pytest.raises(UsageError, match="cannot listen"):
        bring_up(tiny, ["old"], Wish("process", port=port), workspace=workspace, tell=ignore)
    for each in dwellers(workspace):
        each.down()
    [settled] = bring_up(tiny, ["old"], Wish("process", port=port), workspace=workspace, tell=ignore)
    assert settled.state.address == f"http://127.0.0.1:{port}" != settled.state.url
    assert get(f"{settled.state.address}/server.py") == get(f"{settled.state.url}/server.py")


@pytest.mark.parametrize(
    ("sides", "wish", "what"),
    [
        (["old"], Wish(shim=Path("x")), "a shim stands before the new version"),
        (["old", "new"], Wish(port=8080), "one port cannot lead to both"),
        (["old"], Wish(faults=True), "nothing is wrong with this network"),
    ],
)
def test__bring_up__a_wish_that_cannot_be__is_refused(
    tiny: Environment, workspace: Path, sides: list[str], wish: Wish, what: str
) -> None:
    with pytest.raises(UsageError, match=what):
        bring_up(tiny, sides, wish, workspace=workspace, tell=ignore)  # type: ignore[arg-type]


def test__bring_up__with_faults__has_them_on_the_path(workspace: Path) -> None:
    slow = {"plugin: {name: plug}": "plugin: {name: plug}\nnetwork: {links: {plugin-system: {latency: 1ms}}}"}
    environment = load_environment(write_home(workspace, slow))
    [settled] = bring_up(environment, ["old"], Wish("process", faults=True), workspace=workspace, tell=ignore)
    assert settled.state.address != settled.state.url
    assert get(f"{settled.state.address}/server.py")
