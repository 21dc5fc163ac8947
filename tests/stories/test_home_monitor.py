"""The real case: Glances' way to version 4 and the client under Home Assistant's integration, live values, on either driver."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.stories.shop import Shop

ENVIRONMENT = Path(__file__).parents[2] / "environments/home-monitor"


DRIVERS = pytest.mark.parametrize("driver", ["process", pytest.param("docker", marks=pytest.mark.docker)])
CHANGED = {"$", "$.network[*].rx", "$.network[*].tx", "$.network[*].is_up"}
"""What of the answer that the client reads did change: where it is, and three members of each interface."""


SETTLED = """\
schema: backfit/shim/v1
system: {name: glances, old: "3.4.0.5", new: "4.5.8"}
operations:
  - match: GET /api/3/all
    forward: GET /api/4/all
    response:
      - rename: {at: "$.network[*]", from: bytes_recv, to: rx}
      - rename: {at: "$.network[*]", from: bytes_sent, to: tx}
    lost:
      - {path: "$.network[*].is_up", reason: Home Assistant shows it nowhere, then: null}
"""
"""What a person knows who read Glances' changelog: which counter is which, and that nobody misses is_up."""


@pytest.mark.slow
@DRIVERS
def test__check__the_home_monitor__only_what_changed_breaks_and_what_the_shim_lacks_is_told(
    workspace: Shop, driver: str
) -> None:
    result = workspace.run("check", str(ENVIRONMENT), "--driver", driver)
    assert (result.code, result.said) == (1, ""), result.err
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    assert report["driver"] == driver
    assert (report["old_version"], report["new_version"], report["plugin_version"]) == ("3.4.0.5", "4.5.8", "0.4.3")
    old, new, shimmed = report["runs"]
    assert "cpu cpu_use_percent [%]" in old["observations"]["sensors"]
    assert new["headline"] == "GlancesApiNoDataAvailable: endpoint: 'all' is not valid"
    undone = {each["path"]: each["undone"] for each in report["changes"] if each["level"] == "break"}
    assert undone.keys() == CHANGED
    assert undone["$"] == "undone", "the call reaches NEW at its new place"
    if shimmed["result"] == "works":
        assert (report["verdict"], set(undone.values())) == ("broken-shimmed", {"undone"})
    else:  # little traffic does not show which counter is which: then the client trips over one that is told
        tripped = re.fullmatch(r"KeyError: '(\w+)'", shimmed["headline"])
        assert tripped is not None, shimmed["headline"]
        assert undone[f"$.network[*].{tripped[1]}"] != "undone"


@pytest.mark.slow
@pytest.mark.docker
def test__check__the_home_monitor_with_a_shim_that_a_person_settled__works_behind_it(workspace: Shop) -> None:
    kept = workspace.folder / "shims/glances-api/3.4.0.5..4.5.8.shim.yaml"
    kept.parent.mkdir(parents=True)
    kept.write_text(SETTLED)
    result = workspace.run("check", str(ENVIRONMENT), "--driver", "docker", "--accept-shim")
    assert (result.code, result.said) == (0, ""), result.out
    assert "plugin on new + shim works the same outcome as on old" in result.flat
    [run] = workspace.runs
    assert json.loads((run / "report.json").read_text())["verdict"] == "broken-shimmed"
    assert kept.read_text() == SETTLED


@pytest.mark.slow
def test__check__the_home_monitor_and_no_upgrade__cries_no_wolf(workspace: Shop, tmp_path: Path) -> None:
    same = shutil.copytree(ENVIRONMENT, tmp_path / "same")
    text = (same / "environment.yaml").read_text()
    old = re.search(r"\n  old: (.*)", text)
    assert old is not None
    text = re.sub(r"\n  new: .*", lambda _: f"\n  new: {old[1]}", text).replace("/api/4/", "/api/3/")
    (same / "environment.yaml").write_text(text)
    result = workspace.run("check", str(same), "--driver", "process")
    assert (result.code, result.said) == (0, ""), result.out
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    assert report["verdict"] == "ok"
    assert [each for each in report["changes"] if each["level"] == "break"] == []
