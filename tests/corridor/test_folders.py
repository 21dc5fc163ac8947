from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.corridor.folders import make_folder, run_folder, save
from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Verdict
from harness.model.summary import ShimSummary
from tests.corridor.summaries import SUMMARY


@pytest.mark.parametrize(
    ("plugin", "folder"),
    [("price-list", "price-list"), ("@scope/plug in", "@scope-plug-in"), ("../../up", "up"), ("..", "unnamed")],
)
def test__save__a_plugin_of_any_name__goes_below_the_workspace(tmp_path: Path, plugin: str, folder: str) -> None:
    (tmp_path / "run").mkdir()
    for name in ("recording.har", "contract.openapi.json", "1..2.shim.yaml"):
        (tmp_path / "run" / name).write_text(name)
    shim = ShimSummary(str(tmp_path / "run/1..2.shim.yaml"), 1, 1, "")
    summary = replace(SUMMARY, plugin=plugin, folder=str(tmp_path / "run"), shim=shim)
    workspace = tmp_path / "work/space"
    kept = [f"contracts/{folder}/recording.har", f"contracts/{folder}/contract.openapi.json"]
    kept.append(f"shims/{folder}/1..2.shim.yaml")
    assert save(summary, workspace) == [workspace / name for name in kept]
    assert [(workspace / name).read_text() for name in kept] == [Path(name).name for name in kept]


@pytest.mark.parametrize("verdict", [Verdict.FIXED, Verdict.BROKEN_ON_OLD, Verdict.ENVIRONMENT_FAILED])
def test__save__of_a_plugin_that_fails_on_old__keeps_nothing(tmp_path: Path, verdict: Verdict) -> None:
    assert save(replace(SUMMARY, verdict=verdict, shim=ShimSummary("x", 1, 1, "")), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test__run_folders__begun_in_one_second__differ(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    folders = {run_folder(tmp_path, now, "bikes") for _ in range(3)}
    assert {folder.name[16:] for folder in folders} == {"bikes", "bikes-2", "bikes-3"}


def test__make_folder__where_a_file_stands__says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFailed, match="cannot make a folder: Not a directory"):
        make_folder(tmp_path / "file/below")
