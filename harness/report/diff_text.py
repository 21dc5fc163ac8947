"""A comparison on a terminal: every break and risk with its evidence, then what harms nothing, a line each, and the verdict."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from harness.model.change import Change, Level
from harness.model.summary import DiffSummary
from harness.report import diff_words
from harness.report.findings import apart, explanation, is_unread, place, split, tally
from harness.report.layout import GAP, accepted, cells, fitted, grid, styled
from harness.report.text import count, line

_WIDTH = 100
_PLACES = 5
_NAMED = 6
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
    for group in apart(infos):
        if len(group) > 1 and is_unread(group[0]):
            yield _unread(group)
        else:
            yield fitted([cells(change)[:4] for change in group], width)
    if summary.accepted:
        yield fitted([accepted(each) for each in summary.accepted], width)


def _unread(changes: Sequence[Change]) -> Table:
    """One line for all that the plugin does not read, and where the first of them are."""
    places = dict.fromkeys(place(change) for change in changes)
    more = f" and {count(len(places) - _NAMED, 'more place')}" if len(places) > _NAMED else ""
    named = ", ".join(list(places)[:_NAMED]) + more
    return grid(2, [(styled(Level.INFO), Text(tally(changes))), ("", Text(named, "dim"))])


def _explained(change: Change) -> Table:
    gap = " " * GAP
    where = Text.assemble(line(change.title), gap, line(change.operation), gap, place(change))
    rows = [
        (Text("" if label == "what" else label, "dim"), Text(text, _STYLES.get(label, "")))
        for label, text in explanation(change, most=_PLACES)
    ]
    return grid(2, [(styled(change.level), where), *rows])
