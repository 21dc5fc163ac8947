"""`backfit env …`: what environments leave behind."""

from __future__ import annotations

import typer

from harness.environments.reap import reap_orphans
from harness.record.scratch import remove_left

app = typer.Typer(
    help="Environments: clean up after runs that were killed.",
    epilog="Example: backfit env prune",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def _group() -> None:
    """Keep `prune` a command of its own, though it is the only one."""


@app.command("prune", epilog="Example: backfit env prune")
def prune() -> None:
    """End and remove what a killed run left: processes, containers, networks, folders. Runs that go on are not touched."""
    reaped = [*reap_orphans(), *map(str, remove_left())]
    for line in reaped:
        print(line)
    print(f"{len(reaped)} things removed" if reaped else "nothing was left behind")
