"""A comparison as GitHub's workflow commands: an annotation for each break and risk, the rest in a group of the log.

The escapes are those that the runner undoes (actions/runner, ActionCommand.cs). A recording's text never starts a command.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.model.change import Change, Level
from harness.model.summary import DiffSummary
from harness.report import diff_words
from harness.report.findings import head, place, split, told
from harness.report.text import line

_COMMANDS = {Level.BREAK: "error", Level.RISK: "warning"}


def render_github(summary: DiffSummary) -> str:
    """What a step prints. GitHub shows the first ten errors and warnings of a step; the log has them all."""
    return "".join(f"{each}\n" for each in _lines(summary))


def _lines(summary: DiffSummary) -> Iterator[str]:
    loud, infos = split(summary.findings)
    yield from (_annotation(change, diff_words.file(summary)) for change in loud)
    quiet = [*map(_where, infos), *_accepted(summary), *map(line, summary.notes), *diff_words.skipped(summary)]
    if quiet:
        yield f"::group::{_data(f'Backfit, {diff_words.compared(summary)}: what fails nothing')}"
        yield from (f"- {_inert(each)}" for each in quiet)
        yield "::endgroup::"
    yield f"Backfit · {_inert(diff_words.verdict(summary))} ({_inert(diff_words.tallied(summary))})"


def _annotation(change: Change, file: str) -> str:
    properties = f"title={_property(head(change))},file={_property(line(file))}"
    return f"::{_COMMANDS[change.level]} {properties}::{_data(chr(10).join(told(change)))}"


def _accepted(summary: DiffSummary) -> Iterator[str]:
    for each in summary.accepted:
        yield f"{_where(each.change)}  accepted: {diff_words.acceptance(each)}"


def _where(change: Change) -> str:
    return f"{change.level}  {line(change.title)}  {line(change.operation)}  {place(change)}"


def _inert(text: str) -> str:
    """A line of the log: `::` commands only where a line begins, but the older `##[` anywhere in it."""
    return text.replace("##[", "## [")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
