"""The page of a comparison: everything is on it, nothing of it is obeyed, and it fits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from playwright.sync_api import Browser

from harness.model.summary import DiffSummary
from harness.report.diff_html import render_diff_html
from tests.report.comparisons import DIFFS
from tests.report.readers import Parsed


def test__render_diff_html__upgrade__tells_everything(upgrade: DiffSummary) -> None:
    text = Parsed(render_diff_html(upgrade)).text
    for expected in (
        "recordings/old.har → recordings/new.har",
        "fails: 2 breaks",
        "2 breaks, 1 risk, 4 infos, 1 accepted, 22 pairs compared",
        "2 of 4 operations are not in reads.yaml",
        "skipped 3 exchanges: no response was recorded",
        "and 1 more place GET /{database}/top_products.json $.facets[*]",
        "in it, at $.values[1].id old 2 new 3",
        "does the plugin look inside $.facets[*]?",
        "3 × field removed, 1 × field added: none of them read by the plugin",
        "the plugin hides it, Ann, until 2027-01-31",
        "backfit accept FINGERPRINT --reason TEXT",
        "A field that OLD had is gone.",
        *(change.fingerprint for change in upgrade.findings),
    ):
        assert expected in text, expected


def assert_harmless(page: str) -> None:
    """No element and no attribute but the page's own."""
    for tag, attributes in Parsed(page).elements:
        assert tag not in {"script", "iframe", "object", "embed", "link", "base", "form", "img", "a"}
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "href"}], tag


def test__render_diff_html__hostile_words__make_no_element_and_no_attribute(hostile_upgrade: DiffSummary) -> None:
    page = render_diff_html(hostile_upgrade)
    assert_harmless(page)
    assert "</script><img src=x onerror=alert(1)>\"'" in Parsed(page).text
    assert "… 200 more" in Parsed(page).text
    assert not re.search("[\x00-\x08\x0b-\x1f\u2028\u202e\ud800-\udfff]", page)


@settings(max_examples=40)
@given(DIFFS)
def test__render_diff_html__any_findings__are_harmless(diff: DiffSummary) -> None:
    assert_harmless(render_diff_html(diff))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 420])
@pytest.mark.parametrize("which", ["upgrade", "hostile_upgrade"])
def test__render_diff_html__opened_in_chromium__is_quiet_styled_and_fits(
    browser: Browser, which: str, width: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "diff.html"
    file.write_text(render_diff_html(request.getfixturevalue(which)))
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda sent: None if sent.url == file.as_uri() else complaints.append(sent.url))
    page.goto(file.as_uri(), wait_until="load")
    assert page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.badge')).borderRadius") == "99px"
    assert complaints == []
    page.close()
