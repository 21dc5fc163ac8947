from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from harness.record.browser import ARGUMENTS, NO_PROXY, find_browser
from harness.record.journal import read_journal
from harness.record.page_events import listen
from harness.record.scenario_runner import Journal
from harness.record.watching import Watcher
from tests.record.raw_server import RawServer, head_of, http

pytestmark = pytest.mark.browser

_PAGES = {
    "/": "<!doctype html><p>A page",
    "/lost": "<!doctype html><script>lost()</script>",
    "/file": "content",
}


def answer(request: bytes) -> bytes:
    path = head_of(request)[0].split()[1]
    if path == "/file":
        return http(b"content", "Content-Type: text/csv", "Content-Disposition: attachment; filename=list.csv")
    found = path in _PAGES
    return http(_PAGES.get(path, "").encode(), "Content-Type: text/html", status="200 OK" if found else "404 Not Found")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS, NO_PROXY])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize(
    ("does", "event", "told"),
    [
        ("fetch('/missing')", "failed_request", "GET http://system.test/missing: 404"),
        ("fetch('http://127.0.0.1:1/')", "failed_request", "GET http://127.0.0.1:1/: net::ERR_UNSAFE_PORT"),
        ("setTimeout(() => { throw new TypeError('late') })", "page_error", "TypeError: late"),
        ("setTimeout(() => { throw 'a text' })", "page_error", "a text"),
        ("void Promise.reject(new RangeError('far'))", "page_error", "RangeError: far"),
        ("console.error('said', 7)", "console_error", "said 7"),
        ("location = '/lost'", "page_error", "ReferenceError: lost is not defined"),
        ("location = '/file'", "download", "list.csv from http://system.test/file"),
    ],
)
def test__listen__to_what_a_page_does__tells_it_as_devtools_would(
    tmp_path: Path, page: Page, does: str, event: str, told: str
) -> None:
    context = page.context.browser.new_context()  # type: ignore[union-attr]
    listen(context, Watcher(Journal(str(tmp_path / "journal")), lambda _: None).heard)
    with RawServer(answer) as system:
        own = context.new_page()
        own.goto(system.url)
        own.evaluate(f"() => {{ {does} }}")
        own.wait_for_timeout(300)
        events = read_journal(tmp_path / "journal", system.url)
        context.close()
    texts = [each["text"] if isinstance(each, dict) else each for each in events[event]]
    assert told in texts, events
