"""`backfit env down`: the end of what `backfit env up` started."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.cli.env_words import OneSide
from harness.living.dwellers import called, dwellers, swept

EPILOG = """\
Examples:

backfit env down bike-shop

backfit env down --all
"""


def down(
    environment: Annotated[
        str | None, typer.Argument(metavar="ENVIRONMENT", help="An environment that is up: its name, folder or file.")
    ] = None,
    side: OneSide = None,
    everything: Annotated[bool, typer.Option("--all", help="All that is up in this workspace.")] = False,
) -> None:
    """End what `backfit env up` started.

    System, services and shim, with all that they made: both versions, unless --side says which.
    """
    if everything == (environment is not None):
        raise typer.BadParameter("name an environment, or say --all")
    found = dwellers(Path()) if environment is None else called(environment, side, Path())
    for each in found:
        each.down()
        print(f"{each.state.name} is down")
    for line in swept(Path()):
        print(f"cleaned up: {line}")
    if not found:
        print("nothing is up")
