"""The page in a real browser: it shows everything, needs nothing, and obeys nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from harness.model.outcome import Verdict
from harness.model.summary import Accounting, CheckSummary, DiffSummary
from harness.report.html import render_html, write_html
from tests.report.readers import Parsed


def test__render_html__bike_shop__tells_the_whole_story(bike_shop: CheckSummary) -> None:
    text = Parsed(render_html(bike_shop)).text
    for expected in (
        "the new version breaks the plugin, and the shim mends it",
        "datasette 0.64.8 → 1.0a41",
        "Cannot read properties of undefined (reading 'forEach')",
        "at renderChart",
        "the same outcome as on old",
        "product.points 20 0 20",
        "rows of lists became objects",
        '{"id": 1, "name": "Roadster 3", "price": 899.0, "stock": 7}',
        "4 × field removed, 1 × field added: none of them read by the plugin",
        "3 operations, 9 places, 4 needed",
        "$.columns[*] read × 160 enumerated × 8 /-/static-plugins/chartjs/chart.js:32:20",
        "$.rows[*] read × 4,400 needed (null)",
        "3 places that are taken along, asked for, or not missed",
        "1 call, nothing of its answers is read",
        "2 calls, nobody watched what is read: every place counts as read",
        "$.human_description_en",
        "- objects-to-rows : {at:",
        "$.columns, when $.rows is empty",
        "without 15.8 % with 99.6 %",
        "31 recorded = 22 replayed + 9 skipped",
        "docker, because an engine answers",
        "the clock of the host was not changed",
    ):
        assert expected in text.replace("objects-to-rows:", "objects-to-rows :"), expected


def test__render_html__observations_that_differ_past_what_is_shown__differ(bike_shop: CheckSummary) -> None:
    long = ("x" * 500 + "y" + "x" * 499, "x" * 1000, "x" * 1000)
    runs = tuple(replace(run, observations={"log": seen}) for run, seen in zip(bike_shop.runs, long, strict=True))
    assert "the same on every side" not in render_html(replace(bike_shop, runs=runs))
    runs = tuple(
        replace(run, observations={"n": seen}) for run, seen in zip(bike_shop.runs, (1, 1.0, True), strict=True)
    )
    assert "the same on every side" not in render_html(replace(bike_shop, runs=runs))


def test__render_html__hostile_words__make_no_element_and_no_attribute(hostile: CheckSummary) -> None:
    page = Parsed(render_html(hostile))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "iframe", "object", "embed", "link", "base", "form"}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert (attributes.get("src") or "data:").startswith("data:")
    assert "</script><img src=x onerror=alert(1)>\"'" in page.text
    assert "{{ 7 * 7 }}" in page.text


def test__render_html__environment_failed__claims_nothing(bike_shop: CheckSummary) -> None:
    failed = replace(bike_shop, verdict=Verdict.ENVIRONMENT_FAILED, runs=(), changes=(), shim=None, accounting={})
    text = Parsed(render_html(replace(failed, notes=("no space left on device",)))).text
    assert "Nothing that could break" not in text
    assert "no space left on device" in text


def test__render_html__accepted_and_skipped__are_told(bike_shop: CheckSummary, upgrade: DiffSummary) -> None:
    text = Parsed(
        render_html(replace(bike_shop, accepted=upgrade.accepted, skipped={"no answer was recorded": 2}))
    ).text
    assert "the plugin hides it, Ann, until 2027-01-31" in text
    assert "skipped 2 exchanges: no answer was recorded" in text
    assert "Accepted" not in Parsed(render_html(bike_shop)).text


def test__render_html__accounting_does_not_add_up__says_so(bike_shop: CheckSummary) -> None:
    assert "does not add up" not in render_html(bike_shop)
    assert "does not add up" in render_html(replace(bike_shop, accounting={"new-1": Accounting(3, 1)}))


@dataclass(frozen=True)
class Opened:
    """A page in the browser, and what it did while it was opened."""

    page: Page
    complaints: list[str]
    requests: list[str]


def opened(browser: Browser, file: Path, width: int = 1280) -> Opened:
    """`file` in a fresh page, with everything that it says or asks for."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    result = Opened(page, [], [])
    page.on("console", lambda message: result.complaints.append(message.text))
    page.on("pageerror", lambda error: result.complaints.append(str(error)))
    page.on("dialog", lambda dialog: result.complaints.append(dialog.message))
    page.on("request", lambda request: result.requests.append(request.url[:40]))
    page.goto(file.as_uri(), wait_until="load")
    return result


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("which", ["bike_shop", "hostile"])
def test__write_html__opened_in_chromium__is_quiet_whole_and_fits(
    browser: Browser, which: str, width: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    write_html(request.getfixturevalue(which), tmp_path / "report.html")
    shown = opened(browser, tmp_path / "report.html", width)
    assert shown.complaints == []
    assert [url for url in shown.requests if not re.match("file:|data:", url)] == []
    assert sum(url.startswith("file:") for url in shown.requests) == 1
    images = shown.page.locator("figure img")
    assert images.count() == 3
    for image in images.all():
        assert image.is_visible()
        assert image.evaluate("image => image.naturalWidth") == 64
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.page.evaluate("getComputedStyle(document.querySelector('.badge')).borderRadius") == "99px"
    shown.page.close()


@pytest.mark.browser
def test__write_html__screenshot_clicked__fills_the_window_and_goes_back(
    browser: Browser, bike_shop: CheckSummary, tmp_path: Path
) -> None:
    write_html(bike_shop, tmp_path / "report.html")
    page = opened(browser, tmp_path / "report.html").page
    image = page.locator("figure img").nth(1)
    for expected in (True, False):
        image.click()
        box = image.bounding_box()
        assert box is not None
        assert (box["width"] == 1280) is expected
    page.close()


def test__render_html__faulty_network__is_a_card_for_each_version(faulty: CheckSummary) -> None:
    text = render_html(faulty)
    assert "on new, faulty network" in text
    assert "2 of 5 runs fail: TimeoutError &lt;b&gt; (2 times)" in text
    assert "20 % of connections reset" in text
