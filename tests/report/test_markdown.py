"""A comment that fits, leads with the worst, and cannot be taken over by what was recorded."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from harness.model.change import Level
from harness.model.outcome import Verdict
from harness.model.summary import CheckSummary, DiffSummary
from harness.report.checked import diff_of
from harness.report.markdown import LIMIT, render_markdown
from tests.report.comparisons import DIFFS

OURS = {"details", "/details", "summary", "/summary", "b", "/b", "code", "/code"}


def foreign(markdown: str) -> set[str]:
    """What the rendered comment has beyond text, lists, code and our own folds."""
    html = MarkdownIt("commonmark", {"html": True}).render(markdown)
    tags = {name.lower() for name in re.findall(r"<(/?[a-zA-Z][a-zA-Z0-9]*)", html)}
    return tags - OURS - {"h3", "/h3", "p", "/p", "ul", "/ul", "li", "/li", "strong", "/strong"}


def test__render_markdown__upgrade__leads_with_the_verdict_and_the_worst(upgrade: DiffSummary) -> None:
    lines = render_markdown(upgrade).split("\n")
    assert lines[0] == "### Backfit · fails: 2 breaks"
    assert lines[2].startswith("`recordings/old.har` → `recordings/new.har`: 2 breaks, 1 risk, 4 infos, 1 accepted")
    text = "\n".join(lines)
    assert "- skipped 3 exchanges: no response was recorded\n" in text
    assert text.index("rows of lists") < text.index("**risk** value changed") < text.index("3 × field removed")
    assert "- differs: `$.values[1].id: 2 → 3`\n" in text
    assert "- question: does the plugin look inside &#36;.facets\\[\\*\\]?\n" in text
    assert "the plugin hides it, Ann, until 2027-01-31" in text
    for change in (*upgrade.findings, *(each.change for each in upgrade.accepted)):
        assert f"`{change.fingerprint}`" in text
    assert text.count("<details>") == text.count("</details>") == 2


def test__render_markdown__many_findings__are_folded_and_cut_with_a_count(upgrade: DiffSummary) -> None:
    text = render_markdown(replace(upgrade, findings=upgrade.findings[:1] * 6))
    assert text.count("**break**") == 5
    assert text.count("<b>break</b>") == 1
    many = replace(upgrade, findings=upgrade.findings[:1] * 700 + upgrade.findings[3:4] * 9)
    text = render_markdown(many)
    assert LIMIT - 2_000 < len(text.encode()) < LIMIT
    told = text.count("**break**") + text.count("<b>break</b>")
    left = re.search(r"\*\*… and ([\d,]+) more, which do not fit", text)
    assert left is not None
    assert told + int(left[1]) == 700 + 9 + len(upgrade.accepted)
    assert text.count("<details>") == text.count("</details>")


@pytest.mark.parametrize("copies", [1, 400])
def test__render_markdown__hostile_words__stay_words_and_fit(hostile_upgrade: DiffSummary, copies: int) -> None:
    text = render_markdown(replace(hostile_upgrade, findings=hostile_upgrade.findings * copies))
    assert len(text.encode()) < LIMIT
    assert foreign(text) == set()


@given(DIFFS)
def test__render_markdown__any_findings__make_no_element_of_their_own(diff: DiffSummary) -> None:
    assert foreign(render_markdown(diff)) == set()


def test__foreign__link_picture_and_element__are_seen() -> None:
    assert foreign("[a](b) ![c](d) <script>") == {"a", "/a", "img", "script"}


def test__render_markdown__nothing_found__says_so() -> None:
    assert render_markdown(DiffSummary("a", "b", ())) == "### Backfit · passes\n\n`a` → `b`: no changes\n\n"


def test__render_markdown__check__tells_the_runs(bike_shop: CheckSummary) -> None:
    text = render_markdown(diff_of(bike_shop, file="environment.yaml"))
    assert text.startswith("### Backfit · broken-shimmed: the new version breaks the plugin, and the shim mends it\n")
    assert "- plugin on new: broken, TypeError: Cannot read properties of undefined" in text
    failed = replace(bike_shop, verdict=Verdict.ENVIRONMENT_FAILED, changes=(), runs=())
    assert "passes" not in render_markdown(diff_of(failed, file="environment.yaml"))
    assert Level.BREAK.value not in render_markdown(diff_of(failed, file="environment.yaml"))


def test__render_markdown__of_a_check__lists_what_the_plugin_reads(bike_shop: CheckSummary) -> None:
    text = render_markdown(diff_of(bike_shop, file="x"))
    assert "<details><summary>What the plugin reads: 3 operations, 9 places, 4 needed</summary>" in text
    assert "- `GET /{database}/{table}.json` `$.columns`, `$.rows`\n" in text
    assert "- `POST /-/log` nothing of its answers is read\n" in text
    assert "What the plugin reads" not in render_markdown(diff_of(replace(bike_shop, uses=()), file="x"))
