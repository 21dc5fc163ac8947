from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from harness.model.summary import CheckSummary
from harness.report.uses_text import USES_FORMATS, print_uses

GOLDEN = Path(__file__).parent / "golden"


def printed(summary: CheckSummary, width: int) -> str:
    """The report as a pipe gets it, without the blanks at the lines' ends."""
    console = Console(file=io.StringIO(), width=width)
    print_uses(summary.plugin, summary.uses, console)
    assert isinstance(console.file, io.StringIO)
    return "".join(f"{text.rstrip()}\n" for text in console.file.getvalue().splitlines())


@pytest.mark.parametrize("width", [80, 120])
def test__print_uses__bike_shop__reads_as_the_golden_text(bike_shop: CheckSummary, width: int) -> None:
    assert printed(bike_shop, width) == (GOLDEN / f"uses-{width}.txt").read_text()


def test__uses_formats__text__is_plain(bike_shop: CheckSummary) -> None:
    assert USES_FORMATS["text"](bike_shop.plugin, bike_shop.uses) == printed(bike_shop, 100)


@pytest.mark.parametrize("name", [*USES_FORMATS])
def test__uses_formats__hostile_words__are_shown_and_never_obeyed(hostile: CheckSummary, name: str) -> None:
    text = USES_FORMATS[name](hostile.plugin, hostile.uses)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", text) or name == "json"
    text.encode()


def test__uses_formats__json__has_every_place(bike_shop: CheckSummary) -> None:
    said = json.loads(USES_FORMATS["json"](bike_shop.plugin, bike_shop.uses))
    assert said["plugin"] == "datasette-chartjs"
    first = said["operations"][0]
    assert (first["operation"], first["calls"], first["watched"]) == ("GET /{database}/{table}.json", 22, True)
    assert first["places"][0]["need"] == {"removed": "needed", "null": "needed"}


def test__uses_formats__markdown__is_a_table_an_operation(bike_shop: CheckSummary, hostile: CheckSummary) -> None:
    markdown = MarkdownIt("commonmark").enable("table")
    html = markdown.render(USES_FORMATS["markdown"](bike_shop.plugin, bike_shop.uses))
    assert html.count("<table>") == 2
    assert "<td><code>$.rows[*]</code></td>\n<td>read × 4,400</td>\n<td>needed (null)</td>" in html
    bad = markdown.render(USES_FORMATS["markdown"](hostile.plugin, hostile.uses))
    assert "<img" not in bad
    assert {row.count("<td>") for row in bad.split("<tr>") if "<td>" in row} == {4}
