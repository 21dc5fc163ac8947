"""Columns that fit."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from harness.model.summary import CheckSummary
from harness.report.layout import cells, fitted


@pytest.mark.parametrize(("width", "lines"), [(140, 2), (60, 4)])
def test__fitted__narrow_terminal__gives_each_change_lines_of_its_own(
    bike_shop: CheckSummary, width: int, lines: int
) -> None:
    console = Console(file=io.StringIO(), width=width)
    with console.capture() as capture:
        console.print(fitted([cells(change)[:4] for change in bike_shop.changes[-2:]], width))
    shown = capture.get().splitlines()
    assert max(map(len, shown)) <= width
    assert len(shown) == lines
