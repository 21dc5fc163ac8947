"""What a scenario with a page is given: where the system is, a camera, a reader of what is on the page, and the extension."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Worker

from harness.record.scenario_runner import Journal, System

PATIENCE = 15_000
"""Milliseconds that one step of a scenario may wait, so that what never comes is told before the time is up."""
LONGEST_SNAPSHOT = 100_000
"""Characters of one page that are kept."""


class BrowserSystem(System):
    """The system in a browser. `extension_id` is None where no extension is loaded."""

    def __init__(
        self, url: str, page: Page, job: Mapping[str, Any], journal: Journal, extension_id: str | None = None
    ) -> None:
        super().__init__(url)
        self._page, self._folder, self._side, self._journal = page, Path(job["folder"]), job["side"], journal
        self._pictures: set[str] = set()
        self._snapshots: set[str] = set()
        self._popup: str = job["popup"]
        self.extension_id = extension_id

    @property
    def pictures(self) -> int:
        """How many screenshots were taken."""
        return len(self._pictures)

    def screenshot(self, name: str) -> None:
        """Keep a picture of the whole page under `name`."""
        stem = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-")[:60] or "page"
        unused = untaken(stem, self._pictures)
        file = f"screenshots/{self._side}-{unused}.png"
        self._page.screenshot(path=self._folder / file, full_page=True, timeout=PATIENCE)
        self._journal.tell("screenshot", {"name": unused, "file": file})

    def snapshot(self, name: str, locator: Locator | None = None) -> str:
        """What the page, or a part of it, is to a screen reader (roles, names, texts, as YAML): a part of the outcome."""
        text = (locator or self._page.locator("body")).aria_snapshot(timeout=PATIENCE)
        self._journal.tell("snapshot", {"name": untaken(name, self._snapshots), "text": text[:LONGEST_SNAPSHOT]})
        return text

    def worker(self) -> Worker:
        """The extension's service worker, once it is there. Raises ValueError where there is no extension."""
        if self.extension_id is None:
            raise ValueError("there is no extension: name its folder under plugin.extension")
        context, own = self._page.context, f"chrome-extension://{self.extension_id}/"
        there = next((worker for worker in context.service_workers if worker.url.startswith(own)), None)
        return there or context.wait_for_event("serviceworker", lambda worker: worker.url.startswith(own))

    def popup(self) -> Page:
        """The extension's popup, opened as a page of its own: to it, the active tab is itself.

        Wait for what it shows with locators: an extension's pages refuse the text that wait_for_function evaluates.
        Raises ValueError where there is no extension, or where it has no popup.
        """
        if not self._popup:
            raise ValueError("there is no extension with a popup (action.default_popup in its manifest)")
        page = self._page.context.new_page()
        page.goto(f"chrome-extension://{self.extension_id}/{self._popup}")
        return page


def untaken(stem: str, names: set[str]) -> str:
    """`stem`, or `stem-2` and so on where it is taken; it is taken from then on."""
    name, number = stem, 1
    while name in names:
        number += 1
        name = f"{stem}-{number}"
    names.add(name)
    return name
