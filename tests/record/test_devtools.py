from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from harness.model.errors import EnvironmentFailed
from harness.record import devtools
from harness.record.browser import ARGUMENTS, find_browser
from harness.record.devtools import PORT_FLAG, DevTools, Heard, RefusedCommand, Target


@contextmanager
def connected(profile: Path, heard: Heard) -> Iterator[tuple[Page, DevTools]]:
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, PORT_FLAG]
        browser = find_browser()
        context = playwright.chromium.launch_persistent_context(profile, executable_path=browser, args=arguments)
        with DevTools(profile, heard, language="de-DE") as connection:
            yield context.pages[0], connection
        context.close()


@pytest.mark.browser
def test__heard__after_settling__is_all_that_happened_in_pages_and_workers(tmp_path: Path) -> None:
    said: list[tuple[str, str]] = []

    def heard(target: Target, event: str, parameters: Mapping[str, Any]) -> None:
        if event == "Runtime.consoleAPICalled":
            said.append((target.kind, parameters["args"][0]["value"]))

    with connected(tmp_path, heard) as (page, connection):
        page.evaluate("for (let each = 0; each < 500; each++) console.log(`page ${each}`)")
        page.evaluate("new Promise(done => new Worker('data:,postMessage(1)').onmessage = done)")
        connection.evaluate("console.log('asked ' + typeof postMessage)")
        connection.settle()
        assert said == [*(("page", f"page {each}") for each in range(500)), ("worker", "asked function")]


@pytest.mark.browser
def test__heard__that_fails__closes_the_connection_and_leaves_the_page_alone(tmp_path: Path) -> None:
    def heard(target: Target, event: str, parameters: Mapping[str, Any]) -> None:
        if event == "Runtime.consoleAPICalled":
            raise KeyError("args")

    with connected(tmp_path, heard) as (page, connection):
        page.evaluate("console.log(1)")
        page.goto("data:text/html,<p>still here")
        assert (
            page.evaluate("new Promise(done => new Worker('data:,postMessage(2)').onmessage = e => done(e.data))") == 2
        )
        connection.settle()
        with pytest.raises(TimeoutError):
            connection.command("Browser.getVersion", {})
    assert isinstance(connection.failure, KeyError)


@pytest.mark.browser
def test__command__of_the_browser__answers_or_is_refused(tmp_path: Path) -> None:
    with connected(tmp_path, lambda *_: None) as (_, connection):
        assert "Chrom" in connection.command("Browser.getVersion", {})["product"]
        with pytest.raises(RefusedCommand, match="wasn't found"):
            connection.command("No.such", {})
    assert connection.failure is None


def test__connection__to_no_browser__is_the_environments_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devtools, "_PATIENCE", 0.2)
    with pytest.raises(EnvironmentFailed, match="debugging port"), DevTools(tmp_path, lambda *_: None, language="en"):
        raise AssertionError("there is nothing to connect to")
    (tmp_path / "DevToolsActivePort").write_text("9\n/devtools/browser/x")
    with pytest.raises(EnvironmentFailed, match="debugging port"), DevTools(tmp_path, lambda *_: None, language="en"):
        raise AssertionError("nobody listens there")
    assert not [thread for thread in threading.enumerate() if thread.name == "devtools" and thread.is_alive()]
