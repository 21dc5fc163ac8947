from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from tests.cli.conftest import Backfit


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")


def test__prune__with_nothing_left__says_so(backfit: Backfit) -> None:
    assert backfit("env", "prune").out == "nothing was left behind\n"


def test__prune__what_a_gone_owner_left__is_ended_and_told(backfit: Backfit, tmp_path: Path) -> None:
    mine = current_owner().token
    gone = mine.replace(mine.split("-")[1], "1", 1)
    folder = tmp_path / f"cache/runs/{gone}.run.old.x"
    folder.mkdir(parents=True)
    with subprocess.Popen(["sleep", "60"], env={ENVIRONMENT_VARIABLE: gone, "PATH": "/usr/bin:/bin"}) as process:
        out = backfit("env", "prune").out
        assert process.wait(30) == -9
    assert f"folder {folder}" in out
    assert not folder.exists()
    assert out.endswith("2 things removed\n")
