"""The report that a person reads first: a check's outcome in one screen, in colour or plain, at any width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harness.model.change import Change, Level
from harness.model.outcome import FaultyRuns, PluginRun, Result
from harness.model.reads import OperationUse
from harness.model.summary import CheckSummary, ShimSummary
from harness.report import words
from harness.report.findings import apart, split, stands, tally
from harness.report.layout import GAP, LABEL, accepted, cells, fitted, grid, styled
from harness.report.outcomes import complaints
from harness.report.progress import progress
from harness.report.text import count, line, percent, printable
from harness.report.uses import in_one_line

__all__ = ["progress", "render"]

_MARGIN = 2
_OPERATIONS = 8
_SHOWN = 20
"""More changes than this would push the plugin's runs off the screen; the page lists them all."""


def render(summary: CheckSummary, console: Console) -> None:
    """Print a check: headline, the plugin's runs, the changes worst first, the shim, what is lost, the page's path."""
    blocks: list[RenderableType] = [_flow(_headline(summary), console.width)]
    blocks += [_indented(_runs(summary.runs, summary.faulty))] if summary.runs else []
    blocks += [_indented(_changes(summary.changes, console.width - _MARGIN))] if summary.changes else []
    waived = [accepted(each) for each in summary.accepted]
    blocks += [_indented(fitted(waived, console.width - _MARGIN))] if waived else []
    for block in blocks:
        console.print(block)
        console.print()
    console.print(_indented(grid(2, [(Text(label, "dim"), text) for label, text in _closing(summary)])))
    _print_path("report", Path(summary.folder) / "report.html", console)


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
        if used and used + GAP + item.cell_len > width:
            flowing.append("\n" + " " * _MARGIN)
            used = _MARGIN
        elif used:
            flowing.append(" " * GAP)
            used += GAP
        flowing.append_text(item)
        used += item.cell_len
    return flowing


def _runs(runs: Sequence[PluginRun], faulty: Sequence[FaultyRuns]) -> Table:
    table = grid(3)
    for run in runs:
        body = Text(line(run.headline))
        body.append_text(_unsaid_errors(run))
        table.add_row(f"plugin on {words.SIDES[run.side]}", styled(run.result), body)
    for each in faulty:
        table.add_row(words.faulty(each), styled(each.result), Text(line(each.headline)))
    return table


def _unsaid_errors(run: PluginRun) -> Text:
    """The first error that the headline does not already tell, of a plugin that broke."""
    if run.result not in (Result.BROKEN, Result.FLAKY):
        return Text()
    unsaid = [error for error in complaints(run) if error.split("\n")[0] not in run.headline]
    if not unsaid:
        return Text()
    more = f" (and {count(len(unsaid) - 1, 'more error')})" if len(unsaid) > 1 else ""
    return Text(f"\n{line(unsaid[0])}{more}", "dim")


def _changes(changes: Sequence[Change], width: int) -> Table:
    told, infos = split(changes)
    closing = grid(2)
    if len(told) > _SHOWN:
        closing.add_row("…", f"and {count(len(told) - _SHOWN, 'more change')}, in the report")
    for group in apart(infos):
        closing.add_row(styled(Level.INFO), Text(tally(group)))
    blocks = Table.grid()
    if told:
        blocks.add_row(fitted([cells(change) for change in told[:_SHOWN]], width))
    if closing.row_count:
        blocks.add_row(closing)
    return blocks


def _closing(summary: CheckSummary) -> Iterable[tuple[str, Text]]:
    yield "verdict", Text(f"{summary.verdict}: {summary.verdict.sentence}", "bold")
    if summary.shim is not None:
        yield from _shim(summary.shim, summary.changes)
    yield from _uses(summary.uses)
    for faults in dict.fromkeys(each.faults for each in summary.faulty):
        yield "network", Text(line(faults))
    for name, accounting in summary.accounting.items():
        if not accounting.adds_up:
            yield "calls", Text(f"{line(name)}: {words.accounted(accounting)}", "red")
    for reason, number in summary.skipped.items():
        yield "skipped", Text(f"{count(number, 'exchange')}: {line(reason)}")
    for note in summary.notes:
        yield "note", Text(line(note))


def _uses(uses: Sequence[OperationUse]) -> Iterable[tuple[str, Text]]:
    """What the plugin reads, a line an operation: the page and `backfit contract show` have it all."""
    for use in uses[:_OPERATIONS]:
        yield "reads", Text.assemble(line(use.operation), " " * GAP, (in_one_line(use), "" if use.watched else "dim"))
    if len(uses) > _OPERATIONS:
        yield "", Text(f"and {count(len(uses) - _OPERATIONS, 'more operation')}, in the report", "dim")


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


def _indented(block: RenderableType) -> Padding:
    return Padding(block, (0, 0, 0, _MARGIN))


def _print_path(label: str, path: Path, console: Console) -> None:
    """A path stays on one line however narrow the terminal is, so that it can be copied."""
    text = Text.assemble(" " * _MARGIN, (label.ljust(LABEL), "dim"), " " * GAP, printable(str(path)))
    console.print(text, soft_wrap=True)
