"""JUnit XML that ordinary viewers open, and that is red only where a break stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from harness.model.change import Undone
from harness.model.outcome import Result, Side, Verdict
from harness.model.summary import CheckSummary, DiffSummary
from harness.report.junit import write_junit

# The grammar of Jenkins' junit-10.xsd, in the part that any writer needs: children in their order, attributes, and of
# those the ones that must be there.
CHILDREN = {
    "testsuites": ["testsuite"],
    "testsuite": ["properties", "testcase", "system-out", "system-err"],
    "properties": ["property"],
    "testcase": ["skipped", "error", "failure", "system-out", "system-err"],
}
ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors", "disabled"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package"},
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time", "status", "assertions", "class", "file", "line", "group"},
    "skipped": {"message", "type"},
    "error": {"message", "type"},
    "failure": {"message", "type"},
}
REQUIRED = {"testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name", "classname"}}


def written(summaries: Iterable[CheckSummary], folder: Path) -> Element:
    """The root of the file, read back and checked against the grammar."""
    write_junit(summaries, folder / "report.xml")
    root = ET.parse(folder / "report.xml").getroot()
    assert root.tag == "testsuites"
    for element in root.iter():
        allowed = CHILDREN.get(element.tag, [])
        order = [allowed.index(child.tag) for child in element]
        assert order == sorted(order)
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        assert set(element.attrib) >= REQUIRED.get(element.tag, set())
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.attrib[attribute]) == len(suite.findall(f"testcase/{tag}"))
    return root


def outcomes(root: Element) -> dict[str, str]:
    """Each testcase's name and outcome."""
    return {
        case.attrib["name"]: next((child.tag for child in case if child.tag != "system-out"), "passed")
        for case in root.iter("testcase")
    }


TABLE = "GET /{database}/{table}.json"


def test__write_junit__the_shim_mends_it__nothing_fails(bike_shop: CheckSummary, tmp_path: Path) -> None:
    root = written([bike_shop], tmp_path)
    assert outcomes(root) == {
        "plugin on old": "passed",
        "plugin on new": "skipped",
        "plugin on new + shim": "passed",
        TABLE: "passed",
    }
    skipped = root.find(".//skipped")
    assert skipped is not None
    assert "Cannot read properties of undefined" in skipped.attrib["message"]
    assert root[0].attrib["timestamp"] == "2026-03-02T09:00:00"


@pytest.mark.parametrize("undone", [Undone.LOST, Undone.PARTLY, Undone.NOT_NEEDED])
def test__write_junit__a_break_stands__its_operation_and_the_plugin_fail(
    bike_shop: CheckSummary, tmp_path: Path, undone: Undone
) -> None:
    runs = tuple(run if run.side is not Side.SHIMMED else replace(run, result=Result.BROKEN) for run in bike_shop.runs)
    changes = (*bike_shop.changes[:-1], replace(bike_shop.changes[-1], undone=undone))
    root = written([replace(bike_shop, verdict=Verdict.BROKEN, runs=runs, changes=changes)], tmp_path)
    assert outcomes(root) == {
        "plugin on old": "passed",
        "plugin on new": "failure",
        "plugin on new + shim": "failure",
        TABLE: "failure",
    }
    failure = root.find(f".//testcase[@name='{TABLE}']/failure")
    assert failure is not None
    assert failure.attrib == {"message": "field removed at $.columns", "type": "break"}
    assert failure.text is not None
    assert 'old: ["id", "name", "price", "stock"]' in failure.text


def test__write_junit__environment_failed__is_an_error_and_no_failure(bike_shop: CheckSummary, tmp_path: Path) -> None:
    failed = replace(bike_shop, verdict=Verdict.ENVIRONMENT_FAILED, runs=(), changes=(), notes=("disk full",))
    root = written([failed], tmp_path)
    assert outcomes(root) == {"environment": "error"}
    assert "disk full" in (root.findtext(".//error") or "")
    run = replace(bike_shop.runs[0], result=Result.NOT_RUN, headline="port in use")
    assert outcomes(written([replace(failed, runs=(run,))], tmp_path)) == {"plugin on old": "error"}


def test__write_junit__no_shim_was_needed__its_run_is_skipped(bike_shop: CheckSummary, tmp_path: Path) -> None:
    runs = (*bike_shop.runs[:2], replace(bike_shop.runs[2], result=Result.NOT_RUN, headline="new works"))
    summary = replace(bike_shop, verdict=Verdict.BROKEN, runs=runs)
    assert outcomes(written([summary], tmp_path))["plugin on new + shim"] == "skipped"


def test__write_junit__hostile_words__are_still_xml(hostile: CheckSummary, tmp_path: Path) -> None:
    root = written([hostile], tmp_path)
    names = [case.attrib["name"] for case in root.iter("testcase")]
    assert any("</script><img src=x onerror=alert(1)>\"'" in name for name in names)


def test__write_junit__accepted__is_said_and_fails_nothing(
    bike_shop: CheckSummary, upgrade: DiffSummary, tmp_path: Path
) -> None:
    root = written([replace(bike_shop, changes=(), accepted=upgrade.accepted)], tmp_path)
    assert outcomes(root)[TABLE] == "passed"
    case = root.find(f".//testcase[@name='{TABLE}']")
    assert case is not None
    assert case.attrib["classname"] == "bike-shop.operations"
    assert "accepted: `private` is gone (the plugin hides it, Ann" in (case.findtext("system-out") or "")


def test__write_junit__several_environments__are_a_testsuite_each(bike_shop: CheckSummary, tmp_path: Path) -> None:
    root = written([bike_shop, replace(bike_shop, environment="acme")], tmp_path)
    assert [suite.attrib["name"] for suite in root] == ["bike-shop", "acme"]


@pytest.mark.parametrize(("verdict", "failed", "told"), [(Verdict.FLAKY, 2, "error"), (Verdict.BROKEN, 5, "failure")])
def test__write_junit__faulty_network__fails_only_where_it_is_the_upgrade(
    faulty: CheckSummary, tmp_path: Path, verdict: Verdict, failed: int, told: str
) -> None:
    old, new = faulty.faulty
    root = written([replace(faulty, verdict=verdict, faulty=(old, replace(new, failed=failed)))], tmp_path)
    assert outcomes(root)["plugin on old, faulty network"] == "passed"
    assert outcomes(root)["plugin on new, faulty network"] == told
