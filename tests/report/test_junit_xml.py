"""The elements, and what they keep out."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from harness.report.junit_xml import document, element, legal, outcome, output, suite


def test__suite__cases__are_counted_by_their_outcomes() -> None:
    cases = [element("testcase", name=str(number), classname="c") for number in range(4)]
    for case, kind in zip(cases, ("failure", "error", "skipped"), strict=False):
        outcome(case, kind, "why", "more")
    root = suite("s", {"a": "1"}, cases)
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "4", "failures": "1", "errors": "1", "skipped": "1"}
    assert root.findtext("testcase/failure") == "more"
    assert root.findtext("testcase/skipped") == ""


def test__document__characters_that_xml_has_no_word_for__are_left_out() -> None:
    case = element("testcase", name="\x00a\ud800\x1b[31m\ufffe🚲", classname="c")
    output(case, ["b\x08", "c"])
    root = ET.fromstring(document([suite("s", {}, [case])]))
    assert root.find(".//testcase").get("name") == "a[31m🚲"  # type: ignore[union-attr]
    assert root.findtext(".//system-out") == "b\nc"
    assert legal("\t\n") == "\t\n"
