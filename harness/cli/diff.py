"""`backfit diff`: what changed between two recordings."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from harness.changes.findings import findings, skipped
from harness.changes.study import study
from harness.cli.files import NewAgain, NewHar, OldAgain, OldHar, recording
from harness.model.change import Level
from harness.model.errors import ExitCode
from harness.record.har import read_har
from harness.report.diff_report import changes_as_json
from harness.report.terminal import progress, render_changes

EPILOG = """Example: backfit diff old.har new.har --old-again old-2.har --new-again new-2.har"""


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


def diff(
    old: OldHar,
    new: NewHar,
    old_again: OldAgain = None,
    new_again: NewAgain = None,
    format_: Annotated[Format, typer.Option("--format", help="text for people, json for programs.")] = Format.TEXT,
) -> int:
    """Say what changed between two recordings, each change once, the worst first.

    Calls pair by their `_backfit.id`, else by order within method and path. Exits with 1 when a change would break a
    plugin that reads everything.
    """
    with progress(Console(stderr=True)) as tell:
        tell("reading")
        before, after = read_har(old), read_har(new)
        found = study(before, after, recording(old_again), recording(new_again), tell=tell)
    changes = findings(found)
    if format_ is Format.JSON:
        sys.stdout.write(json.dumps(changes_as_json(changes, skipped(found)), indent=2) + "\n")
    else:
        render_changes(changes, Console(), skipped=skipped(found))
    breaking = any(change.level is Level.BREAK for change in changes)
    return ExitCode.BREAKING if breaking else ExitCode.SAFE
