from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Backfit
from tests.environments.tiny import SERVER, TINY

LOCK = "schema: backfit/lock/v1\nprocess: {host: {}, old: {asked: [dep==1]}}\n"


@pytest.fixture(autouse=True)
def environments(tmp_path: Path) -> None:
    for name, zone in (("a", "Europe/London"), ("b", "Asia/Shanghai"), ("c", "Europe/London")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "environment.yaml").write_text(TINY.replace("Europe/London", zone))
        (tmp_path / name / "server.py").write_text(SERVER)


def test__diff__two_environments__by_group_with_weights_and_exits_with_1(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "b/server.py").write_text("# another")
    result = backfit("env", "diff", "a", "b")
    assert result.code == 1
    lines = [" ".join(line.split()) for line in result.out.splitlines() if line.strip()]
    assert lines[:3] == ["host", "break-prone timezone Europe/London → Asia/Shanghai", "files"]
    assert lines[3].startswith("likely server.py sha256 ")
    assert lines[-1] == "2 differences: a → b"
    told = json.loads(backfit("env", "diff", "a", "b", "--format", "json").out)
    assert [(each["name"], each["weight"]) for each in told["differences"]] == [
        ("timezone", "break-prone"),
        ("server.py", "likely"),
    ]


def test__diff__the_same__exits_with_0(backfit: Backfit) -> None:
    result = backfit("env", "diff", "a", "c")
    assert (result.code, result.out) == (0, "no difference\n")


def test__diff__an_environment_and_its_lock__is_what_drifted_either_way_round(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "a/environment.lock").write_text(LOCK)
    (tmp_path / "d.lock").write_text(LOCK.replace("dep==1", "dep==2"))
    for pair in (("a", "a/environment.lock"), ("a/environment.lock", "a")):
        result = backfit("env", "diff", *pair, "--format", "json")
        assert result.code == 1
        assert ("dep" in {each["name"] for each in json.loads(result.out)["differences"]}) is True
    assert backfit("env", "diff", "d.lock", "d.lock").code == 0


def test__diff__no_such_lock__exits_with_2(backfit: Backfit) -> None:
    result = backfit("env", "diff", "a", "a/environment.lock")
    assert result.code == 2
    assert "there is no such lock" in result.err
