"""`backfit ablate`: what of the old version's answers the plugin needs, found out by taking it away."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from harness.ablation.needs import Needs
from harness.ablation.needs_file import as_json
from harness.ablation.telling import rows, summary, together
from harness.cli.choices import DriverName
from harness.cli.formats import targets
from harness.cli.options import Driver, EnvironmentPath, Frozen
from harness.cli.told import Formats, tell
from harness.corridor.ablating import NEEDS, Ablated, ablated
from harness.environments.load import load_environment
from harness.model.errors import ExitCode, UsageError
from harness.model.reads import Need
from harness.report.layout import grid
from harness.report.terminal import progress
from harness.report.text import line

EPILOG = """\
Examples:

backfit ablate environments/home-monitor --budget 5m

backfit ablate environments/back-office --jobs 4 --format json=needs.json

Exit codes: 0 it was found out, 2 a bad file or option, 3 nothing can be said (the environment failed, or the plugin's outcome on
the old version varies by itself).
"""

_BUDGET = re.compile(r"(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?(?:(?P<seconds>\d+)s)?")
_STYLES = {Need.NEEDED: "bold red", Need.TOLERATED: "green", Need.UNOBSERVED: "yellow"}


def ablate(
    environment: EnvironmentPath,
    driver: Driver = DriverName.AUTO,
    frozen: Frozen = False,
    budget: Annotated[
        str | None,
        typer.Option(
            "--budget", metavar="TIME", help="The most time to take, such as 90s, 5m or 1h30m. [default: as it needs]"
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", min=1, help="Runs at once. [default: half as many as processors]"),
    ] = None,
    save: Annotated[
        bool,
        typer.Option(
            "--save", help="Also keep the contract, with the needs in it, in contracts/PLUGIN/, to be committed."
        ),
    ] = False,
    format_: Formats = None,
) -> int:
    """Run the plugin on the old version with parts of the answers removed, null or of another type, and see what it needs.

    What the plugin was seen to read is tried first. The result goes to needs.json in .backfit/runs/<id>/, after every run: Ctrl-C
    keeps what was found.
    """
    seconds = _seconds(budget) if budget is not None else None
    targets(format_ or [], ("text", "json"))  # a mistake there is told now, and not after all the runs
    with progress(Console(stderr=True)) as say:
        loaded = load_environment(environment)
        found = ablated(
            loaded,
            driver=driver.value,
            frozen=frozen,
            workspace=Path(),
            jobs=jobs or max(1, (os.cpu_count() or 1) // 2),
            budget=seconds,
            save=save,
            tell=say,
        )
    tell(format_, lambda console: _print(found, console), lambda: as_json(found.needs))
    return ExitCode.SAFE if _knows_something(found.needs) else ExitCode.INDETERMINATE


def _seconds(text: str) -> float:
    """Of `90s`, `5m`, `1h30m`. Raises UsageError."""
    found = _BUDGET.fullmatch(text)
    parts = {name: int(value) for name, value in found.groupdict().items() if value} if found else {}
    seconds = 3600 * parts.get("hours", 0) + 60 * parts.get("minutes", 0) + parts.get("seconds", 0)
    if not seconds:
        raise UsageError(f"--budget is a time, not {text!r}", hint="such as 90s, 5m or 1h30m")
    return float(seconds)


def _knows_something(needs: Needs) -> bool:
    """Whether a place was observed, or there was none."""
    observed = needs.count(Need.NEEDED) + needs.count(Need.TOLERATED)
    return bool(observed) or (needs.stopped is None and not needs.operations)


def _print(found: Ablated, console: Console) -> None:
    needs = found.needs
    for operation, places in sorted(needs.operations.items()):
        console.print(Text(line(operation), "bold"), soft_wrap=True)
        told = [
            (Text(row.need, _STYLES[row.need]), Text(line(row.place)), Text(line(row.text))) for row in rows(places)
        ]
        console.print(Padding(grid(3, told), (0, 0, 1, 2)))
    for group in needs.together:
        console.print(Text(line(together(group))))
    for remark in needs.remarks:
        console.print(Text(line(remark)))
    console.print(Text(summary(needs)))
    if needs.stopped:
        console.print(Text(line(f"not all was tried: {needs.stopped}"), "yellow"))
    console.print(Text(line(str(found.folder / NEEDS))), soft_wrap=True)
    for file in found.saved:
        console.print(Text(line(f"saved {file}")), soft_wrap=True)
