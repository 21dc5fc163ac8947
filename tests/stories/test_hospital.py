"""A hospital in Shanghai: all in Chinese, an old Chromium, a set clock, and a third-party search that the upgrade breaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.shop import Shop

ENVIRONMENT = Path(__file__).parents[2] / "environments/hospital"
MONDAY = "2026年3月2日星期一 7时"
"""What the wards' clock says at half past seven in Shanghai, where London and UTC still have Sunday."""
AS_ASKED = {
    ("host", "locale"): "zh_CN.UTF-8",
    ("host", "timezone"): "Asia/Shanghai",
    ("font", "cjk"): "drawn",
    ("browser", "chromium"): "112",
    ("browser", "language"): "zh-CN",
}

pytestmark = [pytest.mark.browser, pytest.mark.npm, pytest.mark.slow, pytest.mark.docker]


def test__check__the_hospital__finds_its_patients_again_behind_the_shim(workspace: Shop) -> None:
    result = workspace.run("check", str(ENVIRONMENT), "--driver", "docker")
    assert (result.code, result.said) == (1, ""), result.err
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    old, new, shimmed = report["runs"]
    assert {each["browser"].partition(".")[0] for each in report["runs"]} == {"Chromium 112"}
    assert old["observations"]["clock"] == MONDAY
    patient, ward = (old["observations"]["found"][what]["rows"] for what in ("patient", "ward"))
    assert patient[0] == "编号\t姓名\t病区\t床号\t入院日期"
    assert [row.split("\t")[-1] for row in patient[1:]] == ["2026-02-16", "2026-02-28"], (
        "the seed's days follow the clock"
    )
    assert len(ward) == 2
    assert new["headline"] == "TypeError: Cannot read properties of undefined (reading 'map')"
    assert shimmed["observations"] == old["observations"]
    assert report["verdict"] == "broken-shimmed"


def test__doctor__the_hospital__is_as_asked_and_not_as_another_customer_has_it(workspace: Shop, tmp_path: Path) -> None:
    healthy = workspace.run("env", "doctor", str(ENVIRONMENT), "--driver", "docker", "--format", "json")
    assert healthy.code == 0, healthy.out
    asked = {(each["subject"], each["name"]): each["value"] for each in json.loads(healthy.out)["file"]["matches"]}
    assert asked.items() >= AS_ASKED.items()
    sent = tmp_path / "agent.txt"
    sent.write_text(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36\n"
    )
    zone = tmp_path / "compose.yaml"
    zone.write_text("services: {web: {image: acme/erp, environment: {TZ: Europe/Zurich}}}\n")
    reports = ["--report", str(sent), "--report", str(zone)]
    other = workspace.run("env", "doctor", str(ENVIRONMENT), "--driver", "docker", *reports)
    assert other.code == 1, other.out
    assert "break-prone browser chromium: reported 119 (agent.txt:1), is 112." in other.flat
    assert (
        "break-prone host timezone: reported Europe/Zurich (compose.yaml:1), is Asia/Shanghai (browser)" in other.flat
    )
