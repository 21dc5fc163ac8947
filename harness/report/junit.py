"""The verdict as JUnit XML, which every pipeline shows: a failure is a break that nothing undoes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from xml.etree.ElementTree import Element

from harness.atomic import write_atomically
from harness.model.outcome import FaultyRuns, PluginRun, Result, Side, Verdict
from harness.model.summary import CheckSummary
from harness.report.diff_junit import operation_cases
from harness.report.findings import stands, worst_first
from harness.report.junit_xml import document, element, outcome, suite
from harness.report.outcomes import complaints
from harness.report.words import SIDES, faulty

_PROPERTIES = ("verdict", "system", "old_version", "new_version", "plugin", "plugin_version", "driver", "browser")


def write_junit(summaries: Iterable[CheckSummary], path: Path) -> None:
    """Write one testsuite a summary to `path`. Raises BackfitError where it cannot be written.

    Failed: the plugin on OLD or on NEW + shim, the plugin on NEW where no shim mends it, an operation with a break that
    is not undone. Skipped, with the console's error as the reason: the plugin on NEW where the shim mends it. Error:
    what the environment did not let run, and what comes and goes.
    """
    write_atomically(path, [render_junit(summaries).encode()])


def render_junit(summaries: Iterable[CheckSummary]) -> str:
    """The file's text."""
    return document(_suite(summary) for summary in summaries)


def _suite(summary: CheckSummary) -> Element:
    started = datetime.fromisoformat(summary.started).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    changes = sorted(worst_first(summary.changes), key=attrgetter("operation"))
    return suite(
        summary.environment,
        {name: str(getattr(summary, name)) for name in _PROPERTIES},
        [
            *_plugin_cases(summary),
            *operation_cases(changes, summary.accepted, stands, f"{summary.environment}.operations"),
        ],
        time=f"{sum(summary.seconds.values()):.3f}",
        timestamp=started,
    )


def _plugin_cases(summary: CheckSummary) -> list[Element]:
    cases = [
        *(_plugin_case(run, summary) for run in summary.runs),
        *(_faulty_case(each, summary) for each in summary.faulty),
    ]
    if summary.verdict is Verdict.ENVIRONMENT_FAILED and not any(case.find("error") is not None for case in cases):
        case = element("testcase", name="environment", classname=summary.environment)
        outcome(case, "error", summary.verdict.sentence, "\n".join(summary.notes))
        cases.append(case)
    return cases


def _faulty_case(runs: FaultyRuns, summary: CheckSummary) -> Element:
    case = element("testcase", name=faulty(runs), classname=summary.environment)
    if runs.failed:
        broken = summary.verdict is Verdict.BROKEN and runs.side is Side.NEW and runs.result is Result.BROKEN
        outcome(case, "failure" if broken else "error", runs.headline, runs.faults)
    return case


def _plugin_case(run: PluginRun, summary: CheckSummary) -> Element:
    case = element(
        "testcase", name=f"plugin on {SIDES[run.side]}", classname=summary.environment, time=f"{run.seconds:.3f}"
    )
    errors = "\n".join((*complaints(run), *run.failed_requests))
    match run.result, run.side:
        case Result.NOT_RUN, Side.SHIMMED:
            outcome(case, "skipped", run.headline)
        case ((Result.NOT_RUN | Result.FLAKY), _):
            outcome(case, "error", run.headline, errors)
        case Result.BROKEN, Side.NEW if summary.verdict is Verdict.BROKEN_SHIMMED:
            outcome(case, "skipped", f"broken without the shim: {run.headline}")
        case Result.BROKEN, _:
            outcome(case, "failure", run.headline, errors)
    return case
