"""Browsers that run elsewhere, each a real one: DevTools' protocol, a Playwright server, and WebDriver."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import playwright
import pytest

from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Result
from harness.record.browser import find_browser
from harness.record.browsers.remote import Remote
from tests.record.browsing import ran

pytestmark = pytest.mark.browser

_DRIVER = Path(playwright.__file__).with_name("driver")
_SERVER = (
    "require(process.argv[1]).chromium.launchServer({executablePath: process.argv[2], args: ['--no-sandbox']})"
    ".then(server => console.log(server.wsEndpoint()))"
)
_PAGE = (
    "<!doctype html><p>A page<script>fetch('/missing'); setTimeout(() => { throw new TypeError('late') }, 20)</script>"
)
_SCENARIO = (
    "    page.wait_for_timeout(300)\n"
    "    return {'said': page.evaluate('[navigator.language, innerWidth, document.body.innerText]')}\n"
)


@contextmanager
def listening(command: list[str], mark: str) -> Iterator[str]:
    """A program that runs for as long as the block does; gives what follows `mark` in the first line that has it."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    try:
        yield next(line.partition(mark)[2].strip() for line in process.stdout if mark in line)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def cdp(tmp_path: Path) -> Iterator[Remote]:
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-port=0",
        f"--user-data-dir={tmp_path}/own",
    ]
    with listening([str(find_browser()), *flags, "about:blank"], "DevTools listening on ws://") as address:
        yield Remote("cdp", f"http://{address.partition('/')[0]}")


@contextmanager
def server(_: Path) -> Iterator[Remote]:
    command = [str(_DRIVER / "node"), "--eval", _SERVER, str(_DRIVER / "package"), str(find_browser())]
    with listening(command, "ws://") as address:
        yield Remote("playwright", f"ws://{address}")


@contextmanager
def webdriver(_: Path) -> Iterator[Remote]:
    program = shutil.which("chromedriver")
    if program is None:
        pytest.skip("no chromedriver is on PATH")
    with listening([program, "--port=0"], "successfully on port ") as port:
        yield Remote("selenium", f"http://127.0.0.1:{port.rstrip('.')}")


@pytest.mark.parametrize("elsewhere", [cdp, server, webdriver])
def test__scenario__in_a_browser_that_runs_elsewhere__has_the_customers_profile_and_is_heard(
    tmp_path: Path, elsewhere: object
) -> None:
    with elsewhere(tmp_path) as remote:  # type: ignore[operator]
        run = ran(tmp_path, _SCENARIO, _PAGE, browser=None, remote=remote, locale="de_DE.UTF-8", viewport=(640, 480))
    assert run.observations == {"said": ["de-DE", 640, "A page"]}, run
    assert (run.result, run.headline, run.calls) == (Result.BROKEN, "TypeError: late", 1)
    assert run.failed_requests == ("GET http://system.test/missing: 404",)
    assert [shot.name for shot in run.screenshots] == ["end"]


def test__another_part_of_the_same_browser__is_not_heard(tmp_path: Path) -> None:
    with cdp(tmp_path) as remote:
        inner = (
            "    import urllib.request, urllib.parse\n"
            "    other = 'data:text/html,<script>setInterval(() => { throw new Error(\"a stranger\") }, 20)</script>'\n"
            f"    asked = urllib.request.Request('{remote.url}/json/new?' + urllib.parse.quote(other), method='PUT')\n"
            "    urllib.request.urlopen(asked).close()\n"
            "    page.wait_for_timeout(300)\n"
        )
        run = ran(tmp_path, inner, browser=None, remote=remote)
    assert (run.result, run.page_errors) == (Result.WORKS, ()), run


def test__nobody_at_the_address__is_the_environments_failure_and_says_where(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match=r"the browser at http://127\.0\.0\.1:9 cannot be driven") as caught:
        ran(tmp_path, "    pass\n", browser=None, remote=Remote("cdp", "http://127.0.0.1:9"))
    assert "does it run" in str(caught.value.hint)
