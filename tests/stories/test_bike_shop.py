"""The real case: Datasette's upgrade to 1.0 and a third-party plugin of the page, on either driver."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.shop import Shop

ENVIRONMENT = Path(__file__).parents[2] / "environments/bike-shop"
ERROR = "TypeError: Cannot read properties of undefined (reading 'forEach')"


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.slow
@pytest.mark.parametrize("driver", ["process", pytest.param("docker", marks=pytest.mark.docker)])
def test__check__the_bike_shop__works_breaks_and_works_behind_the_shim(workspace: Shop, driver: str) -> None:
    result = workspace.run("check", str(ENVIRONMENT), "--driver", driver, "--save")
    assert (result.code, result.said) == (1, ""), result.err
    assert "plugin on old works 2 pages, 2 calls, charts with 20 and 10 points" in result.flat
    assert f"plugin on new broken {ERROR}" in result.flat
    assert "plugin on new + shim works the same outcome as on old" in result.flat
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    assert (report["verdict"], report["driver"]) == ("broken-shimmed", driver)
    assert (report["old_version"], report["new_version"], report["plugin_version"]) == ("0.64.8", "1.0a41", "0.2.0")
    assert {change["undone"] for change in report["changes"] if change["level"] == "break"} == {"undone"}
    assert all(row["wrong"] == 0 for row in report["shim"]["agreement"])
    pictures = sorted(shot["file"] for each in report["runs"] for shot in each["screenshots"])
    assert {name.split("/")[-1].split("-")[0] for name in pictures} == {"old", "new", "shimmed"}
    assert all((run / name).read_bytes().startswith(b"\x89PNG") for name in pictures)
    page = (run / "report.html").read_text()
    assert page.count("data:image/png;base64,") >= 3
    assert (workspace.folder / "shims/datasette-chartjs/0.64.8..1.0a41.shim.yaml").exists()
    by_hand = [str(run / name) for name in ("0.64.8..1.0a41.shim.yaml", "old-1.har", "new-1.har")]
    assert workspace.run("shim", "verify", *by_hand).code == 0


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.slow
def test__check__accepting_the_shim__lets_the_pipeline_pass(workspace: Shop) -> None:
    assert workspace.run("check", str(ENVIRONMENT), "--driver", "process", "--accept-shim").code == 0
