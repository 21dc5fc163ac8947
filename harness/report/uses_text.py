"""What a plugin reads and needs, an operation after another, a line a place: on a terminal, as Markdown, and for programs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harness.model.json_text import serialize
from harness.model.reads import Need, OperationUse
from harness.report.json_report import as_json
from harness.report.layout import GAP, grid
from harness.report.markdown_text import code, prose
from harness.report.text import line
from harness.report.uses import Row, called, summary, told

_STYLES = {Need.NEEDED: "bold red", Need.TOLERATED: "green", Need.UNOBSERVED: "dim"}
_WIDTH = 100
_MARGIN = 2
_LAST = 40
"""Cells that the last column needs to wrap well."""


def print_uses(title: str, uses: Sequence[OperationUse], console: Console) -> None:
    """Print all that is known of a plugin called `title`."""
    console.print(Text.assemble((line(title), "bold"), " " * GAP, (summary(uses), "dim")), soft_wrap=True)
    for use in uses:
        console.print()
        head = Text.assemble((line(use.operation), "bold"), " " * GAP, (called(use), "dim"))
        console.print(head, soft_wrap=True)
        shown, others = told(use)
        if shown:
            console.print(Padding(_table(shown, console.width), (0, 0, 0, _MARGIN)))
        if others:
            console.print(Padding(Text(f"and {others}", "dim"), (0, 0, 0, _MARGIN)))


def _table(found: Sequence[Row], width: int) -> Table:
    """A column for needs only where something is known of them; places on lines of their own where the terminal is narrow."""
    has_needs = any(each.said for each in found)
    cells = [_cells(each, has_needs) for each in found]
    *widths, last = (max(cell.cell_len for cell in column) for column in zip(*cells, strict=True))
    if sum(GAP + each for each in widths) + min(last, _LAST) <= width - _MARGIN:
        return grid(len(cells[0]), cells)
    return grid(1, [[Text("\n").join([place, Text("  ") + _joined(rest)])] for place, *rest in cells])


def _cells(row: Row, has_needs: bool) -> list[Text]:
    needed = [Text(row.said, _STYLES[row.need] if row.need else "")] if has_needs else []
    return [Text(row.place), Text(", ".join(row.ops)), *needed, Text(_where(row), "dim")]


def _joined(cells: Iterable[Text]) -> Text:
    return Text(" " * GAP).join([each for each in cells if each])


def _where(row: Row) -> str:
    """The first place in the code; JSON and Markdown have the others."""
    more = f" and {len(row.where) - 1} more" if len(row.where) > 1 else ""
    return f"{row.where[0]}{more}" if row.where else ""


def _text(title: str, uses: Sequence[OperationUse]) -> str:
    """In 100 columns, without colours."""
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
    with console.capture() as capture:
        print_uses(title, uses, console)
    return "".join(f"{text.rstrip()}\n" for text in capture.get().splitlines())


def _json(title: str, uses: Sequence[OperationUse]) -> str:
    return serialize({"plugin": title, "operations": as_json(uses)}).decode() + "\n"


def _markdown(title: str, uses: Sequence[OperationUse]) -> str:
    """A table an operation."""
    return "".join([f"## {prose(title)}\n\n{prose(summary(uses))}\n", *map(_section, uses)])


def _section(use: OperationUse) -> str:
    shown, others = told(use)
    after = f"\nAnd {prose(others)}.\n" if others else ""
    return f"\n### {code(use.operation)}\n\n{prose(called(use))}\n{''.join(_markdown_table(shown))}{after}"


def _markdown_table(found: Sequence[Row]) -> Iterator[str]:
    if found:
        yield "\n| place | how | without it | where |\n|---|---|---|---|\n"
        for row in found:
            cells = (_cell(code(row.place)), ", ".join(row.ops), row.said, _cell(", ".join(map(code, row.where))))
            yield f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    """A bar ends a cell, even one in a code span (GFM section 4.10)."""
    return text.replace("|", r"\|")


USES_FORMATS: Mapping[str, Callable[[str, Sequence[OperationUse]], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
}
"""From a plugin's name and what it uses to text, by the format's name."""
