from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Result
from tests.record.browsing import ran

pytestmark = pytest.mark.browser


def test__watching__pages_frames_and_popups__counts_and_hears_them_all(tmp_path: Path) -> None:
    page = "<!doctype html><iframe srcdoc='<script>lost()</script>'></iframe><img src='/missing.png'>"
    scenario = (
        "    with page.expect_popup() as popup:\n"
        "        page.evaluate(\"window.open('/two')\")\n"
        "    popup.value.wait_for_load_state('networkidle')\n"
        "    popup.value.evaluate(\"fetch('/a'); const x = new XMLHttpRequest(); x.open('GET', '/b'); x.send()\")\n"
        "    popup.value.evaluate(\"setTimeout(() => { throw new TypeError('later') })\")\n"
        "    popup.value.wait_for_load_state('networkidle')\n"
    )
    run = ran(tmp_path, scenario, page)
    assert run.result is Result.BROKEN
    assert "ReferenceError: lost is not defined" in run.page_errors
    assert "TypeError: later" in run.page_errors
    assert run.calls == 2
    assert "GET http://system.test/missing.png: 404" in run.failed_requests


def test__patience__with_what_never_comes__ends_before_the_time_is_up(tmp_path: Path) -> None:
    run = ran(tmp_path, "    page.set_default_timeout(300)\n    page.get_by_text('nothing').click()\n")
    assert run.headline.startswith("TimeoutError: Locator.click: Timeout 300ms exceeded")
    assert [shot.name for shot in run.screenshots] == ["end"]


def test__a_page_that_the_scenario_closes__is_no_fault(tmp_path: Path) -> None:
    run = ran(tmp_path, "    page.close()\n    return {'a': 1}")
    assert (run.result, run.observations, run.screenshots) == (Result.WORKS, {"a": 1}, ())


def test__dialogs__that_the_scenario_answers__get_its_answer_and_the_others_are_dismissed(tmp_path: Path) -> None:
    scenario = (
        "    first = page.evaluate(\"confirm('one?')\")\n"
        "    page.once('dialog', lambda dialog: dialog.accept())\n"
        "    second = page.evaluate(\"confirm('two?')\")\n"
        "    page.evaluate('addEventListener(\"beforeunload\", event => event.preventDefault())')\n"
        "    page.get_by_text('A page').click()\n"
        "    page.goto(system.url + '/next')\n"
        "    return {'answers': [first, second], 'address': page.url}\n"
    )
    run = ran(tmp_path, scenario)
    assert run.observations == {"answers": [False, True], "address": "http://system.test/next"}
    assert run.dialogs[:2] == ("confirm: one?", "confirm: two?")


@pytest.mark.slow
def test__a_page_that_hangs_when_all_is_done__spoils_nothing_and_is_not_waited_for(tmp_path: Path) -> None:
    hang = "    page.evaluate('setTimeout(() => { while (true); }, 100)')\n    page.wait_for_timeout(300)\n"
    run = ran(tmp_path, hang + "    return {'a': 1}", timeout=90, trace=True)
    assert (run.result, run.observations) == (Result.WORKS, {"a": 1})
    assert run.trace, "it is written last"


def test__trace__that_is_asked_for__is_a_zip_in_the_runs_folder(tmp_path: Path) -> None:
    assert ran(tmp_path, "    pass").trace == ""
    run = ran(tmp_path, "    page.get_by_text('A page').click()", trace=True)
    with zipfile.ZipFile(tmp_path / run.trace) as trace:
        assert any(name.endswith(".trace") for name in trace.namelist())
    assert run.trace == "trace-shimmed.zip"


def test__a_browser_that_dies_at_its_start__is_told_with_its_last_words(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho 'libnss3.so: cannot open shared object file' >&2\nexit 127\n")
    program.chmod(0o755)
    with pytest.raises(EnvironmentFailed, match=r"the browser does not start: .*\(libnss3\.so: cannot open shared"):
        ran(tmp_path, "    pass", browser=program)
