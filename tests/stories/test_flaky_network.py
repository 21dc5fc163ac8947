"""A customer whose line cuts connections: what comes and goes there is no break of the upgrade."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.stories.shop import Shop

ENVIRONMENTS = Path(__file__).parents[2] / "environments"


def _report(workspace: Shop) -> dict[str, Any]:
    [run] = workspace.runs
    report: dict[str, Any] = json.loads((run / "report.json").read_text())
    return report


@pytest.mark.slow
@pytest.mark.docker
def test__check__on_the_flaky_line__is_flaky_and_counts_the_runs_that_failed(workspace: Shop) -> None:
    result = workspace.run("check", str(ENVIRONMENTS / "flaky-line"), "--driver", "docker")
    assert (result.code, result.said) == (3, ""), result.err
    report = _report(workspace)
    assert report["verdict"] == "flaky"
    assert [run["result"] for run in report["runs"]] == ["works", "works"]
    assert [faulty["side"] for faulty in report["faulty"]] == ["old", "new"]
    for faulty in report["faulty"]:
        assert faulty["runs"] == 4
        assert 0 < faulty["failed"] < 4
        assert sum(faulty["headlines"].values()) == faulty["failed"]
    assert result.flat.count("of 4 runs fail") == 2


@pytest.mark.slow
@pytest.mark.docker
def test__check__the_same_customer_on_a_clean_line__is_ok(workspace: Shop, tmp_path: Path) -> None:
    for name in ("flaky-line", "rental-fleet"):
        shutil.copytree(ENVIRONMENTS / name, tmp_path / name)
    text = (clean := tmp_path / "flaky-line/environment.yaml").read_text()
    clean.write_text(text.partition("\nnetwork:")[0] + "\n")
    result = workspace.run("check", str(clean.parent), "--driver", "docker")
    assert (result.code, result.said) == (0, ""), result.err
    report = _report(workspace)
    assert (report["verdict"], report["faulty"]) == ("ok", [])
