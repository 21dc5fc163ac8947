from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.environments.store import COMPLETE, kept
from tests.cli.conftest import Backfit
from tests.environments.tiny import ignore


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


def test__prune__on_trial__names_what_is_left_and_touches_nothing(backfit: Backfit, tmp_path: Path) -> None:
    mine = current_owner().token
    folder = tmp_path / f"cache/runs/{mine.replace(mine.split('-')[1], '1', 1)}.run.old.x"
    folder.mkdir(parents=True)
    out = backfit("env", "prune", "--dry-run").out
    assert f"folder {folder}" in out
    assert out.endswith("1 thing would be removed\n")
    assert folder.exists()


def test__prune__older_than__removes_what_was_kept_and_tells_its_size(backfit: Backfit) -> None:
    def make(folder: Path) -> dict[str, str]:
        (folder / "big").write_bytes(b"x" * 2_000_000)
        return {}

    old, new = kept("old", make, ignore)[0], kept("new", make, ignore)[0]
    days = time.time() - 40 * 86400
    os.utime(old / COMPLETE, times=(days, days))
    trial = backfit("env", "prune", "--older-than", "30d", "--dry-run").out
    assert f"installation {old}  2.0 MB, not used for 40 days\n1 thing would be removed, 2.0 MB\n" == trial
    assert old.exists()
    assert backfit("env", "prune", "--older-than", "30d").out == trial.replace("would be removed", "removed")
    assert (old.exists(), new.exists()) == (False, True)
    assert "used today" in backfit("env", "prune", "--all").out
    assert not new.exists()


@pytest.mark.parametrize("text", ["", "30", "d", "-1d", "30 days"])
def test__prune__older_than_no_time__is_told(backfit: Backfit, text: str) -> None:
    result = backfit("env", "prune", "--older-than", text)
    assert result.code == 2
    assert "such as 30d" in result.err
