"""How a terminal shows findings, and the columns that it shows them in: the same in a check and in a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from harness.model.change import Change, Level, Undone
from harness.model.outcome import Result
from harness.model.summary import Accepted
from harness.report.diff_words import acceptance
from harness.report.findings import place, remedy
from harness.report.text import line

GAP = 3
LABEL = len("verdict")
_LAST = 28
"""Cells that a last column needs to wrap well."""
_STYLES: Mapping[str, str] = {
    Level.BREAK: "bold red",
    Level.RISK: "yellow",
    Level.INFO: "cyan",
    Result.WORKS: "bold green",
    Result.BROKEN: "bold red",
    Result.FLAKY: "yellow",
    Result.NOT_RUN: "yellow",
    Undone.UNDONE: "green",
    Undone.PARTLY: "yellow",
    Undone.LOST: "red",
}


def grid(columns: int, rows: Iterable[Sequence[RenderableType]] = ()) -> Table:
    """Columns of which only the last one wraps; the first is wide enough for every label, so that blocks line up."""
    table = Table.grid(padding=(0, GAP, 0, 0))
    for column in range(columns):
        table.add_column(no_wrap=column < columns - 1, overflow="fold", min_width=0 if column else LABEL)
    for row in rows:
        table.add_row(*row)
    return table


def fitted(rows: Sequence[Sequence[Text]], width: int) -> Table:
    """A line a change where that leaves the last column room to wrap well, else each change on lines of its own."""
    _, *widths = (max(cell.cell_len for cell in column) for column in zip(*rows, strict=True))
    natural = LABEL + sum(GAP + width for width in widths[:-1]) + GAP + min(widths[-1], _LAST)
    if natural <= width:
        return grid(len(rows[0]), rows)
    return grid(2, [(level, _folded(cells)) for level, *cells in rows])


def cells(change: Change) -> list[Text]:
    """A change in one row: its level, title, operation, place, and what the shim does about it."""
    said = Text(remedy(change))
    said.stylize(_STYLES.get(change.undone, ""), 0, len(change.undone.value))
    return [
        styled(change.level),
        Text(line(change.title)),
        Text(line(change.operation)),
        Text(place(change)),
        said,
    ]


def accepted(each: Accepted) -> list[Text]:
    """An accepted change in one row: in place of the remedy, why."""
    said = Text(f"accepted: {acceptance(each)}")
    return [Text(cell.plain, "dim") for cell in (*cells(each.change)[:4], said)]


def styled(word: Level | Result) -> Text:
    """A word in its own colour."""
    return Text(word.value, _STYLES[word])


def _folded(row: Sequence[Text]) -> Text:
    title, operation, path, *rest = row
    where = Text.assemble(operation, " " * GAP, path)
    return Text("\n").join([title, where, *(text for text in rest if text)])
