"""Run as a module: drives the browser through a scenario, and writes what the page does to a journal as it happens."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    WebError,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from harness.record.browser import ARGUMENTS
from harness.record.scenario_runner import Journal, System, run_scenario_file

_PATIENCE = 15_000
"""Milliseconds that one step of a scenario may wait, so that what never comes is told before the time is up."""

_LONGEST = 2000
_CALLS = ("fetch", "xhr")
_LEFT = "net::ERR_ABORTED"
"""What Chromium says of a request that the page itself gave up, by leaving or by an AbortController."""


class BrowserSystem(System):
    """What a scenario with a page is given: where the system is, and a camera."""

    def __init__(self, url: str, page: Page, job: Mapping[str, Any], journal: Journal) -> None:
        super().__init__(url)
        self._page, self._folder, self._side, self._journal = page, Path(job["folder"]), job["side"], journal
        self._names: set[str] = set()

    @property
    def pictures(self) -> int:
        """How many screenshots were taken."""
        return len(self._names)

    def screenshot(self, name: str) -> None:
        """Keep a picture of the whole page under `name`."""
        stem = unused = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-")[:60] or "page"
        number = 1
        while unused in self._names:
            number += 1
            unused = f"{stem}-{number}"
        self._names.add(unused)
        file = f"screenshots/{self._side}-{unused}.png"
        self._page.screenshot(path=self._folder / file, full_page=True, timeout=_PATIENCE)
        self._journal.tell("screenshot", {"name": unused, "file": file})


def main(job_file: str) -> None:
    """Run the job that the file describes; where no browser comes up, the journal says why."""
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    journal = Journal(job["journal"])
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=job["browser"], headless=True, args=list(ARGUMENTS))
            context = browser.new_context(
                locale=job["locale"], timezone_id=job["timezone"], viewport={"width": 1280, "height": 900}
            )
        except PlaywrightError as error:
            journal.tell("environment", f"the browser does not start: {_reason(error.message)}")
            return
        _watch(context, journal)
        _run(context, job, journal)
        _close(browser, journal)


def _run(context: BrowserContext, job: Mapping[str, Any], journal: Journal) -> None:
    context.set_default_timeout(_PATIENCE)
    for glob, file in job["offline"].items():
        context.route(glob, _serving(file))
    page = context.new_page()
    system = BrowserSystem(job["url"], page, job, journal)
    journal.tell("started", True)
    ended_well = run_scenario_file(job["scenario"], journal, page, system)
    if ended_well and system.pictures:
        return
    with suppress(PlaywrightError):  # no picture can be had of a page that crashed or was closed
        system.screenshot("end")


def _reason(message: str) -> str:
    """The first line, and the last that the browser itself wrote."""
    lines = message.strip().splitlines()
    own = [line.partition("[err]")[2].strip() for line in lines if "[err]" in line]
    return f"{lines[0]} ({own[-1]})" if own else lines[0]


def _close(browser: Browser, journal: Journal) -> None:
    if browser.is_connected():
        browser.close()
    else:
        journal.tell("environment", "the browser died")


def _serving(file: str) -> Callable[[Route], None]:
    # A function of one argument: Playwright would hand the request to a second one, even if it had a default.
    def serve(route: Route) -> None:
        route.fulfill(path=file)

    return serve


def _watch(context: BrowserContext, journal: Journal) -> None:
    def on_page(page: Page) -> None:
        page.on("domcontentloaded", lambda shown: journal.tell("page", shown.url))
        page.on("crash", lambda _: journal.tell("crashed", True))

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            journal.tell("console_error", message.text[:_LONGEST])

    def on_request(request: Request) -> None:
        if request.resource_type in _CALLS:
            journal.tell("call", request.url[:_LONGEST])

    def on_response(response: Response) -> None:
        if response.status >= 400:
            journal.tell("failed_request", f"{_named(response.request)}: {response.status}")

    def on_failure(request: Request) -> None:
        if request.failure != _LEFT:
            journal.tell("failed_request", f"{_named(request)}: {request.failure}")

    context.on("page", on_page)
    context.on("console", on_console)
    context.on("weberror", lambda error: journal.tell("page_error", _described(error)))
    context.on("request", on_request)
    context.on("response", on_response)
    context.on("requestfailed", on_failure)


def _named(request: Request) -> str:
    return f"{request.method} {request.url}"[:_LONGEST]


def _described(event: WebError) -> str:
    error = event.error
    lines = (error.message or "an error without words").strip().splitlines()
    said = lines[0] if lines else ""
    return (f"{error.name}: {said}" if error.name and not said.startswith(error.name) else said)[:_LONGEST]


if __name__ == "__main__":
    main(sys.argv[1])
