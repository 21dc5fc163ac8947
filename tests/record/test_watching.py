"""What happens in a real Chromium, told by kind: each row is a page, and what must be told of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.model.outcome import PluginRun, Result, Side
from harness.record.browser import find_browser
from harness.record.scenario import Watched, watch_scenario
from harness.record.setting import Reached, Setting
from tests.record.raw_server import RawServer, head_of, http

pytestmark = pytest.mark.browser

GO = "def run(page, system):\n    page.goto(system.url)\n    page.wait_for_timeout(300)\n"
WORKER = "setTimeout(() => { undefinedName.x }, 20); Promise.reject(new RangeError('far'))"


def watched(tmp_path: Path, page: str, scenario: str = GO, **files: str) -> Watched:
    """One run on a system of one page, whose files have the names given (`a_js` is /a.js)."""
    scripts = {f"/{name.replace('_', '.')}": text for name, text in files.items()}

    def answer(request: bytes) -> bytes:
        path = head_of(request)[0].split()[1]
        if path in scripts:
            return http(scripts[path].encode(), "Content-Type: text/javascript")
        if path == "/export.csv":
            return http(b"a,b", 'Content-Disposition: attachment; filename="export.csv"')
        if path.startswith("/missing"):
            return http(b"", status="404 Not Found")
        return http(f"<!doctype html><title>T</title>{page}".encode(), "Content-Type: text/html")

    (tmp_path / "s.py").write_text(scenario)
    with RawServer(answer) as system:
        setting = Setting(browser=find_browser(), timeout=60)
        return watch_scenario(tmp_path / "s.py", Reached(system.url), Side.OLD, tmp_path, setting)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<script>lost()</script>", lambda run: run.page_errors == ("ReferenceError: lost is not defined",)),
        ("<script>throw {code: 3}</script>", lambda run: run.page_errors == ("Object",)),
        ("<script>Promise.reject(7)</script>", lambda run: run.page_errors == ("7",)),
        ("<script>console.error('no', 3, true)</script>", lambda run: run.console_errors == ("no 3 true",)),
        ("<script>console.log('fine')</script>", lambda run: run.console_errors == ()),
        ("<script>alert('Saved')</script>", lambda run: run.dialogs == ("alert: Saved",)),
        ("<script>document.title = confirm('Sure?')</script>", lambda run: run.dialogs == ("confirm: Sure?",)),
        ("<script>location = '/export.csv'</script>", lambda run: run.downloads[0].startswith("export.csv from")),
        ("<img src=/missing.png>", lambda run: run.failed_requests == ("GET http://system.test/missing.png: 404",)),
        ("<iframe srcdoc='<script>lost()</script>'></iframe>", lambda run: len(run.page_errors) == 1),
    ],
)
def test__page__what_happens_in_it__is_told(tmp_path: Path, page: str, told: Callable[[PluginRun], bool]) -> None:
    run = watched(tmp_path, page).run
    assert told(run), run


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<script>new Worker('/worker.js')</script>", "page_errors"),
        ("<script>window.w = new SharedWorker('/worker.js')</script>", "worker_errors"),
        ("<script>navigator.serviceWorker.register('/worker.js')</script>", "worker_errors"),
    ],
    ids=["worker", "shared worker", "service worker"],
)
def test__worker__that_fails__is_told_with_rejections_too(tmp_path: Path, page: str, kind: str) -> None:
    run = watched(tmp_path, page, worker_js=WORKER).run
    errors = ("RangeError: far", "ReferenceError: undefinedName is not defined")
    assert sorted(getattr(run, kind)) == sorted(errors)
    assert run.result is Result.BROKEN


def test__calls__whoever_makes_them__are_told_with_their_stack(tmp_path: Path) -> None:
    library = "function ask(path) { return token().then(() => fetch(path)); }\nfunction token() { return Promise.resolve(1); }"
    plugin = "function chart() {\n  ask('/a.json');\n}\nchart();\n" + "setTimeout(() => fetch('/b.json'), 50);"
    page = "<script src=/lib.js></script><script src=/plugin.js></script>"
    calls = watched(tmp_path, page, lib_js=library, plugin_js=plugin).calls
    stacks = {call.url.rpartition("/")[2]: call.frames for call in calls if call.kind == "Fetch"}
    files = {name: [frame.rpartition("/")[2] for frame in frames] for name, frames in stacks.items()}
    assert files["a.json"][0].startswith("lib.js:1:")
    assert any(frame.startswith("plugin.js:2:") for frame in files["a.json"]), "through what was awaited"
    assert files["b.json"] == ["plugin.js:5:18", "plugin.js:5:1"]


def test__download__that_is_too_large__is_given_up(tmp_path: Path) -> None:
    def answer(_: bytes) -> bytes:
        head = f'HTTP/1.1 200 OK\r\nContent-Length: {10**9}\r\nContent-Disposition: attachment; filename="big"\r\n\r\n'
        return head.encode() + b"x" * 100_000

    (tmp_path / "s.py").write_text(
        "def run(page, system):\n"
        "    with page.expect_download() as download:\n"
        "        page.evaluate('address => { location = address }', system.url + '/big')\n"
        "    return {'failure': download.value.failure()}\n"
    )
    with RawServer(answer) as system:
        setting = Setting(browser=find_browser(), timeout=60)
        run = watch_scenario(tmp_path / "s.py", Reached(system.url), Side.OLD, tmp_path, setting).run
    assert run.observations == {"failure": "canceled"}
    assert run.downloads[-1] == "given up: more than 64 MiB"


@pytest.mark.slow
def test__flood__of_words_and_calls__is_bounded_and_the_run_goes_on(tmp_path: Path) -> None:
    page = """<script>
for (let each = 0; each < 5000; each++) console.error('x'.repeat(5000), each);
Promise.all(Array.from({length: 500}, (_, each) => fetch(`/missing${each}`))).then(() => { document.title = 'done' });
</script>"""
    scenario = (
        "def run(page, system):\n    page.goto(system.url)\n    page.wait_for_function(\"document.title == 'done'\")\n"
    )
    found = watched(tmp_path, page, scenario)
    assert (found.run.result, found.run.calls) == (Result.WORKS, 500)
    assert len(found.run.console_errors) == 1000
    assert max(map(len, found.run.console_errors)) <= 2000
