"""A page that parses and shows 500 kB, with read tracking and without: what the tracker costs, in one browser, in turns."""

from __future__ import annotations

import json
from functools import cache
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from harness.reads.pages import BINDING, PUSH_PATH, page_script
from harness.record.browser import ARGUMENTS, find_browser
from tests.reads.site import HTML, JSON, Site, served

ROUNDS = 9
_ROWS = [
    {"id": n, "name": f"Item {n}", "price": n + 0.5, "tags": ["x", "y"], "owner": {"first": "Ann", "last": "Lee"}}
    for n in range(4500)
]
_PAGE = b"""<!doctype html><table></table><script>
globalThis.milliseconds = async () => {
  const answer = await fetch("/data");
  const start = performance.now();
  const { items } = await answer.json();
  const cells = items.map((item) => `<td>${item.id}<td>${item.name}<td>${item.price}<td>${item.owner.first}<td>${item.tags}`);
  document.querySelector("table").innerHTML = cells.slice(0, 50).map((row) => `<tr>${row}`).join("");
  return performance.now() - start;
};
</script>"""


def milliseconds_more() -> float:
    """How much longer the page takes with tracking on: the median round of each."""
    plain, tracked = _measured()
    return tracked - plain


def times_as_long() -> float:
    """The same as a ratio."""
    plain, tracked = _measured()
    return tracked / plain


@cache
def _measured() -> tuple[float, float]:
    body = json.dumps({"items": _ROWS}).encode()
    with served({"/": (_PAGE, HTML), "/data": (body, JSON)}) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        pages = _opened(browser, site, None), _opened(browser, site, page_script([], site.url + PUSH_PATH))
        rounds = [[page.evaluate("milliseconds()") for page in pages] for _ in range(ROUNDS)]
        browser.close()
    plain, tracked = zip(*rounds, strict=True)
    return median(plain), median(tracked)


def _opened(browser: Browser, site: Site, script: str | None) -> Page:
    context = browser.new_context()
    if script:
        context.expose_binding(BINDING, lambda _, __: None)
        context.add_init_script(script)
    page = context.new_page()
    page.goto(site.url)
    return page
