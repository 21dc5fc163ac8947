from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.outcome import PluginRun, Result, Side
from harness.record.browser import find_browser
from harness.record.scenario import run_scenario
from tests.record.raw_server import RawServer, head_of, http

pytestmark = pytest.mark.browser


def ran(tmp_path: Path, scenario: str, page: str = "<!doctype html><p>A page") -> PluginRun:
    def answer(request: bytes) -> bytes:
        if head_of(request)[0].startswith("GET /missing"):
            return http(b"", status="404 Not Found")
        return http(page.encode(), "Content-Type: text/html")

    (tmp_path / "s.py").write_text("def run(page, system):\n    page.goto(system.url)\n" + scenario)
    with RawServer(answer) as system:
        return run_scenario(tmp_path / "s.py", system.url, Side.SHIMMED, tmp_path, browser=find_browser(), timeout=40)


def test__screenshots__whatever_their_names__stay_below_the_folder_and_apart(tmp_path: Path) -> None:
    run = ran(tmp_path, "    for name in ('../../a', 'a', 'a', '', 'é/<b>'): system.screenshot(name)")
    assert [shot.name for shot in run.screenshots] == ["a", "a-2", "a-3", "page", "b"]
    assert {path.name for path in (tmp_path / "screenshots").iterdir()} == {
        Path(shot.file).name for shot in run.screenshots
    }
    assert run.screenshots[0].file == "screenshots/shimmed-a.png"


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
