from __future__ import annotations

import pytest

from harness.model.errors import BackfitError, EnvironmentFailed, UsageError
from harness.model.outcome import Result, Shot, Side
from harness.record.bounded import Ended
from harness.record.journal import Events
from harness.record.judgement import judge, refuse

FINE, LATE = Ended(0, "", ""), Ended(None, "", "")
TYPE_ERROR = "TypeError: Cannot read properties of undefined (reading 'forEach')"
NOTICE = "Failed to load resource: the server responded with a status of 404 (Not Found)"


@pytest.mark.parametrize(
    ("events", "ended", "headline"),
    [
        ({"returned": [{}], "page_error": [TYPE_ERROR, "later"]}, FINE, TYPE_ERROR),
        ({"raised": ["AssertionError: no chart"], "page_error": [TYPE_ERROR]}, FINE, TYPE_ERROR),
        ({"raised": ["AssertionError: no chart"], "console_error": [NOTICE, "no data"]}, FINE, "no data"),
        ({"raised": ["AssertionError: no chart"], "console_error": [NOTICE]}, FINE, "AssertionError: no chart"),
        ({"page_error": [TYPE_ERROR]}, LATE, "the scenario did not end within 60 s"),
        ({"crashed": [True], "raised": ["Error: Page crashed"]}, FINE, "the plugin crashed the browser's tab"),
        ({"crashed": [True]}, LATE, "the plugin crashed the browser's tab"),
        ({}, Ended(-11, "", ""), "the plugin's process was ended by SIGSEGV"),
        ({}, Ended(3, "", ""), "the plugin's process ended early, with exit code 3"),
    ],
)
def test__judge__what_went_wrong__is_broken_with_the_cause_as_headline(
    events: Events, ended: Ended, headline: str
) -> None:
    run = judge(events, ended, side=Side.NEW, timeout=60, seconds=1, in_browser=True)
    assert (run.result, run.headline) == (Result.BROKEN, headline)


@pytest.mark.parametrize(
    ("events", "headline"),
    [
        ({"returned": [{}], "page": ["a"], "call": ["b", "c"]}, "1 page, 2 calls"),
        ({"returned": [{"headline": "a chart"}], "page": ["a", "b"]}, "2 pages, 0 calls, a chart"),
        ({"returned": [{}], "console_error": ["x"]}, "0 pages, 0 calls"),
    ],
)
def test__judge__what_finished__works_with_the_facts_as_headline(events: Events, headline: str) -> None:
    run = judge(events, FINE, side=Side.OLD, timeout=60, seconds=1, in_browser=True)
    assert (run.result, run.headline) == (Result.WORKS, headline)
    assert "headline" not in run.observations


def test__judge__a_run_that_ended_before_its_browser_did__is_no_time_out() -> None:
    assert judge({"returned": [{}]}, LATE, side=Side.OLD, timeout=1, seconds=1).result is Result.WORKS


def test__judge__all_that_was_told__is_in_the_run() -> None:
    events = {
        "returned": [{"a": 1}],
        "console_error": ["c"],
        "failed_request": ["f"],
        "screenshot": [{"name": "n", "file": "s/n.png"}],
        "call": ["u"],
    }
    run = judge(events, FINE, side=Side.OLD, timeout=60, seconds=2.5, in_browser=True)
    assert (run.observations, run.console_errors, run.failed_requests) == ({"a": 1}, ("c",), ("f",))
    assert (run.screenshots, run.calls, run.seconds) == ((Shot("n", "s/n.png"),), 1, 2.5)


@pytest.mark.parametrize(
    ("events", "ended", "error", "what"),
    [
        ({"environment": ["the browser died"]}, FINE, EnvironmentFailed, "the browser died"),
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
