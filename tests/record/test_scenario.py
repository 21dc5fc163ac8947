from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed, UsageError
from harness.model.outcome import PluginRun, Result, Side
from harness.record.browser import find_browser
from harness.record.outcome import compare_outcome
from harness.record.scenario import run_scenario
from harness.record.scenario_file import Command
from harness.record.setting import Reached, Setting
from tests.record.raw_server import RawServer, free_address, head_of, http

ROOT = Path(__file__).parents[2]
PLUGIN = """<!doctype html><title>Plugin</title><button>Show</button><script>
document.querySelector('button').onclick = () =>
  fetch('/data.json').then(r => r.json()).then(d => { d.columns.forEach(c => document.title += ' ' + c) });
</script>"""
SCENARIO = """
def run(page, system):
    page.goto(system.url + "/")
    page.get_by_role("button").click()
    page.wait_for_load_state("networkidle")
    system.screenshot("after the click")
    return {"title": page.title(), "address": page.url}
"""


def system(data: bytes, page: str = PLUGIN) -> RawServer:
    """A system of one page and one call."""

    def answer(request: bytes) -> bytes:
        if head_of(request)[0].startswith("GET /data.json"):
            return http(data, "Content-Type: application/json")
        return http(page.encode(), "Content-Type: text/html")

    return RawServer(answer)


def in_browser(tmp_path: Path, url: str, scenario: str = SCENARIO, **options: object) -> PluginRun:
    (tmp_path / "s.py").write_text(scenario)
    options = {"browser": find_browser(), "timeout": 40.0, **options}
    return run_scenario(tmp_path / "s.py", Reached(url), Side.NEW, tmp_path / "run", Setting(**options))  # type: ignore[arg-type]


def plain(tmp_path: Path, scenario: str, url: str = "http://127.0.0.1:9", **options: object) -> PluginRun:
    (tmp_path / "s.py").write_text(scenario)
    return run_scenario(tmp_path / "s.py", Reached(url), Side.NEW, tmp_path, Setting(**options))  # type: ignore[arg-type]


@pytest.mark.browser
def test__browser__a_plugin_that_works__then_is_broken_by_an_answer__says_so(tmp_path: Path) -> None:
    with system(b'{"columns": ["id", "name"]}') as old:
        works = in_browser(tmp_path, old.url)
    assert (works.result, works.headline) == (Result.WORKS, "1 page, 1 call")
    assert works.observations == {"title": "Plugin id name", "address": "http://system.test/"}
    assert [shot.name for shot in works.screenshots] == ["after-the-click"]
    for shot in works.screenshots:
        assert (tmp_path / "run" / shot.file).read_bytes().startswith(b"\x89PNG")
    with system(b'{"rows": []}') as new:
        broken = in_browser(tmp_path, new.url)
    assert broken.result is Result.BROKEN
    assert broken.headline == "TypeError: Cannot read properties of undefined (reading 'forEach')"
    assert compare_outcome([works], broken).result is Result.BROKEN
    assert broken.page_errors == (broken.headline,)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("script", "scenario", "headline"),
    [
        ("throw 'words'", "page.goto(system.url)", "words"),
        ("Promise.reject(new RangeError('far'))", "page.goto(system.url)", "RangeError: far"),
        ("console.error('no data')", "page.goto(system.url); assert False, 'no chart'", "no data"),
        ("", "page.goto(system.url); assert False, 'no chart'", "AssertionError: no chart"),
        ("", "page.goto('chrome://crash')", "the plugin crashed the browser's tab"),
    ],
)
def test__browser__a_plugin_that_fails__is_broken_with_its_words_and_a_picture(
    tmp_path: Path, script: str, scenario: str, headline: str
) -> None:
    with system(b"{}", f"<!doctype html><script>{script}</script>") as running:
        run = in_browser(tmp_path, running.url, f"def run(page, system): {scenario}")
    assert (run.result, run.headline) == (Result.BROKEN, headline)
    assert bool(run.screenshots) is ("crash" not in scenario)


@pytest.mark.browser
@pytest.mark.slow
def test__browser__a_plugin_that_hangs__is_ended_with_its_browser(tmp_path: Path, temporary: Path) -> None:
    page = "<!doctype html><script>console.error('before'); setTimeout(() => { while (true); }, 50)</script>"
    scenario = "def run(page, system):\n  page.goto(system.url)\n  page.wait_for_timeout(200)\n  page.evaluate('1')"
    with system(b"{}", page) as running:
        run = in_browser(tmp_path, running.url, scenario, timeout=8.0)
    assert (run.result, run.headline) == (Result.BROKEN, "the scenario did not end within 8 s")
    assert run.console_errors == ("before",)
    assert not browsers_left(temporary)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder that no other test uses, with a path as short as Chromium needs it."""
    with tempfile.TemporaryDirectory(prefix="bf-") as folder:
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield Path(folder)


def browsers_in(scratch: Path) -> list[str]:
    """Processes of our browser: their profile is in our own temporary folder."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(file.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return [line for line in lines if str(scratch) in line]


def browsers_left(scratch: Path) -> list[str]:
    """The same, once what ends by itself has ended: Chromium's crash handler goes when it sees that its browser is gone."""
    deadline = time.monotonic() + 20
    while (left := browsers_in(scratch)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


@pytest.mark.browser
def test__browser__other_hosts__are_out_of_reach_but_for_what_is_served_offline(tmp_path: Path) -> None:
    (tmp_path / "lib.js").write_text("window.lib = 'here'")
    page = '<!doctype html><script crossorigin src="https://cdn.invalid/x/lib.js"></script><img src="%s/p.png">'
    scenario = "def run(page, system):\n  page.goto(system.url)\n  return {'lib': page.evaluate('window.lib')}"
    with RawServer(http(), host="127.0.0.2") as other, system(b"{}", page % other.url) as running:
        run = in_browser(tmp_path, running.url, scenario, offline={"**/lib.js": tmp_path / "lib.js"})
        assert other.requests == []
    assert run.observations == {"lib": "here"}
    assert run.failed_requests == (f"GET {other.url}/p.png: net::ERR_NAME_NOT_RESOLVED",)


@pytest.mark.browser
def test__browser__locale_and_timezone__are_the_customers(tmp_path: Path) -> None:
    asked = "[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString()]"
    scenario = f'def run(page, system):\n  page.goto(system.url)\n  return {{"is": page.evaluate("{asked}")}}'
    with system(b"{}") as running:
        run = in_browser(tmp_path, running.url, scenario, locale="de_DE.UTF-8", timezone="Europe/Berlin")
    assert run.observations == {"is": ["de-DE", "Europe/Berlin", "1.234,5"]}


@pytest.mark.parametrize("browser", [None, "no-such-browser", sys.executable])
def test__browser__that_is_missing_or_none__is_the_environments_failure(tmp_path: Path, browser: str | None) -> None:
    with pytest.raises(EnvironmentFailed, match="browser") as caught:
        in_browser(tmp_path, "http://127.0.0.1:9", browser=None if browser is None else Path(browser))
    assert "BACKFIT_BROWSER" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("body", "result", "headline"),
    [
        ("return {'headline': '3 rows'}", Result.WORKS, "3 rows"),
        ("return {}", Result.WORKS, "finished without an error"),
        ("raise KeyError('columns')", Result.BROKEN, "KeyError: 'columns'"),
        ("import time; time.sleep(60)", Result.BROKEN, "the scenario did not end within 2 s"),
        ("import os; os._exit(3)", Result.BROKEN, "the plugin's process ended early, with exit code 3"),
        ("import os; os.abort()", Result.BROKEN, "the plugin's process was ended by SIGABRT"),
    ],
)
def test__plain__a_scenario_without_a_page__is_judged_by_its_end(
    tmp_path: Path, body: str, result: Result, headline: str
) -> None:
    run = plain(tmp_path, f"def run(system): {body}", timeout=2.0 if "sleep" in body else 30.0)
    assert (run.result, run.headline) == (result, headline)


def test__plain__what_it_sees__is_the_system_the_customers_settings_and_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_TOKEN", "secret")
    (tmp_path / "bin").mkdir()
    scenario = (
        "import os, sys, urllib.request\n"
        "def run(system):\n"
        "    text = urllib.request.urlopen(system.url + '/data.json').read().decode()\n"
        "    return {'text': text, 'token': os.environ.get('MY_TOKEN'), 'zone': os.environ['TZ'],\n"
        "            'home': os.listdir(os.environ['HOME']), 'first': os.environ['PATH'].split(os.pathsep)[0],\n"
        "            'python': sys.executable, 'url': system.url, 'modules': os.environ.get('NODE_PATH')}\n"
    )
    with system(b"[1]") as running:
        run = plain(
            tmp_path,
            scenario,
            running.url,
            timezone="Asia/Tokyo",
            python=Path(sys.executable),
            path=[tmp_path / "bin"],
            modules=tmp_path / "node_modules",
        )
    assert run.observations == {
        "text": "[1]",
        "token": None,
        "zone": "Asia/Tokyo",
        "home": [],
        "first": str(tmp_path / "bin"),
        "python": sys.executable,
        "url": "http://system.test",
        "modules": str(tmp_path / "node_modules"),
    }


def test__plain__a_scenario_that_returns_no_dict__is_its_authors_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="must return a dict"):
        plain(tmp_path, "def run(system): return 3")


@pytest.mark.parametrize(
    ("program", "result", "headline", "observations"),
    [
        ("print('{\"a\": [1]}')", Result.WORKS, "finished without an error", {"a": [1]}),
        ("print('[1, 2]')", Result.WORKS, "finished without an error", {"output": [1, 2]}),
        (
            "import sys; print('at', sys.argv[1])",
            Result.WORKS,
            "finished without an error",
            {"output": "at http://system.test"},
        ),
        ("print('x'); raise KeyError('columns')", Result.BROKEN, "KeyError: 'columns'", {}),
        ("raise SystemExit(4)", Result.BROKEN, "exit code 4, without a word", {}),
        ("import time; time.sleep(60)", Result.BROKEN, "the scenario did not end within 2 s", {}),
        ("import os; os.abort()", Result.BROKEN, "the plugin's process was ended by SIGABRT", {}),
    ],
)
def test__command__a_plugin_that_is_a_program__is_judged_by_exit_code_and_output(
    tmp_path: Path, program: str, result: Result, headline: str, observations: dict[str, object]
) -> None:
    (tmp_path / "client.py").write_text(program)
    command = Command("python client.py {url}", tmp_path)
    timeout = 2.0 if "sleep" in program else 30.0
    folder = Path(sys.executable).parent
    setting = Setting(timeout=timeout, path=[folder])
    run = run_scenario(command, Reached(free_address()), Side.OLD, tmp_path, setting)
    assert (run.result, run.headline) == (result, headline)
    assert run.observations == observations


def test__run__when_it_is_over__leaves_nothing_behind(tmp_path: Path, temporary: Path) -> None:
    plain(tmp_path, "def run(system): ...")
    assert [path.name for path in tmp_path.iterdir()] == ["s.py"]
    assert list(temporary.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from harness.model.outcome import Side
from harness.record.browser import find_browser
from harness.record.scenario import run_scenario
from harness.record.setting import Reached, Setting
here = Path(sys.argv[1])
run_scenario(here / "s.py", Reached("http://127.0.0.1:9"), Side.OLD, here, Setting(browser=find_browser(), timeout=100))
"""


@pytest.mark.browser
@pytest.mark.slow
def test__browser__when_backfit_itself_is_killed__ends_and_the_next_run_clears_away(
    tmp_path: Path, temporary: Path
) -> None:
    goes_on = (
        "import pathlib\ndef run(page, system):\n    pathlib.Path('began').touch()\n    page.wait_for_timeout(90_000)"
    )
    (tmp_path / "s.py").write_text(goes_on)
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    ours = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(temporary)})
    while not (tmp_path / "began").exists():
        assert ours.poll() is None
        time.sleep(0.05)
    assert browsers_in(temporary)
    ours.kill()
    ours.wait()
    assert not browsers_left(temporary)
    assert list(temporary.iterdir()), "a killed process cannot clear away itself"
    plain(tmp_path, "def run(system): ...")
    assert list(temporary.iterdir()) == []
