"""A Chromium for all tests of a module, and plugins run in its pages with the tracker on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from harness.model.json_text import Json
from harness.model.reads import Access
from harness.reads.lines import Told, told
from harness.reads.pages import BINDING, FLUSH, PUSH_PATH, page_script
from harness.record.browser import ARGUMENTS, find_browser
from tests.reads.site import HTML, JSON, SCRIPT, Answer, Site, served

Uses = Mapping[str, str]
"""A place to the ops seen there, in alphabetical order: `read tested`."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        yield started
        started.close()


@dataclass
class Visit:
    """A page that is open, and what its trackers told so far, by whatever way."""

    page: Page
    site: Site
    bound: bytearray = field(default_factory=bytearray)

    def told(self, *, settled: bool = True) -> Told:
        """All that was told, what is still to come included; not `settled` where some comes from where we cannot ask."""
        for frame in self.page.frames:
            frame.evaluate(FLUSH)
        for worker in self.page.workers:
            worker.evaluate(FLUSH)
        if not settled:
            self.page.wait_for_timeout(400)
        return told(bytes(self.bound + self.site.pushed).splitlines(keepends=True))


def used(accesses: Sequence[Access], asked: str | int) -> Uses:
    """What was done with the answers of a path, whatever its query, or of whatever had the query `?17`."""
    places: dict[str, set[str]] = {}
    for access in accesses:
        parts = urlsplit(access.url)
        if asked in (parts.path, int(parts.query) if parts.query.isdigit() else None):
            places.setdefault(access.place, set()).add(access.op.value)
    return {place: " ".join(sorted(ops)) for place, ops in sorted(places.items())}


def tracked(context: BrowserContext, site: Site, scripts: Sequence[str] = (), *, bound: bool = True) -> Visit:
    """A page of `context` with the tracker in it, told through a binding or by POST."""
    visit = Visit(context.new_page(), site)
    if bound:
        context.expose_binding(BINDING, lambda _, lines: visit.bound.extend(lines.encode()))
    context.add_init_script(page_script(scripts, site.url + PUSH_PATH))
    return visit


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield context
    context.close()


def plugin(script: str) -> dict[str, Answer]:
    """A page with one script, in which `run` is what the plugin does when it is called."""
    return {"/": (b"<!doctype html><script src=/plugin.js></script>", HTML), "/plugin.js": (script.encode(), SCRIPT)}


def answers(**values: Json) -> dict[str, Answer]:
    return {f"/{name}": (json.dumps(value).encode(), JSON) for name, value in values.items()}


@pytest.fixture
def site() -> Iterator[Site]:
    with served({}) as made:
        yield made
