"""Tracking is not felt: what plugins and real libraries do with answers comes out the same, and is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from harness.environments.store import cache_folder
from harness.record.offline import resolve_offline
from tests.reads.conftest import Uses, browser, context, site, tracked, used
from tests.reads.site import HTML, JSON, Answer, Site
from tests.stories.tracked_libraries import SHOWN, Shown

__all__ = ["browser", "context", "site"]

pytestmark = [pytest.mark.browser, pytest.mark.npm]

PAGES = Path(__file__).parents[1] / "reads" / "pages"
NPM = {
    "lodash.js": "npm:lodash@4.17.21/lodash.min.js",
    "jquery.js": "npm:jquery@3.7.1/dist/jquery.min.js",
    "vue.js": "npm:vue@3.5.13/dist/vue.global.prod.js",
    "axios.js": "npm:axios@1.13.2/dist/axios.min.js",
    "dexie.js": "npm:dexie@4.2.1/dist/dexie.min.js",
    "immer.mjs": "npm:immer@10.1.1/dist/immer.production.mjs",
}
ITEMS = {
    "items": [
        {"id": n, "name": f"Item {n}", "price": 9.5 + n, "tags": ["x", "y"], "owner": {"first": "Ann", "last": "Lee"}}
        for n in (1, 2, 3)
    ],
    "total": 3,
}
REFUSED_BY_NAIVE = {
    *("ident", "incl", "map", "structuredClone", "scNested", "postMessage", "winpost", "worker", "pushState", "idb"),
    *("freeze", "vueReactive", "immer", "immerFreeze", "dexie"),
}


def got(spec: str) -> Path:
    return resolve_offline(PAGES, spec, cache_folder())


def compatibility(site: Site) -> None:
    scripts = [f"/npm/{name}" for name in NPM if name.endswith(".js")] + ["/compatibility.js"]
    site.routes |= {f"/npm/{name}": got(spec) for name, spec in NPM.items()}
    site.routes |= {"/compatibility.js": PAGES / "compatibility.js", "/api/items": (json.dumps(ITEMS).encode(), JSON)}
    site.routes["/"] = ("".join(f"<script src={name}></script>" for name in scripts).encode(), HTML)


def test__operations__on_tracked_answers__come_out_as_on_plain_ones(context: BrowserContext, site: Site) -> None:
    compatibility(site)
    visit = tracked(context, site)
    visit.page.goto(site.url)
    outcomes = visit.page.evaluate("compared()")
    assert len(outcomes) == 67
    assert {name: pair for name, pair in outcomes.items() if pair[0] != pair[1]} == {}
    assert not any("threw" in plain for plain, _ in outcomes.values())
    uses = used(visit.told().accesses, "/api/items")
    assert uses["$.items[*].name"] == "copied enumerated read serialised tested"
    assert uses["$.items[*].nope"] == "missing"


def test__operations__on_naive_proxies__do_not(context: BrowserContext, site: Site) -> None:
    compatibility(site)
    context.add_init_script(path=PAGES / "naive.js")
    page = context.new_page()
    page.goto(site.url)
    outcomes = page.evaluate("compared()")
    assert {name for name, (plain, naive) in outcomes.items() if plain != naive} == REFUSED_BY_NAIVE


def page_of(shown: Shown, site: Site) -> None:
    scripts = {f"/npm/{number}.js": got(spec) for number, spec in enumerate(shown.scripts)}
    tags = "".join(f"<script src={name}></script>" for name in scripts)
    at = "<table id=at></table>" if "DataTable" in shown.does else "<div id=at></div>"
    page: Answer = (f"<!doctype html><body>{tags}{at}<script>let done = false;{shown.does}</script>".encode(), HTML)
    site.routes |= {"/": page, "/data": (json.dumps(shown.data).encode(), JSON), **scripts}


@pytest.mark.parametrize("name", SHOWN)
def test__library__that_shows_an_answer__shows_the_same_and_its_reads_are_told(
    context: BrowserContext, site: Site, name: str
) -> None:
    shown = SHOWN[name]
    page_of(shown, site)
    plain = text_of(context.new_page(), site)
    visit = tracked(context, site)
    assert text_of(visit.page, site) == plain
    assert len(plain) > 10
    uses = used(visit.told().accesses, "/data")
    assert {place for place in shown.reads if not _is_used(uses, place)} == set()
    assert {place for place in shown.not_read if _is_used(uses, place)} == set()


def text_of(page: Page, site: Site) -> str:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.goto(site.url)
    page.wait_for_function("done")
    assert errors == []
    return page.locator("body").inner_text()


def _is_used(uses: Uses, place: str) -> bool:
    return bool(set(uses.get(place, "").split()) - {"missing", "tested"})
