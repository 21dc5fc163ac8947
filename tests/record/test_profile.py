from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Side
from harness.record.browser import find_browser
from harness.record.devtools import DevTools, RefusedCommand
from harness.record.profile import load_extension
from harness.record.recorder import recorder
from harness.record.scenario import run_scenario
from harness.record.setting import Setting
from tests.record.browsing import ran
from tests.record.raw_server import RawServer, head_of, http


class Answering(DevTools):
    """A connection that is not made: every command is refused with the same words."""

    def __init__(self, words: str) -> None:
        self._words = words

    def command(self, *_: object) -> Mapping[str, Any]:
        raise RefusedCommand(self._words)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("'Extensions.loadUnpacked' wasn't found", "this browser loads no extensions: it is a headless shell"),
        ("Manifest is not valid JSON.", "Chromium refuses the extension: Manifest is not valid JSON."),
    ],
)
def test__extension__that_is_not_loaded__says_why(words: str, what: str) -> None:
    with pytest.raises(EnvironmentFailed) as caught:
        load_extension(Answering(words), "/extension")
    assert (caught.value.what, bool(caught.value.hint)) == (what, True)


@pytest.mark.browser
def test__profile__viewport_languages_and_zone__are_the_customers_in_workers_too(tmp_path: Path) -> None:
    said = "[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString()]"
    worker = f"new SharedWorker(URL.createObjectURL(new Blob(['onconnect = e => e.ports[0].postMessage({said})'])))"
    scenario = (
        f'    said = page.evaluate("""() => new Promise(done => {{ {worker}.port.onmessage = e => done(e.data) }})""")\n'
        f'    size = page.evaluate("[innerWidth, innerHeight]")\n'
        f'    return {{"page": page.evaluate("{said}"), "worker": said, "size": size}}\n'
    )
    run = ran(tmp_path, scenario, locale="de_DE.UTF-8", timezone="Europe/Berlin", viewport=(640, 480))
    here = ["de-DE", "Europe/Berlin", "1.234,5"]
    assert run.observations == {"page": here, "worker": here, "size": [640, 480]}


@pytest.mark.browser
def test__page_scripts__whatever_the_page_allows__run_before_its_own(tmp_path: Path) -> None:
    page = "<!doctype html><meta http-equiv=Content-Security-Policy content=\"script-src 'self'\"><p>A page"
    scripts = ["window.first = 'a'", "window.second = window.first + 'b'"]
    run = ran(tmp_path, "    return {'second': page.evaluate('second')}", page, page_scripts=scripts)
    assert run.observations == {"second": "ab"}


@pytest.mark.browser
@pytest.mark.slow
def test__proxy__to_addresses_that_are_in_the_plugins_code__is_trusted_by_pages_and_workers(tmp_path: Path) -> None:
    worker = "fetch('/in-worker').then(a => a.text()).then(t => postMessage(t))"
    bodies = {"/worker.js": worker, "/in-worker": "worker", "/in-page": "page"}

    def answer(request: bytes) -> bytes:
        path = head_of(request)[0].split()[1]
        kind = "text/javascript" if path.endswith(".js") else "text/html"
        return http(bodies.get(path, "<!doctype html><p>ERP").encode(), f"Content-Type: {kind}")

    (tmp_path / "s.py").write_text(
        "def run(page, system):\n"
        "    page.goto('https://erp.example/start')\n"
        "    asked = page.evaluate(\"fetch('https://erp.example/in-page').then(a => a.text())\")\n"
        "    told = page.evaluate(\"new Promise(done => new Worker('/worker.js').onmessage = e => done(e.data))\")\n"
        "    return {'url': system.url, 'asked': asked, 'told': told}\n"
    )
    with RawServer(answer) as system, recorder(system.url, known_as=["https://erp.example"]) as recording:
        setting = Setting(browser=find_browser(), timeout=60)
        run = run_scenario(tmp_path / "s.py", recording.reached, Side.OLD, tmp_path, setting)
        seen = [exchange.request.url for exchange in recording.recording().exchanges]
    assert run.observations == {"url": "https://system.test", "asked": "page", "told": "worker"}, run
    assert {"https://erp.example/start", "https://erp.example/in-page", "https://erp.example/in-worker"} <= set(seen)
