from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.spec import Browser
from harness.model.errors import EnvironmentFailed, UsageError
from harness.model.outcome import Result
from harness.record.browser import find_browser
from harness.record.browsers.here import browser_here, version_of
from harness.record.browsers.remote import Remote
from tests.record.browsing import ran


def ignore(_: str) -> None:
    pass


def a_chromium(folder: Path, version: str) -> Path:
    folder.mkdir()
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\necho Chromium {version}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("wanted", ["installed", "debian", "170", "170.0", "170.0.7"])
def test__here__where_that_version_is_installed__is_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    program = a_chromium(tmp_path / "bin", "170.0.7.1 built for a test")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.delenv("BACKFIT_BROWSER", raising=False)
    assert browser_here(Browser(version=wanted), ignore, extension=True).program == program


@pytest.mark.parametrize("wanted", ["17", "171", "170.0.8"])
def test__here__where_another_version_is_installed__is_not_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv("BACKFIT_BROWSER", str(a_chromium(tmp_path / "bin", "170.0.7.1")))
    with pytest.raises(UsageError, match=f"no build of Chromium {wanted}"):
        browser_here(Browser(version=wanted), ignore, extension=False)


def test__here__without_any_browser__says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.delenv("BACKFIT_BROWSER", raising=False)
    with pytest.raises(EnvironmentFailed, match="no browser was found"):
        browser_here(Browser(), ignore, extension=False)


def test__here__of_another_engine__is_playwrights_own_build_or_says_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(UsageError, match="firefox is not available here, because"):
        browser_here(Browser(name="firefox"), ignore, extension=False)
    own = tmp_path / "firefox-1500/firefox/firefox"
    own.parent.mkdir(parents=True)
    own.write_text("")
    own.chmod(0o755)
    found = browser_here(Browser(name="firefox"), ignore, extension=False)
    assert (found.engine, found.program, bool(found.limits)) == ("firefox", own, True)


def test__here__of_one_that_runs_elsewhere__is_its_address_with_its_limits() -> None:
    found = browser_here(Browser(cdp="http://127.0.0.1:9222"), ignore, extension=False)
    assert (found.program, found.remote) == (None, Remote("cdp", "http://127.0.0.1:9222"))
    assert any("127.0.0.1 of its own machine" in limit for limit in found.limits)


@pytest.mark.browser
def test__version__of_a_real_one__is_what_it_says() -> None:
    installed = find_browser()
    assert installed is not None
    assert int(version_of(installed).partition(".")[0]) > 100


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.slow
def test__old_chromium__from_npm__runs_a_scenario_and_says_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    told: list[str] = []
    found = browser_here(Browser(version="112"), told.append, extension=False)
    again = browser_here(Browser(version="112"), told.append, extension=False)
    assert (again, told.count("unpacking Chromium 112")) == (found, 1)
    scenario = "    page.get_by_text('A page').wait_for()\n    return {'agent': page.evaluate('navigator.userAgent')}\n"
    run = ran(tmp_path, scenario, browser=found.program, locale="zh_CN.UTF-8")
    assert run.result is Result.WORKS, run.headline
    assert "HeadlessChrome/112.0." in str(run.observations["agent"])
