"""`backfit check`: the whole job for one environment."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.corridor.check import check as run_check
from harness.corridor.conclusion import exit_code
from harness.corridor.folders import save
from harness.environments.load import load_environment
from harness.report.terminal import progress, render

EPILOG = """\
Example: backfit check environments/bike-shop --driver process

Exit codes: 0 the plugin works on the new version, 1 it is broken there (0 with --accept-shim when the shim mends it),
2 a bad file or option, 3 nothing can be said (the environment failed, or the plugin fails on the old version already).
"""


class DriverName(StrEnum):
    """How the two versions are brought up."""

    AUTO = "auto"
    DOCKER = "docker"
    PROCESS = "process"


def check(
    environment: Annotated[
        Path, typer.Argument(metavar="ENVIRONMENT", help="An environment's folder or its environment.yaml.")
    ],
    driver: Annotated[
        DriverName, typer.Option("--driver", help="auto takes docker where an engine answers, else plain processes.")
    ] = DriverName.AUTO,
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
) -> int:
    """Run the plugin on the old version, on the new one, and on the new one behind a generated shim.

    Everything of the run goes to .backfit/runs/<id>/: recordings, the contract, changes, the shim, and the report (HTML,
    JSON, JUnit). Nothing else is written without --save.
    """
    with progress(Console(stderr=True)) as tell:
        summary = run_check(load_environment(environment), driver=driver.value, tell=tell)
    render(summary, Console())
    if keep:
        saved = [f"saved {file}" for file in save(summary)]
        print("\n".join(saved or ["nothing saved: the plugin fails on the old version already"]))
    return exit_code(summary, accept_shim=accept_shim)
