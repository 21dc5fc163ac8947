from __future__ import annotations

import pytest

from harness.model.errors import BackfitError, EnvironmentFailed, UsageError
from harness.model.outcome import PluginRun, Result, Shot, Side
from harness.record.attribution import Plugin
from harness.record.bounded import Ended
from harness.record.journal import Events
from harness.record.judgement import Course, judge, refuse

FINE, LATE = Ended(0, "", ""), Ended(None, "", "")
TYPE_ERROR = "TypeError: Cannot read properties of undefined (reading 'forEach')"
NOTICE = "Failed to load resource: the server responded with a status of 404 (Not Found)"


def error(text: str, *frames: str, target: str = "http://system.test/") -> dict[str, object]:
    return {"text": text, "frames": list(frames), "target": target}


def judged(events: Events, ended: Ended = FINE, plugin: Plugin | None = None) -> PluginRun:
    return judge(events, Course(Side.NEW, ended, timeout=60, seconds=2.5), plugin or Plugin())


@pytest.mark.parametrize(
    ("events", "ended", "headline"),
    [
        ({"returned": [{}], "page_error": [error(TYPE_ERROR), error("later")]}, FINE, TYPE_ERROR),
        ({"raised": ["AssertionError: no chart"], "page_error": [error(TYPE_ERROR)]}, FINE, TYPE_ERROR),
        ({"raised": ["AssertionError: no chart"], "console_error": [error(NOTICE), error("no data")]}, FINE, "no data"),
        ({"raised": ["AssertionError: no chart"], "console_error": [error(NOTICE)]}, FINE, "AssertionError: no chart"),
        ({"page_error": [error(TYPE_ERROR)]}, LATE, "the scenario did not end within 60 s"),
        ({"crashed": [True], "raised": ["Error: Page crashed"]}, FINE, "the plugin crashed the browser's tab"),
        ({"crashed": [True]}, LATE, "the plugin crashed the browser's tab"),
        ({}, Ended(-11, "", ""), "the plugin's process was ended by SIGSEGV"),
        (
            {},
            Ended(-9, "", "", "out of memory (512M)"),
            "the plugin's process was ended by SIGKILL (killed: out of memory (512M))",
        ),
        ({}, Ended(3, "", ""), "the plugin's process ended early, with exit code 3"),
    ],
)
def test__judge__what_went_wrong__is_broken_with_the_cause_as_headline(
    events: Events, ended: Ended, headline: str
) -> None:
    run = judged(events, ended)
    assert (run.result, run.headline) == (Result.BROKEN, headline)


@pytest.mark.parametrize(
    ("events", "headline"),
    [
        (
            {"returned": [{}], "page": ["a"], "call": [{"kind": "Fetch"}, {"kind": "XHR"}, {"kind": "Image"}]},
            "1 page, 2 calls",
        ),
        ({"returned": [{"headline": "a chart"}], "page": ["a", "b"]}, "2 pages, 0 calls, a chart"),
        ({"returned": [{}], "console_error": [error("x")]}, "0 pages, 0 calls"),
    ],
)
def test__judge__what_finished__works_with_the_facts_as_headline(events: Events, headline: str) -> None:
    run = judged(events)
    assert (run.result, run.headline) == (Result.WORKS, headline)
    assert "headline" not in run.observations


def test__judge__a_run_that_ended_before_its_browser_did__is_no_time_out() -> None:
    assert judged({"returned": [{}]}, LATE).result is Result.WORKS


def test__judge__all_that_was_told__is_in_the_run() -> None:
    events = {
        "returned": [{"a": 1}],
        "console_error": [error("c")],
        "failed_request": ["f"],
        "screenshot": [{"name": "n", "file": "s/n.png"}],
        "call": [{"kind": "Fetch"}],
        "worker_error": [],
        "dialog": ["alert: a"],
        "download": ["a.csv from u"],
        "snapshot": [{"name": "cart", "text": "- list"}],
        "page_end": [{"name": "http://system.test/", "text": "- main"}],
        "trace": ["trace-new.zip"],
    }
    run = judged(events)
    assert (run.observations, run.console_errors, run.failed_requests) == ({"a": 1}, ("c",), ("f",))
    assert (run.screenshots, run.calls, run.seconds) == ((Shot("n", "s/n.png"),), 1, 2.5)
    assert (run.dialogs, run.downloads, run.trace) == (("alert: a",), ("a.csv from u",), "trace-new.zip")
    assert (run.snapshots, run.pages) == ({"cart": "- list"}, {"http://system.test/": "- main"})


@pytest.mark.parametrize(
    ("kind", "frames", "target", "result"),
    [
        ("page_error", ["http://system.test/w.js:1:1"], "http://system.test/", Result.BROKEN),
        ("page_error", ["http://system.test/app.js:1:1"], "http://system.test/", Result.WORKS),
        ("page_error", [], "http://system.test/", Result.BROKEN),
        ("worker_error", [], "chrome-extension://id/bg.js", Result.BROKEN),
        ("worker_error", ["http://system.test/sw.js:1:1"], "http://system.test/sw.js", Result.WORKS),
    ],
)
def test__judge__an_error_of_the_systems_own__breaks_no_plugin(
    kind: str, frames: list[str], target: str, result: Result
) -> None:
    plugin = Plugin(["**/w.js"], "id")
    run = judged({"returned": [{}], kind: [error("Error: x", *frames, target=target)]}, plugin=plugin)
    assert run.result is result
    assert run.console_errors == (("Uncaught Error: x",) if result is Result.WORKS else ())


def test__judge__a_program__has_its_exit_code_and_its_last_lines() -> None:
    course = Course(Side.OLD, Ended(3, "", "a\nb\n"), timeout=60, seconds=1)
    run = judge({"raised": ["b"]}, course)
    assert (run.headline, run.exit_code, run.console_errors) == ("b", 3, ("a", "b"))


@pytest.mark.parametrize(
    ("events", "ended", "error", "what"),
    [
        ({"environment": [{"what": "the browser died"}]}, FINE, EnvironmentFailed, "the browser died"),
        ({}, Ended(1, "", "a\nOSError: no libatomic\n"), EnvironmentFailed, "did not start: OSError: no libatomic"),
        ({}, LATE, EnvironmentFailed, "did not start"),
        ({"started": [True]}, Ended(-9, "", ""), EnvironmentFailed, "driver died"),
        ({"started": [True], "bad_return": ["run() must"]}, FINE, UsageError, "must"),
    ],
)
def test__refuse__what_is_not_the_plugins_fault__raises(
    events: Events, ended: Ended, error: type[BackfitError], what: str
) -> None:
    with pytest.raises(error, match=what):
        refuse(events, ended, where="s.py", in_browser=True)


@pytest.mark.parametrize("events", [{"started": [True], "returned": [{}]}, {"started": [True], "raised": ["x"]}])
def test__refuse__what_the_plugin_did__is_left_to_the_judge(events: Events) -> None:
    refuse(events, Ended(0, "", ""), where="s.py", in_browser=True)
