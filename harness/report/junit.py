"""The verdict as JUnit XML, which every pipeline shows: a failure is a break that nothing undoes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from harness.atomic import write_atomically
from harness.model.change import Change
from harness.model.outcome import PluginRun, Result, Side, Verdict
from harness.model.summary import CheckSummary
from harness.report.findings import place, remedy, samples, stands, worst_first
from harness.report.words import SIDES

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, production 2 (Char): anything else makes the file unreadable, even as a reference."""


def write_junit(summaries: Iterable[CheckSummary], path: Path) -> None:
    """Write one testsuite a summary to `path`. Raises BackfitError where it cannot be written.

    Failed: the plugin on OLD or on NEW + shim, the plugin on NEW where no shim mends it, an operation with a break that
    is not undone. Skipped, with the console's error as the reason: the plugin on NEW where the shim mends it. Error:
    what the environment did not let run.
    """
    root = Element("testsuites", name="backfit")
    for summary in summaries:
        root.append(_suite(summary))
    indent(root)
    write_atomically(path, [tostring(root, encoding="utf-8", xml_declaration=True), b"\n"])


def _suite(summary: CheckSummary) -> Element:
    cases = [*_plugin_cases(summary), *_operation_cases(summary)]
    counts = {f"{kind}{plural}": sum(case.find(kind) is not None for case in cases) for kind, plural in _OUTCOMES}
    started = datetime.fromisoformat(summary.started).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    suite = _element(
        "testsuite",
        name=summary.environment,
        tests=str(len(cases)),
        **{name: str(number) for name, number in counts.items()},
        time=f"{sum(summary.seconds.values()):.3f}",
        timestamp=started,
    )
    suite.append(_properties(summary))
    suite.extend(cases)
    return suite


_OUTCOMES = (("failure", "s"), ("error", "s"), ("skipped", ""))


def _properties(summary: CheckSummary) -> Element:
    properties = Element("properties")
    for name in ("verdict", "system", "old_version", "new_version", "plugin", "plugin_version", "driver", "browser"):
        properties.append(_element("property", name=name, value=str(getattr(summary, name))))
    return properties


def _plugin_cases(summary: CheckSummary) -> list[Element]:
    cases = [_plugin_case(run, summary) for run in summary.runs]
    if summary.verdict is Verdict.ENVIRONMENT_FAILED and not any(case.find("error") is not None for case in cases):
        case = _element("testcase", name="environment", classname=summary.environment)
        _outcome(case, "error", summary.verdict.sentence, "\n".join(summary.notes))
        cases.append(case)
    return cases


def _plugin_case(run: PluginRun, summary: CheckSummary) -> Element:
    case = _element(
        "testcase", name=f"plugin on {SIDES[run.side]}", classname=summary.environment, time=f"{run.seconds:.3f}"
    )
    errors = "\n".join((*run.page_errors, *run.console_errors, *run.failed_requests))
    match run.result, run.side:
        case Result.NOT_RUN, Side.SHIMMED:
            _outcome(case, "skipped", run.headline)
        case Result.NOT_RUN, _:
            _outcome(case, "error", run.headline, errors)
        case Result.BROKEN, Side.NEW if summary.verdict is Verdict.BROKEN_SHIMMED:
            _outcome(case, "skipped", f"broken without the shim: {run.headline}")
        case Result.BROKEN, _:
            _outcome(case, "failure", run.headline, errors)
    return case


def _operation_cases(summary: CheckSummary) -> Iterable[Element]:
    by_operation = sorted(worst_first(summary.changes), key=attrgetter("operation"))
    for operation, changes in groupby(by_operation, key=attrgetter("operation")):
        yield _operation_case(operation, list(changes), summary)


def _operation_case(operation: str, changes: Sequence[Change], summary: CheckSummary) -> Element:
    case = _element("testcase", name=operation, classname=f"{summary.environment}.operations")
    standing = [change for change in changes if stands(change)]
    if standing:
        message = "; ".join(f"{change.title} at {place(change)}" for change in standing)
        _outcome(case, "failure", message, "\n\n".join(map(_explained, standing)))
    SubElement(case, "system-out").text = _legal("\n".join(f"{c.level}: {c.message}" for c in changes))
    return case


def _explained(change: Change) -> str:
    old, new = samples(change)
    lines = [change.message, f"old: {old}", f"new: {new}", f"why: {change.reason} ({change.support})"]
    return "\n".join([*lines, f"shim: {remedy(change)}"] if remedy(change) else lines)


def _outcome(case: Element, kind: str, message: str, text: str = "") -> None:
    outcome = _element(kind, message=message)
    if kind != "skipped":
        outcome.set("type", "environment-failed" if kind == "error" else "break")
        outcome.text = _legal(text)
    case.append(outcome)


def _element(tag: str, **attributes: str) -> Element:
    return Element(tag, {name: _legal(value) for name, value in attributes.items()})


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
