"""`backfit env list` and `backfit env status`: which environments there are, and which are up."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from harness.cli.told import Formats, tell
from harness.environments.spec import Environment
from harness.living.dwellers import Dweller, dwellers, swept
from harness.living.finding import asked_version, each_of
from harness.model.errors import BackfitError
from harness.report.layout import grid
from harness.report.text import duration, line, printable_lines

LIST_EPILOG = """\
Examples:

backfit env list

backfit env list --format json
"""
STATUS_EPILOG = """\
Examples:

backfit env status

backfit env status --format json | jq -r '.up[0].address'
"""


def list_(format_: Formats = None) -> None:
    """List the workspace's environments, and what is up.

    Each with its customer, the upgrade, the plugin, and what it needs to run.
    """
    up = dwellers(Path())
    rows = [_row(file, found, up) for file, found in each_of(Path())]
    tell(format_, lambda console: _print_list(rows, console), lambda: {"environments": rows})


def status(format_: Formats = None) -> None:
    """Say what is up, where, and how it is.

    A system that died comes with its last lines. What a killed keeper left is cleaned up on the way.
    """
    cleaned = swept(Path())
    rows = [_status(each) for each in dwellers(Path())]
    tell(format_, lambda console: _print_status(rows, cleaned, console), lambda: {"up": rows, "cleaned_up": cleaned})


def _row(file: Path, found: Environment | BackfitError, up: Sequence[Dweller]) -> dict[str, Any]:
    if isinstance(found, BackfitError):
        return {"file": str(file), "wrong": str(found)}
    system = found.system
    path = str(found.path.absolute())
    return {
        "file": str(file),
        "name": found.name,
        "customer": found.customer,
        "system": system.name,
        "old": asked_version(system.name, system.old),
        "new": asked_version(system.name, system.new),
        "plugin": found.plugin.name,
        "needs": "docker" if found.needs_docker else "docker or process",
        "up": [each.state.side for each in up if each.state.path == path],
    }


def _print_list(rows: Sequence[dict[str, Any]], console: Console) -> None:
    table = grid(3)
    for row in rows:
        if "wrong" not in row:
            name = Text.assemble(
                (line(row["name"]), "bold"), (f"\n{' and '.join(row['up'])} up", "green") if row["up"] else ""
            )
            needs = ", needs docker" if row["needs"] == "docker" else ""
            plugin = Text.assemble(line(row["plugin"]), (f"\n{line(row['customer'])}{needs}", "dim"))
            table.add_row(name, f"{line(row['system'])}\n{line(row['old'])} → {line(row['new'])}", plugin)
    console.print(table if table.row_count else "no environment below environments/: `backfit init` makes one")
    for row in rows:
        if "wrong" in row:
            console.print(Text(printable_lines(row["wrong"]), "red"), soft_wrap=True)


def _status(each: Dweller) -> dict[str, Any]:
    health, _, last_words = each.health().partition("\n")
    kept = {
        name: value for name, value in asdict(each.state).items() if name not in ("owner", "phase", "log", "folder")
    }
    return {**kept, "address": each.state.address, "health": health, "last_words": last_words}


def _print_status(rows: Sequence[dict[str, Any]], cleaned: Sequence[str], console: Console) -> None:
    for row in rows:
        colour = {"up": "green", "starting": "yellow"}.get(row["health"], "bold red")
        took = duration(time.time() - row["since"])
        head = f"{row['environment']} ({row['side']})"
        console.print(Text.assemble((line(head), "bold"), "   ", (line(row["health"]), colour), f"   for {took}"))
        console.print(
            Padding(grid(2, [(Text(label, "dim"), line(text)) for label, text in _facts(row) if text]), (0, 0, 0, 2))
        )
        if row["last_words"]:
            console.print(Text(printable_lines(row["last_words"]), "dim"), soft_wrap=True)
    for told in cleaned:
        console.print(Text(f"cleaned up: {line(told)}"), soft_wrap=True)
    if not rows:
        console.print("nothing is up: `backfit env up ENVIRONMENT` starts one")


def _facts(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("address", row["address"]),
        ("shim", row["shim"]),
        ("network", "faulty, as the environment says" if row["faults"] else ""),
        ("system", row["url"] if row["front"] else ""),
        ("version", row["version"]),
        ("driver", row["reason"]),
        ("parts", ", ".join(f"{name} {container[:12]}" for name, container in row["containers"].items())),
    ]
