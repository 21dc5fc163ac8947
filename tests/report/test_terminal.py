"""What a person reads first, at every width, in colour and without."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from harness.model.outcome import Result
from harness.model.summary import Accounting, CheckSummary, DiffSummary
from harness.report.terminal import render

GOLDEN = Path(__file__).parent / "golden"
FOLDER = ".backfit/runs/20260302-0900-bike-shop"


def printed(summary: CheckSummary, width: int) -> str:
    """The report as a pipe gets it, without the blanks at the lines' ends."""
    console = Console(file=io.StringIO(), width=width)
    render(replace(summary, folder=FOLDER), console)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(text.rstrip() for text in console.file.getvalue().splitlines()) + "\n"


@pytest.mark.parametrize("width", [80, 100, 120])
def test__render__bike_shop__reads_as_the_golden_text(bike_shop: CheckSummary, width: int) -> None:
    assert printed(bike_shop, width) == (GOLDEN / f"terminal-{width}.txt").read_text()


@pytest.mark.parametrize("width", [40, 80, 120])
def test__render__hostile_words__are_shown_and_never_obeyed(hostile: CheckSummary, width: int) -> None:
    text = printed(hostile, width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", text)
    assert "[bold" in text
    assert max(len(shown) for shown in text.splitlines() if FOLDER not in shown) <= width


def test__render__terminal_without_colour__has_no_colour_codes(bike_shop: CheckSummary) -> None:
    plain, coloured = (
        Console(file=io.StringIO(), width=100, force_terminal=True, color_system="truecolor", no_color=no_color)
        for no_color in (True, False)
    )
    colour = re.compile("\x1b\\[[0-9;]*3[0-9]")
    for console, expected in ((plain, False), (coloured, True)):
        render(bike_shop, console)
        assert isinstance(console.file, io.StringIO)
        assert bool(colour.search(console.file.getvalue())) is expected


def test__render__many_breaks__keeps_the_verdict_on_the_screen(bike_shop: CheckSummary) -> None:
    changes = tuple(replace(bike_shop.changes[-1], path=f"$.field{number}") for number in range(200))
    text = printed(replace(bike_shop, changes=changes), 120)
    assert "and 180 more changes, in the report" in text
    assert len(text.splitlines()) < 90


def test__render__narrow_terminal__keeps_the_path_whole(bike_shop: CheckSummary) -> None:
    assert f"{FOLDER}/report.html\n" in printed(bike_shop, 40)


def test__render__accounting_does_not_add_up__says_so(bike_shop: CheckSummary) -> None:
    assert "recorded" not in printed(bike_shop, 100)
    text = printed(replace(bike_shop, accounting={"new-1": Accounting(31, 22)}), 100)
    assert "new-1: 31 recorded ≠ 22 replayed + 0 skipped" in text


def test__render__accepted_and_skipped__are_told(bike_shop: CheckSummary, upgrade: DiffSummary) -> None:
    text = printed(replace(bike_shop, accepted=upgrade.accepted, skipped={"no answer was recorded": 2}), 120)
    assert (
        "  break     field removed   GET /{database}/{table}.json   $.private   accepted: the plugin hides it, Ann"
        in text
    )
    assert "  skipped   2 exchanges: no answer was recorded\n" in text


def test__render__wrong_leaves__are_not_passed_over(bike_shop: CheckSummary) -> None:
    assert bike_shop.shim is not None
    wrong = replace(bike_shop.shim.agreement[0], wrong=3)
    assert ", 3 wrong" in printed(replace(bike_shop, shim=replace(bike_shop.shim, agreement=(wrong,))), 100)


def test__render__nothing_ran__still_tells_the_verdict(bike_shop: CheckSummary) -> None:
    run = replace(bike_shop.runs[0], result=Result.NOT_RUN, headline="port 8001 is in use")
    text = printed(replace(bike_shop, runs=(run,), changes=(), shim=None), 100)
    assert "not-run   port 8001 is in use" in text
    assert "verdict   broken-shimmed" in text


def test__render__many_operations__are_cut_and_counted(bike_shop: CheckSummary) -> None:
    text = printed(replace(bike_shop, uses=bike_shop.uses * 5), 120)
    assert text.count("  reads     ") == 8
    assert "and 7 more operations, in the report" in text


def test__render__faulty_network__is_a_row_for_each_version(faulty: CheckSummary) -> None:
    text = printed(faulty, 120)
    assert "plugin on old, faulty network   works    0 of 5 runs fail" in text
    assert "plugin on new, faulty network   flaky    2 of 5 runs fail: TimeoutError <b> (2 times)" in text
    assert re.search(r"^  network +plugin-system: 20 % of connections reset$", text, re.M)
