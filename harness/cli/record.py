"""`backfit record`: what the plugin calls, and what it reads of the answers, kept as a recording and a contract."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.choices import DriverName
from harness.cli.options import Driver, EnvironmentPath, Frozen
from harness.corridor.recording import Recorded
from harness.corridor.recording import record as run_record
from harness.environments.load import load_environment
from harness.model.outcome import Result
from harness.record.setting import Reached
from harness.replay.selection import reason_to_skip
from harness.report.terminal import progress
from harness.report.text import printable_lines

EPILOG = """\
Examples:

backfit record environments/bike-shop --save

backfit record environments/bike-shop --manual

Exit codes: 0 recorded, 1 the plugin fails in its scenario (what it did is kept all the same), 2 a bad file or option, 3 the
environment failed.
"""


class SideOption(StrEnum):
    """Which version to record."""

    OLD = "old"
    NEW = "new"


def record(
    environment: EnvironmentPath,
    side: Annotated[SideOption, typer.Option("--side", help="The version to record against.")] = SideOption.OLD,
    manual: Annotated[
        bool,
        typer.Option(
            "--manual", help="You click, Backfit records: the system is started and its address told; Enter ends it."
        ),
    ] = False,
    driver: Driver = DriverName.AUTO,
    frozen: Frozen = False,
    keep: Annotated[
        bool, typer.Option("--save", help="Also keep recording and contract in contracts/PLUGIN/, to be committed.")
    ] = False,
) -> int:
    """Run the plugin's scenario against one version and keep every call that it makes, and what it reads of the answers.

    Everything goes to .backfit/runs/<id>/, without secrets: names and values that look like one are replaced by pseudonyms
    (see backfit redact). Calls are on the disk as soon as they ended.
    """
    with progress(Console(stderr=True)) as tell:
        recorded = run_record(
            load_environment(environment),
            side=side.value,
            person=_person if manual else None,
            driver=driver.value,
            frozen=frozen,
            save=keep,
            tell=tell,
        )
    print(printable_lines("\n".join(_told(recorded))))
    return 0 if recorded.run is None or recorded.run.result is Result.WORKS else 1


def _person(reached: Reached) -> None:
    """To stderr, under the progress line; Enter, or the end of the input, ends the recording."""
    lines = [f"the system is at {reached.url}: use the plugin there, every call is recorded"]
    if reached.proxy:
        lines.append(f"send the plugin through the proxy {reached.proxy}, and let it trust {reached.ca}")
    print("\n" + "\n".join(lines) + "\npress Enter to end", file=sys.stderr, flush=True)
    sys.stdin.readline()


def _told(recorded: Recorded) -> Iterator[str]:
    exchanges = recorded.recording.exchanges
    calls = sum(reason_to_skip(exchange) is None for exchange in exchanges)
    if recorded.run is not None:
        yield f"{recorded.run.result.value}: {recorded.run.headline}"
    yield f"{_counted(len(exchanges), 'exchange')} recorded, {calls} of them calls of the plugin"
    for use in recorded.uses:
        seen = f"{_counted(len(use.places), 'place')} read" if use.watched else "reads not known"
        yield f"  {use.operation}  {_counted(use.calls, 'call')}, {seen}"
    yield from recorded.notes
    yield f"recording {recorded.folder / 'recording.har'}"
    yield f"contract  {recorded.folder / 'contract.openapi.json'}"
    yield from (f"saved {file}" for file in recorded.saved)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
