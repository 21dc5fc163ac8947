"""The formats of a report, by name: each is a pure function from a summary to text, and this is where the text goes somewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from rich.console import Console

from harness.atomic import write_atomically
from harness.model.errors import UsageError
from harness.model.summary import CheckSummary, DiffSummary
from harness.report.checked import diff_of
from harness.report.diff_html import render_diff_html
from harness.report.diff_junit import render_diff_junit
from harness.report.diff_report import render_json
from harness.report.diff_text import print_diff, render_text
from harness.report.github import render_github
from harness.report.html import render_html
from harness.report.json_report import render_check_json
from harness.report.junit import render_junit
from harness.report.markdown import render_markdown
from harness.report.sarif import render_sarif

FORMATS: Mapping[str, Callable[[DiffSummary], str]] = {
    "text": render_text,
    "json": render_json,
    "junit": render_diff_junit,
    "sarif": render_sarif,
    "github": render_github,
    "markdown": render_markdown,
    "html": render_diff_html,
}
"""Those of `backfit diff`. The texts can be encoded, and are the same for the same summary."""

CHECK_FORMATS = tuple(name for name in FORMATS if name != "text")
"""Those of `backfit check`, which prints its own text."""

_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


def render_report(name: str, summary: DiffSummary) -> str:
    """The report in the format `name`. Raises UsageError for a name that is none of FORMATS."""
    _known(name, FORMATS)
    return FORMATS[name](summary)


def render_check(name: str, check: CheckSummary, *, file: str) -> str:
    """A check in the format `name`; `file` is the environment's, at which annotations are shown. Raises UsageError.

    JSON, JUnit and the page are those of the run's folder; the others tell the changes, and the runs as notes.
    """
    _known(name, CHECK_FORMATS)
    match name:
        case "json":
            return render_check_json(check)
        case "junit":
            return render_junit([check])
        case "html":
            return render_html(check)
        case _:
            return FORMATS[name](diff_of(check, file=file))


def write_report(name: str, summary: DiffSummary, target: Path | None, console: Console) -> None:
    """Write the report to `target`, whole or not at all, or to the console for None. Raises BackfitError.

    Text for a console has its width and colours. `github` also appends the Markdown to the file that GITHUB_STEP_SUMMARY
    names, where it is set: GitHub shows that on the run's page.
    """
    if name == "text" and target is None:
        print_diff(summary, console)
        return
    _deliver(render_report(name, summary), target, console)
    if name == "github":
        _to_step_summary(summary)


def write_check(name: str, check: CheckSummary, target: Path | None, console: Console, *, file: str) -> None:
    """The same for a check."""
    _deliver(render_check(name, check, file=file), target, console)
    if name == "github":
        _to_step_summary(diff_of(check, file=file))


def _deliver(text: str, target: Path | None, console: Console) -> None:
    if target is None:
        console.file.write(text)
    else:
        write_atomically(target, [text.encode()])


def _known(name: str, formats: Iterable[str]) -> None:
    names = list(formats)
    if name not in names:
        near = get_close_matches(name, names, 1)
        meant = f"did you mean '{near[0]}'?  " if near else ""
        raise UsageError(f"unknown format '{name}'", hint=f"{meant}known: {', '.join(names)}")


def _to_step_summary(summary: DiffSummary) -> None:
    file = os.environ.get(_STEP_SUMMARY)
    if not file:
        return
    try:
        with Path(file).open("ab") as stream:  # other steps have written to it
            stream.write(render_markdown(summary).encode())
    except OSError as error:
        hint = f"unset {_STEP_SUMMARY}, or name a file that you may write to"
        raise UsageError(f"the step's summary cannot be written: {error.strerror}", where=file, hint=hint) from error
