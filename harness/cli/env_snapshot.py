"""`backfit env snapshot` and `backfit env restore`: the data of what is up, kept under a name, and brought back."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.env_words import OneSide, Running
from harness.living.dwellers import the_one
from harness.living.snapshots import bring_back, take
from harness.report.text import duration

EPILOG = """Example: backfit env snapshot hospital before-import"""
RESTORE_EPILOG = """Example: backfit env restore hospital before-import"""

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the snapshot is called.")]


def snapshot(environment: Running, name: Name, side: OneSide = None) -> None:
    """Keep the data of what is up, under a name.

    That is the data of every service and the system's working folder. With docker it goes to .backfit/snapshots/ and can
    be brought back tomorrow, into the same version of the same environment; with processes it ends with them.
    """
    begun = time.monotonic()
    there = the_one(environment, side, Path())
    file = take(there, name, Path())
    where = file or f"until {there.state.name} is taken down"
    print(f"{name} is kept: {where}  {duration(time.monotonic() - begun)}")


def restore(environment: Running, name: Name, side: OneSide = None) -> None:
    """Bring a snapshot's data back, in the place of what is there."""
    begun = time.monotonic()
    there = the_one(environment, side, Path())
    address = bring_back(there, name, Path())
    print(f"{there.state.name} is as {name} has it: {address}  {duration(time.monotonic() - begun)}")
