"""JUnit of a comparison: red where the gate is."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given

from harness.model.change import Level
from harness.model.summary import DiffSummary
from harness.report.diff_junit import render_diff_junit
from tests.report.comparisons import DIFFS

TABLE = "GET /{database}/{table}.json"
TOP = "GET /{database}/top_products.json"


def outcomes(diff: DiffSummary) -> dict[str, str]:
    """Each testcase's name and outcome; the counts of the suite are those of its cases."""
    (suite,) = ET.fromstring(render_diff_junit(diff))
    cases = suite.findall("testcase")
    assert int(suite.attrib["tests"]) == len(cases) > 0
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    return {case.attrib["name"]: "failure" if case.find("failure") is not None else "passed" for case in cases}


@pytest.mark.parametrize(
    ("fails", "expected"),
    [
        (None, {TABLE: "passed", TOP: "passed"}),
        (Level.BREAK, {TABLE: "failure", TOP: "passed"}),
        (Level.RISK, {TABLE: "failure", TOP: "failure"}),
    ],
)
def test__render_diff_junit__level_that_fails__reddens_the_operations_that_have_it(
    upgrade: DiffSummary, fails: Level | None, expected: dict[str, str]
) -> None:
    assert outcomes(replace(upgrade, fails=fails)) == expected


def test__render_diff_junit__failure__explains_each_finding(upgrade: DiffSummary) -> None:
    failure = ET.fromstring(render_diff_junit(replace(upgrade, fails=Level.RISK))).find(".//failure")
    assert isinstance(failure, Element)
    assert failure.attrib["message"].startswith("rows of lists became objects at $.rows[*]; field removed at $.columns")
    assert "differs: $.values[1].id: 2 → 3" in (failure.text or "")
    assert f"id: {upgrade.findings[0].fingerprint}" in (failure.text or "")


def test__render_diff_junit__accepted_and_skipped__are_said_and_fail_nothing(upgrade: DiffSummary) -> None:
    root = ET.fromstring(render_diff_junit(replace(upgrade, findings=())))
    assert root.find(".//failure") is None
    assert "the plugin hides it, Ann" in (root.findtext(".//system-out") or "")
    values = {each.attrib["name"]: each.attrib["value"] for each in root.iter("property")}
    assert values["skipped: no response was recorded"] == "3"
    assert values["verdict"] == "passes"


def test__render_diff_junit__nothing_found__is_one_test_that_passed() -> None:
    assert outcomes(DiffSummary("a", "b", ())) == {"every operation": "passed"}


@given(DIFFS)
def test__render_diff_junit__any_findings__are_xml(diff: DiffSummary) -> None:
    assert set(outcomes(diff).values()) <= {"failure", "passed"}


def test__render_diff_junit__hostile_words__are_xml(hostile_upgrade: DiffSummary) -> None:
    assert "failure" in outcomes(hostile_upgrade).values()
