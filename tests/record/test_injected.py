"""In a real Chromium: an extension in all its places, its calls told from the page's own, its reads, and calls of the host."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Result, Side
from harness.reads.lines import read_accesses
from harness.record.attribution import attributed
from harness.record.browser import find_browser
from harness.record.host_api import read_host_calls
from harness.record.injected import bindings, first_script, flush, own_scripts
from harness.record.proxy import RecordingProxy
from harness.record.scenario import watch_scenario
from harness.record.setting import Reached, Setting
from tests.record.raw_server import RawServer, head_of, http

MANIFEST = {
    "manifest_version": 3,
    "name": "Price tags",
    "version": "1.0",
    "permissions": ["offscreen"],
    "host_permissions": ["http://127.0.0.1/*"],
    "background": {"service_worker": "bg.js"},
    "action": {"default_popup": "popup.html"},
    "content_scripts": [
        {"matches": ["http://127.0.0.1/*"], "js": ["cs.js"]},
        {"matches": ["http://127.0.0.1/*"], "js": ["main.js"], "world": "MAIN"},
    ],
}
READ = "const read = (name) => fetch(BASE + `/${name}.json`).then((a) => a.json()).then((d) => d[name]);\n"
EXTENSION = {
    "bg.js": "let BASE = '';\n"
    + READ
    + """
chrome.runtime.onMessage.addListener((message, sender, answer) => {
  BASE = message.base;
  read('worker').then(async (found) => {
    await chrome.offscreen.createDocument({url: 'off.html#' + BASE, reasons: ['DOM_PARSER'], justification: 'reads'});
    answer(found);
  });
  setTimeout(() => { throw new TypeError('in the worker'); }, 100);
  return true;
});""",
    "cs.js": "const BASE = location.origin;\n"
    + READ
    + """
read('content').then(() => chrome.runtime.sendMessage({base: BASE}))
  .then((found) => { document.title = `worker says ${found}`; });""",
    "main.js": "{ const BASE = location.origin;\n" + READ + "read('main'); }",
    "popup.html": "<!doctype html><title>Pop</title><p>Prices</p><script src=popup.js></script>",
    "popup.js": "const BASE = '';\n document.title = 'ready';",
    "off.html": "<!doctype html><script src=off.js></script>",
    "off.js": "const BASE = location.hash.slice(1);\n"
    + READ
    + "read('hidden').then(() => { throw new Error('hidden'); });",
}
OWN = "fetch('/own.json').then((a) => a.json()).then((d) => { d.own.length; d.other; });"
PAGE = "<!doctype html><title>Shop</title><script src=/app.js></script>"
SCENARIO = """
def run(page, system):
    page.goto(system.url)
    page.wait_for_function("document.title == 'worker says 1'")
    page.wait_for_timeout(300)
    popup = system.popup()
    return {"popup": [popup.title(), popup.inner_text("p")], "id": system.extension_id}
"""


def shop(request: bytes) -> bytes:
    path = head_of(request)[0].split()[1]
    if path == "/app.js":
        return http(OWN.encode(), "Content-Type: text/javascript")
    if path.endswith(".json"):
        return http(json.dumps({path[1:-5]: 1, "other": 2}).encode(), "Content-Type: application/json")
    return http(PAGE.encode(), "Content-Type: text/html")


@pytest.fixture
def extension(tmp_path: Path) -> Path:
    folder = tmp_path / "extension"
    folder.mkdir()
    for name, text in {**EXTENSION, "manifest.json": json.dumps(MANIFEST)}.items():
        (folder / name).write_text(text)
    return folder


@pytest.mark.browser
@pytest.mark.slow
def test__extension__in_all_its_places__is_loaded_heard_told_apart_and_read_along(
    tmp_path: Path, extension: Path
) -> None:
    (tmp_path / "s.py").write_text(SCENARIO)
    reads = tmp_path / "reads"
    with RawServer(shop) as system, RecordingProxy(system.url, reads=reads) as recorder:
        setting = Setting(browser=find_browser(), timeout=90, extension=extension, reads=reads)
        watched = watch_scenario(tmp_path / "s.py", Reached(recorder.url), Side.OLD, tmp_path, setting)
        recording = attributed(recorder.recording(), watched.calls, setting.scripts, watched.extension_id)
    run = watched.run
    assert run.observations == {"popup": ["ready", "Prices"], "id": watched.extension_id}, run
    # Which of the two comes first is the machine's business.
    assert sorted(run.worker_errors) == ["Error: hidden", "TypeError: in the worker"]
    assert (run.result, run.headline) == (Result.BROKEN, run.worker_errors[0])
    made = {exchange.request.path: exchange.meta.get("by") for exchange in recording.exchanges}
    own = {f"/{name}.json": "plugin" for name in ("content", "main", "worker", "hidden")}
    assert {path: by for path, by in made.items() if path.endswith(".json")} == {**own, "/own.json": "system"}
    assert not any("__backfit__" in path for path in made)
    told = {
        (access.url.rpartition("/")[2], access.place)
        for access in read_accesses(reads)
        if access.place.startswith("$.")
    }
    assert told == {(f"{name}.json", f"$.{name}") for name in ("content", "main", "worker", "hidden")}


@pytest.mark.browser
def test__extension__that_chromium_refuses__is_the_environments_failure(tmp_path: Path, extension: Path) -> None:
    (extension / "manifest.json").write_text(json.dumps({**MANIFEST, "background": {"service_worker": "gone.js"}}))
    (tmp_path / "s.py").write_text("def run(page, system): ...")
    setting = Setting(browser=find_browser(), timeout=60, extension=extension)
    with pytest.raises(EnvironmentFailed, match="Chromium refuses the extension: ") as caught:
        watch_scenario(tmp_path / "s.py", Reached("http://127.0.0.1:9"), Side.OLD, tmp_path, setting)
    assert "chrome://extensions" in str(caught.value.hint)


@pytest.mark.browser
def test__host_api__of_a_page__is_told_call_by_call(tmp_path: Path) -> None:
    page = "<!doctype html><script>window.System = {user: (id) => ({id, name: 'Ann'})}</script>"
    (tmp_path / "s.py").write_text(
        "def run(page, system):\n    page.goto(system.url)\n    page.evaluate('System.user(7).name')\n"
    )
    calls = tmp_path / "calls"
    with RawServer(lambda _: http(page.encode(), "Content-Type: text/html")) as system:
        setting = Setting(browser=find_browser(), timeout=60, host_api=["System"], host_calls=calls)
        watch_scenario(tmp_path / "s.py", Reached(system.url), Side.OLD, tmp_path, setting)
    (call,) = read_host_calls(calls)
    assert (call.request.method, call.request.url) == ("CALL", "host-api://page/System/user")


def test__first_script__with_nothing_to_do__is_empty() -> None:
    setting = Setting(host_api=["System"])
    assert (first_script(setting, "http://h", None), bindings(setting), flush(setting)) == ("", {}, "")


def test__own_scripts__of_an_extension__are_all_that_it_holds() -> None:
    assert own_scripts(Setting(scripts=["**/a.js"]), "id") == ["**/a.js", "chrome-extension://id/**"]
    assert own_scripts(Setting(), None) == []
