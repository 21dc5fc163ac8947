"""A comparison on a terminal, at the widths that people have."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from harness.model.summary import DiffSummary
from harness.report.diff_text import print_diff, render_text

GOLDEN = Path(__file__).parent / "golden"


def printed(diff: DiffSummary, width: int) -> str:
    """The report as a pipe gets it, without the blanks at the lines' ends."""
    console = Console(file=io.StringIO(), width=width)
    with console.capture() as capture:
        print_diff(diff, console)
    return "\n".join(text.rstrip() for text in capture.get().splitlines()) + "\n"


@pytest.mark.parametrize("width", [80, 100, 200])
def test__print_diff__upgrade__reads_as_the_golden_text(upgrade: DiffSummary, width: int) -> None:
    assert printed(upgrade, width) == (GOLDEN / f"diff-{width}.txt").read_text()


def test__render_text__for_a_file__is_plain_and_100_wide(upgrade: DiffSummary) -> None:
    assert render_text(upgrade) == (GOLDEN / "diff-100.txt").read_text()


@pytest.mark.parametrize("width", [40, 80, 200])
def test__print_diff__hostile_words__are_shown_and_never_obeyed(hostile_upgrade: DiffSummary, width: int) -> None:
    text = printed(hostile_upgrade, width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", text)
    assert max(map(len, text.splitlines())) <= width


def test__print_diff__nothing_found__passes() -> None:
    assert printed(DiffSummary("a", "b", ()), 80) == "passes   no changes\n"


def test__print_diff__a_declared_change__shows_no_sample(upgrade: DiffSummary) -> None:
    change = upgrade.findings[0]
    declared = replace(change, old=None, new=None, support=replace(change.support, pairs=0))
    text = printed(replace(upgrade, findings=(declared,), accepted=()), 100)
    assert "pairs," not in text.split("\n\n")[0]
    assert "absent" not in text


@pytest.mark.parametrize(
    ("unread", "lines"),
    [
        (1, ["info      field removed   GET /{database}/{table}.json   $.p0"]),
        (2, ["info      2 × field removed: none of them read by the plugin", "          $.p0, $.p1"]),
        (
            8,
            [
                "info      8 × field removed: none of them read by the plugin",
                "          $.p0, $.p1, $.p2, $.p3, $.p4, $.p5 and 2 more places",
            ],
        ),
    ],
)
def test__print_diff__what_is_not_read__is_one_line(upgrade: DiffSummary, unread: int, lines: list[str]) -> None:
    info = next(each for each in upgrade.findings if each.title == "field removed" and each.level == "info")
    many = tuple(replace(info, path=f"$.p{at}") for at in range(unread))
    assert printed(replace(upgrade, findings=many), 100).splitlines()[: len(lines)] == lines
