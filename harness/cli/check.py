"""`backfit check`: the whole job for one environment."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.corridor import check as run_check
from harness.corridor import exit_code
from harness.environments.load import load_environment
from harness.report.terminal import progress, render

EPILOG = """Example: backfit check environments/bike-shop --driver process"""


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
) -> int:
    """Run the plugin on the old version, on the new one, and on the new one behind a generated shim.

    Everything of the run goes to .backfit/runs/<id>/: recordings, changes, the shim, and the report (HTML, JSON, JUnit).
    """
    with progress(Console(stderr=True)) as tell:
        summary = run_check(load_environment(environment), driver=driver.value, tell=tell)
    render(summary, Console())
    return exit_code(summary, accept_shim=accept_shim)
