from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.living.dwellers import dwellers
from tests.cli.conftest import Backfit
from tests.environments.tiny import eventually
from tests.living.home import stand_apart, write_home
from tests.living.test_dwellers import server_of


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stand_apart(tmp_path, tmp_path_factory, monkeypatch)
    write_home(tmp_path)
    yield
    for each in dwellers(tmp_path):
        each.down()


def test__list__a_workspace__has_a_row_for_each_and_says_what_is_wrong(backfit: Backfit, tmp_path: Path) -> None:
    write_home(tmp_path, {"customer: Tiny": "custom: Tiny"}, name="bad")
    write_home(tmp_path, {"old: {pip: []": "old: {image: 'tiny:1'"}, name="boxed")
    out = backfit("env", "list").out
    assert "tiny:1 → " in out
    assert "needs docker" in out
    assert "environments/bad/environment.yaml:3: unknown key 'custom'" in out
    rows = json.loads(backfit("env", "list", "--format", "json").out)["environments"]
    assert [row.get("name") for row in rows] == [None, "boxed", "tiny"]
    assert rows[2] | {"file": ""} == {
        "file": "",
        "name": "tiny",
        "customer": "Tiny",
        "system": "tiny",
        "old": "",
        "new": "",
        "plugin": "plug",
        "needs": "docker or process",
        "up": [],
    }


def test__list__outside_of_a_workspace__says_how_to_begin(
    backfit: Backfit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert "backfit init" in backfit("env", "list").out
    assert backfit("env", "status").out == "nothing is up: `backfit env up ENVIRONMENT` starts one\n"


def test__status__while_it_lives_dies_and_is_killed__says_so(backfit: Backfit, tmp_path: Path) -> None:
    backfit("env", "up", "tiny")
    [there] = dwellers(tmp_path)
    out = backfit("env", "status").out
    assert out.startswith("tiny (old)   up   for ")
    assert there.state.url in out
    assert "old up" in backfit("env", "list").out
    os.kill(server_of(there.state.log), signal.SIGKILL)
    assert eventually(lambda: there.health() != "up")
    [row] = json.loads(backfit("env", "status", "--format", "json").out)["up"]
    assert (row["health"], row["side"], row["address"]) == ("died", "old", there.state.url)
    assert "options one" in row["last_words"]
    assert "owner" not in row
    assert "died" in backfit("env", "status").out
    os.kill(int(there.state.owner.split("-")[0]), signal.SIGKILL)
    assert eventually(lambda: there.state.gone)
    out = backfit("env", "status").out
    assert "cleaned up: what the killed keeper of tiny (old) knew" in out
    assert "nothing is up" in out
