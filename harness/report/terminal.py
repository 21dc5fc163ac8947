"""The report that a person reads first: a check's outcome in one screen, in colour or plain, at any width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harness.model.change import Change, Level, Undone
from harness.model.outcome import PluginRun, Result
from harness.model.summary import CheckSummary, ShimSummary
from harness.report import words
from harness.report.findings import level_counts, place, remedy, samples, split, stands, tally
from harness.report.progress import progress
from harness.report.text import count, line, percent, printable

__all__ = ["progress", "render", "render_changes"]

_STYLES: Mapping[str, str] = {
    Level.BREAK: "bold red",
    Level.RISK: "yellow",
    Level.INFO: "cyan",
    Result.WORKS: "bold green",
    Result.BROKEN: "bold red",
    Result.NOT_RUN: "yellow",
    Undone.UNDONE: "green",
    Undone.PARTLY: "yellow",
    Undone.LOST: "red",
}
_MARGIN = 2
_GAP = 3
_LABEL = len("verdict")
_SHOWN = 20
"""More changes than this would push the plugin's runs off the screen; the page lists them all."""
_LAST = 28
"""Cells that a last column needs to wrap well."""


def render(summary: CheckSummary, console: Console) -> None:
    """Print a check: headline, the plugin's runs, the changes worst first, the shim, what is lost, the page's path."""
    blocks: list[RenderableType] = [_flow(_headline(summary), console.width)]
    blocks += [_indented(_runs(summary.runs))] if summary.runs else []
    blocks += [_indented(_changes(summary.changes, console.width - _MARGIN))] if summary.changes else []
    for block in blocks:
        console.print(block)
        console.print()
    console.print(_indented(_grid(2, [(Text(label, "dim"), text) for label, text in _closing(summary)])))
    _print_path("report", Path(summary.folder) / "report.html", console)


def render_changes(changes: Sequence[Change], console: Console, *, skipped: Mapping[str, int] | None = None) -> None:
    """Print changes with their samples and reasons, worst first; infos one a line; then the counts of each level.

    `skipped` maps a reason to how many exchanges were left out of the comparison.
    """
    told, infos = split(changes)
    blocks = [_explained(change) for change in told]
    blocks += [_fitted([_cells(change)[:4] for change in infos], console.width)] if infos else []
    for block in blocks:
        console.print(block)
        console.print()
    console.print(Text(level_counts(changes), "bold"))
    for reason, number in (skipped or {}).items():
        console.print(Text(f"skipped {count(number, 'exchange')}: {line(reason)}", "dim"))


def _headline(summary: CheckSummary) -> list[Text]:
    return [
        Text(line(summary.environment), "bold"),
        Text(line(words.upgrade(summary))),
        Text(f"plugin {line(words.plugin(summary))}"),
        Text(line(words.driver(summary)), "dim"),
    ]


def _flow(items: Iterable[Text], width: int) -> Text:
    """The items three spaces apart, going to the next line as a whole where one does not fit."""
    flowing = Text()
    used = 0
    for item in items:
        if used and used + _GAP + item.cell_len > width:
            flowing.append("\n" + " " * _MARGIN)
            used = _MARGIN
        elif used:
            flowing.append(" " * _GAP)
            used += _GAP
        flowing.append_text(item)
        used += item.cell_len
    return flowing


def _runs(runs: Sequence[PluginRun]) -> Table:
    table = _grid(3)
    for run in runs:
        body = Text(line(run.headline))
        body.append_text(_unsaid_errors(run))
        table.add_row(f"plugin on {words.SIDES[run.side]}", _styled(run.result), body)
    return table


def _unsaid_errors(run: PluginRun) -> Text:
    """The first error that the headline does not already tell, of a plugin that broke."""
    if run.result is not Result.BROKEN:
        return Text()
    unsaid = [error for error in (*run.page_errors, *run.console_errors) if error.split("\n")[0] not in run.headline]
    if not unsaid:
        return Text()
    more = f" (and {count(len(unsaid) - 1, 'more error')})" if len(unsaid) > 1 else ""
    return Text(f"\n{line(unsaid[0])}{more}", "dim")


def _changes(changes: Sequence[Change], width: int) -> Table:
    told, infos = split(changes)
    closing = _grid(2)
    if len(told) > _SHOWN:
        closing.add_row("…", f"and {count(len(told) - _SHOWN, 'more change')}, in the report")
    if infos:
        closing.add_row(_styled(Level.INFO), Text(tally(infos)))
    blocks = Table.grid()
    if told:
        blocks.add_row(_fitted([_cells(change) for change in told[:_SHOWN]], width))
    if closing.row_count:
        blocks.add_row(closing)
    return blocks


def _fitted(rows: Sequence[Sequence[Text]], width: int) -> Table:
    """A line a change where that leaves the last column room to wrap well, else each change on lines of its own."""
    _, *widths = (max(cell.cell_len for cell in column) for column in zip(*rows, strict=True))
    natural = _LABEL + sum(_GAP + width for width in widths[:-1]) + _GAP + min(widths[-1], _LAST)
    if natural <= width:
        return _grid(len(rows[0]), rows)
    return _grid(2, [(level, _folded(cells)) for level, *cells in rows])


def _cells(change: Change) -> list[Text]:
    return [
        _styled(change.level),
        Text(line(change.title)),
        Text(line(change.operation)),
        Text(place(change)),
        _remedy(change),
    ]


def _folded(cells: Sequence[Text]) -> Text:
    title, operation, path, *rest = cells
    where = Text.assemble(operation, " " * _GAP, path)
    return Text("\n").join([title, where, *(text for text in rest if text)])


def _explained(change: Change) -> Table:
    old, new = samples(change, 200)
    why = f"{line(change.reason)} ({change.support})"
    details = [("", line(change.message)), ("old", old), ("new", new), ("why", why), ("shim", remedy(change))]
    rows = [(Text(label, "dim"), Text(text)) for label, text in details if text]
    return _grid(2, [(_styled(change.level), _where(change)), *rows])


def _where(change: Change) -> Text:
    gap = " " * _GAP
    return Text.assemble(line(change.title), gap, line(change.operation), gap, place(change))


def _remedy(change: Change) -> Text:
    said = Text(remedy(change))
    said.stylize(_STYLES.get(change.undone, ""), 0, len(change.undone.value))
    return said


def _closing(summary: CheckSummary) -> Iterable[tuple[str, Text]]:
    yield "verdict", Text(f"{summary.verdict}: {summary.verdict.sentence}", "bold")
    if summary.shim is not None:
        yield from _shim(summary.shim, summary.changes)
    for name, accounting in summary.accounting.items():
        if not accounting.adds_up:
            yield "calls", Text(f"{line(name)}: {words.accounted(accounting)}", "red")
    for note in summary.notes:
        yield "note", Text(line(note))


def _shim(shim: ShimSummary, changes: Sequence[Change]) -> Iterable[tuple[str, Text]]:
    standing = sum(map(stands, changes))
    left = f"{count(standing, 'break')} not undone" if standing else "every break undone"
    yield "shim", Text(f"{line(shim.file)}   {count(shim.steps, 'step')}, {count(shim.pairs, 'pair')}, {left}")
    total = words.total(shim.agreement)
    if total.leaves:
        before, after = percent(total.equal_before, total.leaves), percent(total.equal_after, total.leaves)
        wrong = (f", {total.wrong:,} wrong", "bold red") if total.wrong else ""
        yield "replay", Text.assemble(f"{after} of {total.leaves:,} leaves equal old, {before} without the shim", wrong)
    yield from (("lost", Text(line(loss), "yellow")) for loss in shim.lost)
    yield from (("unsure", Text(line(doubt), "yellow")) for doubt in shim.ambiguous)


def _styled(word: Level | Result) -> Text:
    return Text(word.value, _STYLES[word])


def _grid(columns: int, rows: Iterable[Sequence[RenderableType]] = ()) -> Table:
    """Columns of which only the last one wraps; the first is wide enough for every label, so that blocks line up."""
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for column in range(columns):
        table.add_column(no_wrap=column < columns - 1, overflow="fold", min_width=0 if column else _LABEL)
    for row in rows:
        table.add_row(*row)
    return table


def _indented(block: RenderableType) -> Padding:
    return Padding(block, (0, 0, 0, _MARGIN))


def _print_path(label: str, path: Path, console: Console) -> None:
    """A path stays on one line however narrow the terminal is, so that it can be copied."""
    text = Text.assemble(" " * _MARGIN, (label.ljust(_LABEL), "dim"), " " * _GAP, printable(str(path)))
    console.print(text, soft_wrap=True)
