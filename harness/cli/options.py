"""Options that several commands have alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.cli.choices import DriverName

EnvironmentPath = Annotated[
    Path, typer.Argument(metavar="ENVIRONMENT", help="An environment's folder or its environment.yaml.")
]
Driver = Annotated[
    DriverName, typer.Option("--driver", help="auto takes docker where an engine answers, else plain processes.")
]
Frozen = Annotated[
    bool,
    typer.Option(
        "--frozen",
        help="Refuse to run where anything is not as environment.lock says (see backfit env lock).",
    ),
]
