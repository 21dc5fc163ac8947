"""`backfit env diff`: what differs between two environments, two locks, or an environment and its lock."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.cli.told import Formats, tell
from harness.environments.load import load_environment
from harness.environments.lock.file import read_lock
from harness.environments.spec import Environment
from harness.environments.spec.lock import Lock
from harness.model.errors import BadFile, ExitCode
from harness.parity.between import Difference, between
from harness.parity.described import Described, asked_of_environment, asked_of_lock, environment_facts, lock_facts
from harness.report.text import count

EPILOG = """\
Examples:

backfit env diff environments/bike-shop environments/bike-shop-paris

backfit env diff environments/bike-shop environments/bike-shop/environment.lock

An environment and a lock: whether the lock still is one of what the environment asks for. Two environments: all that they
say, the contents of the files that they name, and what is locked where both are.
Exit codes: 0 they are the same, 1 they differ, 2 a bad file or option.
"""

_NOTHING = "–"

Side = Annotated[
    Path, typer.Argument(metavar="ENVIRONMENT|LOCK", help="An environment's folder or file, or an environment.lock.")
]


def diff(one: Side, other: Side, format_: Formats = None) -> int:
    """Say what differs between two environments or locks, by group, each with its weight."""
    differences = between(*_described(_read(one), _read(other)))

    def show(console: Console) -> None:
        _show(differences, str(one), str(other), console)

    def value() -> dict[str, Any]:
        return {"one": str(one), "other": str(other), "differences": [asdict(each) for each in differences]}

    tell(format_, show, value)
    return ExitCode.BREAKING if differences else ExitCode.SAFE


def _read(path: Path) -> Environment | Lock:
    if path.suffix != ".lock":
        return load_environment(path)
    lock = read_lock(path)
    if lock is None:
        raise BadFile("there is no such lock", where=str(path), hint="`backfit env lock ENVIRONMENT` makes it")
    return lock


def _described(one: Environment | Lock, other: Environment | Lock) -> tuple[Described, Described]:
    """The two in the words that both of them have."""
    if isinstance(one, Environment) and isinstance(other, Environment):
        if one.lock is None or other.lock is None:
            return environment_facts(one.with_lock(None)), environment_facts(other.with_lock(None))
        return environment_facts(one), environment_facts(other)
    if isinstance(one, Lock) and isinstance(other, Lock):
        return lock_facts(one), lock_facts(other)
    if isinstance(one, Environment):
        assert isinstance(other, Lock)
        return asked_of_environment(one, other), asked_of_lock(other)
    assert isinstance(other, Environment)
    return asked_of_lock(one), asked_of_environment(other, one)


def _show(differences: list[Difference], one: str, other: str, console: Console) -> None:
    if not differences:
        console.print("no difference")
        return
    for group, members in groupby(differences, key=lambda each: each.group):
        table = Table(box=None, pad_edge=False, show_header=False, title=Text(group), title_justify="left")
        for each in members:
            said = (each.weight.value, each.name, each.before or _NOTHING, "→", each.after or _NOTHING)
            table.add_row(*map(Text, said))
        console.print(table)
        console.print()
    console.print(Text(f"{count(len(differences), 'difference')}: {one} → {other}"))
