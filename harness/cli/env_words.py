"""Arguments and options that the commands of `backfit env` share."""

from __future__ import annotations

from typing import Annotated

import typer

from harness.cli.choices import SideOption

Named = Annotated[
    str, typer.Argument(metavar="ENVIRONMENT", help="Its name in this workspace, its folder, or its environment.yaml.")
]
Running = Annotated[
    str, typer.Argument(metavar="ENVIRONMENT", help="An environment that is up: its name, folder or file.")
]
ServiceName = Annotated[
    str, typer.Argument(metavar="SERVICE", show_default=False, help="A service by its name; without one, the system.")
]
OneSide = Annotated[SideOption | None, typer.Option("--side", help="Which version, where both are up.")]
