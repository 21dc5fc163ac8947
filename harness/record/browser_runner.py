"""Run as a module: drives the browser through a scenario, and writes what happens in it to a journal as it happens."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from harness.model.errors import EnvironmentFailed
from harness.record.browser_system import LONGEST_SNAPSHOT, PATIENCE, BrowserSystem, untaken
from harness.record.devtools import DevTools
from harness.record.page_clock import clock_script
from harness.record.page_events import listen
from harness.record.profile import load_extension, opened
from harness.record.scenario_runner import Journal, run_scenario_file
from harness.record.watching import Watcher

_AT_THE_END = 3_000
"""Milliseconds that a page may take to say what is on it when all is over."""
_MOST_PAGES = 20
_LARGEST_TRACE = 100 * 1024 * 1024


def main(job_file: str) -> None:
    """Run the job that the file describes; where no browser comes up, the journal says why."""
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    journal = Journal(job["journal"])
    profile = Path(job_file).with_name("profile")
    if _remote(job) == "selenium":
        os.environ["SELENIUM_REMOTE_URL"] = job["remote"]["url"]
    with sync_playwright() as playwright:
        try:
            context = opened(playwright, job, profile)
        except PlaywrightError as error:
            journal.tell("environment", _no_browser(job, _reason(error.message)))
            return
        _tell_version(context, job, journal)
        _watch(context, journal)
        try:
            _listen(context, job, journal, profile)
        except EnvironmentFailed as error:
            journal.tell("environment", {"what": error.what, "hint": error.hint})
        _close(context, journal)


def _listen(context: BrowserContext, job: Mapping[str, Any], journal: Journal, profile: Path) -> None:
    """Run the scenario with an ear at the browser: DevTools' where they can be had, else Playwright's, which hears less."""
    if job.get("engine", "chromium") != "chromium" or _remote(job) in ("playwright", "selenium"):
        listen(context, Watcher(journal, lambda _: None).heard)
        _run(context, None, job, journal, None)
        return
    watcher = Watcher(journal, lambda download: devtools.tell("Browser.cancelDownload", {"guid": download}))
    at, only = (job["remote"]["url"], _context_id(context)) if _remote(job) else (profile, None)
    first = clock_script(job.get("clock"))
    with DevTools(at, watcher.heard, language=job["language"], only=only, first=first) as devtools:
        extension = load_extension(devtools, job["extension"]) if job["extension"] else None
        _run(context, devtools, job, journal, extension)
        devtools.settle()
    if devtools.failure:
        journal.tell("environment", {"what": f"what the browser tells cannot be read: {devtools.failure!r}"})


def _no_browser(job: Mapping[str, Any], reason: str) -> dict[str, str]:
    if not _remote(job):
        return {"what": f"the browser does not start: {reason}"}
    hint = "does it run, is its address the right one, and does its version fit the Playwright here?"
    return {"what": f"the browser at {job['remote']['url']} cannot be driven: {reason}", "hint": hint}


def _remote(job: Mapping[str, Any]) -> str:
    """How a browser that runs elsewhere is spoken to (cdp, playwright, selenium); empty for one of our own."""
    return str((job.get("remote") or {}).get("kind", ""))


def _context_id(context: BrowserContext) -> str:
    """What DevTools call our part of a browser that others use as well."""
    session = context.new_cdp_session(context.pages[0])
    try:
        return str(session.send("Target.getTargetInfo")["targetInfo"]["browserContextId"])
    finally:
        session.detach()


def _tell_version(context: BrowserContext, job: Mapping[str, Any], journal: Journal) -> None:
    """Which browser it is that answered, whatever was asked for."""
    if context.browser:
        journal.tell("browser", f"{job.get('engine', 'chromium').capitalize()} {context.browser.version}")


def _run(
    context: BrowserContext, devtools: DevTools | None, job: Mapping[str, Any], journal: Journal, extension: str | None
) -> None:
    context.set_default_timeout(PATIENCE)
    if job["trace"]:
        context.tracing.start(screenshots=True, snapshots=True)
    page = context.pages[0]
    system = BrowserSystem(job["url"], page, job, journal, extension)
    journal.tell("started", True)
    ended_well = run_scenario_file(job["scenario"], journal, page, system)
    if not (ended_well and system.pictures):
        with suppress(PlaywrightError):  # no picture can be had of a page that crashed or was closed
            system.screenshot("end")
    if job["flush"]:
        _flush(context, devtools, job["flush"])
    _keep_pages(context, journal)
    if job["trace"]:
        write_trace(context, Path(job["trace"]), journal)


def write_trace(context: BrowserContext, file: Path, journal: Journal) -> None:
    """Write what Playwright saw (`playwright show-trace FILE`); one that is larger than 100 MiB is not kept."""
    with suppress(PlaywrightError):  # the browser is gone, and its trace with it: the run's outcome says so
        context.tracing.stop(path=file)
        if file.stat().st_size <= _LARGEST_TRACE:
            journal.tell("trace", file.name)
        else:
            file.unlink()


def _flush(context: BrowserContext, devtools: DevTools | None, expression: str) -> None:
    """Have every tracker tell what it has not told yet."""
    for frame in [frame for page in context.pages for frame in page.frames]:
        with suppress(
            PlaywrightError
        ):  # it is going, or hangs: a locator gives up on it, which a bare evaluate never does
            frame.locator(":root").evaluate(f"() => {expression}", timeout=_AT_THE_END)
    if devtools:
        devtools.evaluate(expression)


def _keep_pages(context: BrowserContext, journal: Journal) -> None:
    """What each page that is still open says to a screen reader, as evidence."""
    names: set[str] = set()
    for page in context.pages[:_MOST_PAGES]:
        if page.url != "about:blank":
            with suppress(PlaywrightError):  # it hangs, or has no body
                text = page.locator("body").aria_snapshot(timeout=_AT_THE_END)
                name = untaken(re.split("[?#]", page.url)[0], names)
                journal.tell("page_end", {"name": name, "text": text[:LONGEST_SNAPSHOT]})


def _reason(message: str) -> str:
    """The first line, and the last that the browser itself wrote."""
    lines = message.strip().splitlines()
    own = [line.partition("[err]")[2].strip() for line in lines if "[err]" in line]
    return f"{lines[0]} ({own[-1]})" if own else lines[0]


def _close(context: BrowserContext, journal: Journal) -> None:
    try:
        context.close()
        if context.browser:
            context.browser.close()
    except PlaywrightError:
        journal.tell("environment", {"what": "the browser died"})


def _watch(context: BrowserContext, journal: Journal) -> None:
    def on_page(page: Page) -> None:
        page.on("domcontentloaded", lambda shown: journal.tell("page", shown.url))
        page.on("crash", lambda _: journal.tell("crashed", True))

    for page in context.pages:
        on_page(page)
    context.on("page", on_page)


if __name__ == "__main__":
    main(sys.argv[1])
