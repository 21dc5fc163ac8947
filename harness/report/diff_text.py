"""A comparison on a terminal: every break and risk with its evidence, then what harms nothing, a line each, and the verdict."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from harness.model.change import Change
from harness.model.summary import DiffSummary
from harness.report import diff_words
from harness.report.findings import explanation, place, split
from harness.report.layout import GAP, accepted, cells, fitted, grid, styled
from harness.report.text import line

_WIDTH = 100
_PLACES = 5
_STYLES = {"ask": "yellow", "id": "dim"}


def render_text(summary: DiffSummary) -> str:
    """The report in plain text, for a file: 100 columns, no colour."""
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
    with console.capture() as capture:
        print_diff(summary, console)
    return "".join(f"{text.rstrip()}\n" for text in capture.get().splitlines())


def print_diff(summary: DiffSummary, console: Console) -> None:
    """Print the findings, the worst first, what was accepted, what was not compared, and the verdict."""
    for block in _blocks(summary, console.width):
        console.print(block)
        console.print()
    for said in (*summary.notes, *diff_words.skipped(summary)):
        console.print(Text(line(said), "dim"))
    colour = {True: "bold green", False: "bold red", None: "bold yellow"}[diff_words.passes(summary)]
    console.print(Text.assemble((diff_words.verdict(summary), colour), " " * GAP, (diff_words.tallied(summary), "dim")))


def _blocks(summary: DiffSummary, width: int) -> Iterator[RenderableType]:
    told, infos = split(summary.findings)
    yield from map(_explained, told)
    if infos:
        yield fitted([cells(change)[:4] for change in infos], width)
    if summary.accepted:
        yield fitted([accepted(each) for each in summary.accepted], width)


def _explained(change: Change) -> Table:
    gap = " " * GAP
    where = Text.assemble(line(change.title), gap, line(change.operation), gap, place(change))
    rows = [
        (Text("" if label == "what" else label, "dim"), Text(text, _STYLES.get(label, "")))
        for label, text in explanation(change, most=_PLACES)
    ]
    return grid(2, [(styled(change.level), where), *rows])
