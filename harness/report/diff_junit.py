"""A comparison as JUnit XML, which every pipeline shows: a testcase an operation, failed by the findings that fail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from harness.model.change import Change
from harness.model.summary import Accepted, DiffSummary
from harness.report import diff_words
from harness.report.findings import others, place
from harness.report.junit_xml import document, element, failure, output, suite
from harness.report.text import line

_CLASS = "backfit.diff"


def render_diff_junit(summary: DiffSummary) -> str:
    """One testsuite. Where nothing was found, one testcase says so: a file without a test is an error to many readers."""
    name = diff_words.compared(summary)
    properties = {"old": summary.old, "new": summary.new, "verdict": diff_words.verdict(summary)}
    skipped = {f"skipped: {reason}": str(number) for reason, number in summary.skipped.items()}
    notes = {f"note {number}": note for number, note in enumerate(summary.notes, 1)}
    failing = {change.level for change in summary.failing}
    cases = operation_cases(summary.findings, summary.accepted, lambda change: change.level in failing, _CLASS)
    nothing = element("testcase", name="every operation", classname=_CLASS)
    return document([suite(name, properties | skipped | notes, cases or [nothing])])


def operation_cases(
    changes: Iterable[Change], accepted: Iterable[Accepted], fails: Callable[[Change], bool], classname: str
) -> list[Element]:
    """A testcase for each operation that a change, or an accepted one, is told of; failed by the changes that `fails`."""
    found: dict[str, list[Change]] = defaultdict(list)
    waived: dict[str, list[Accepted]] = defaultdict(list)
    for change in changes:
        for operation in _operations(change):
            found[operation].append(change)
    for each in accepted:
        for operation in _operations(each.change):
            waived[operation].append(each)
    cases = {name: element("testcase", name=name, classname=classname) for name in [*found, *waived]}
    for operation, case in cases.items():
        failing = list(filter(fails, found[operation]))
        if failing:
            failure(case, failing)
        output(case, [*map(_found, found[operation]), *map(_accepted, waived[operation])])
    return list(cases.values())


def _found(change: Change) -> str:
    return f"{change.level}: {line(change.message)} ({place(change)})"


def _accepted(each: Accepted) -> str:
    return f"accepted: {line(each.change.message)} ({diff_words.acceptance(each)})"


def _operations(change: Change) -> list[str]:
    """Those that share the change, the one that it is told of first."""
    return list(dict.fromkeys([change.operation, *(each.operation for each in others(change))]))
