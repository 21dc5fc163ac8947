"""`backfit check`: the whole job for one environment."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.choices import DriverName
from harness.cli.formats import targets
from harness.cli.options import Driver, EnvironmentPath, Frozen
from harness.corridor.check import check as run_check
from harness.corridor.conclusion import exit_code
from harness.corridor.folders import save
from harness.environments.load import load_environment
from harness.report.formats import CHECK_FORMATS, write_check
from harness.report.terminal import progress, render

EPILOG = """\
Examples:

backfit check environments/bike-shop --driver process

backfit check environments/bike-shop --accept-shim --format sarif=backfit.sarif --format markdown=comment.md

Exit codes: 0 the plugin works on the new version, 1 it is broken there (0 with --accept-shim when the shim mends it),
2 a bad file or option, 3 nothing can be said (the environment failed, or the plugin fails on the old version already).
"""


def check(
    environment: EnvironmentPath,
    driver: Driver = DriverName.AUTO,
    frozen: Frozen = False,
    accept_shim: Annotated[
        bool,
        typer.Option("--accept-shim", help="Exit with 0 as well when the plugin is broken but works behind the shim."),
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--save", help="Also keep what was found in contracts/PLUGIN/ and shims/PLUGIN/, to be committed."
        ),
    ] = False,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help=f"Also report as one of {', '.join(CHECK_FORMATS)}. May be given several times; without =FILE one goes to"
            " the terminal, in place of the text.",
        ),
    ] = None,
) -> int:
    """Run the plugin on the old version, on the new one, and on the new one behind a generated shim.

    Everything of the run goes to .backfit/runs/<id>/: recordings, the contract, changes, the shim, and the report (HTML,
    JSON, JUnit). Nothing else is written without --save or --format.
    """
    reports = targets(format_ or [], CHECK_FORMATS)
    with progress(Console(stderr=True)) as tell:
        loaded = load_environment(environment)
        summary = run_check(loaded, driver=driver.value, frozen=frozen, tell=tell)
    told = all(file is not None for _, file in reports)
    if told:
        render(summary, Console())
    for name, file in reports:
        write_check(name, summary, file, Console(), file=_relative(loaded.path))
    if keep:
        saved = [f"saved {file}" for file in save(summary)]
        print(
            "\n".join(saved or ["nothing saved: the plugin fails on the old version already"]),
            file=sys.stdout if told else sys.stderr,
        )
    return exit_code(summary, accept_shim=accept_shim)


def _relative(file: Path) -> str:
    """As a repository knows it, where the command runs in one: what annotations are shown at."""
    with suppress(ValueError):
        return str(file.resolve().relative_to(Path.cwd()))
    return str(file)
