"""`backfit env up`: a side that stays up for a person.

The keeper is woken first, and loads what it needs while this loads what it needs: hence the imports inside.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli.choices import DriverName
from harness.cli.env_words import Named
from harness.cli.options import Driver, Frozen
from harness.living.waking import awake

if TYPE_CHECKING:
    from harness.environments.spec import SideName
    from harness.living.moving_in import Settled
    from harness.living.place import State

EPILOG = """\
Examples:

backfit env up bike-shop

backfit env up environments/bike-shop --side new --shim shims/datasette-chartjs/0.64.8..1.0a41.shim.yaml --port 8080

Exit codes: 0 it is up (or was already), 2 a bad file or option, 3 it does not start: its last lines and a hint are told.
"""


class Sides(StrEnum):
    """What is brought up."""

    OLD = "old"
    NEW = "new"
    BOTH = "both"


_SIDES: Mapping[Sides, Sequence[SideName]] = {Sides.OLD: ("old",), Sides.NEW: ("new",), Sides.BOTH: ("old", "new")}


def up(
    environment: Named,
    side: Annotated[
        Sides, typer.Option("--side", help="The version before the upgrade, after it, or both.")
    ] = Sides.OLD,
    shim: Annotated[
        Path | None, typer.Option("--shim", metavar="FILE", help="Put this shim before the new version.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="Reach it at this port of 127.0.0.1, not at its own."),
    ] = None,
    driver: Driver = DriverName.AUTO,
    frozen: Frozen = False,
    faults: Annotated[
        bool,
        typer.Option("--faults", help="With all on the path that `network:` says is wrong; a schedule begins now."),
    ] = False,
) -> None:
    """Start a customer's system, and leave it running.

    It goes on when this command and its terminal have ended, until `backfit env down`. With Ctrl-C before it is up, nothing
    is left.
    """
    begun = time.monotonic()
    with awake() as keeper:
        from rich.console import Console

        from harness.environments.load import load_environment
        from harness.living.finding import path_of
        from harness.living.moving_in import Wish, bring_up
        from harness.report.progress import progress
        from harness.report.text import printable_lines

        wish = Wish(driver.value, shim, port, frozen, faults)
        with progress(Console(stderr=True), keep=True) as tell:
            loaded = load_environment(path_of(environment, Path()))
            settled = bring_up(loaded, _SIDES[side], wish, keeper=keeper, tell=tell)
    print(printable_lines("\n".join(_told(settled, time.monotonic() - begun))))


def _told(settled: list[Settled], seconds: float) -> Iterator[str]:
    from harness.report.text import duration

    for each in settled:
        state = each.state
        was = "is up already" if each.before else "is up"
        yield f"{state.name} {was}: {state.address}"
        if state.front:
            yield f"  {_before(state)}the system itself is at {state.url}"
        yield f"  {state.version}   {state.reason}"
    one = settled[0].state
    which = f" --side {one.side}" if len(settled) == 1 else ""
    yield f"  {duration(seconds)}; `backfit env down {one.environment}{which}` ends it"


def _before(state: State) -> str:
    shim = f"behind {state.shim}, " if state.shim else ""
    return f"on the customer's faulty network, {shim}" if state.faults else shim
