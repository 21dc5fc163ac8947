"""`backfit contract diff`: what a plugin's next version relies on, and which changes of a system it feels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from harness.cli.told import Formats, tell
from harness.contract.comparing import Compared, Reliance, compared
from harness.contract.contract import Contract
from harness.contract.reading import read_contract
from harness.contract.workspace import contract_file
from harness.gate.touching import read_changes, touching
from harness.model.change import Change
from harness.model.errors import ExitCode
from harness.report.findings import head
from harness.report.json_report import as_json
from harness.report.layout import GAP, grid, styled
from harness.report.text import count, line

EPILOG = """\
Examples:

backfit contract diff contracts/widget/contract.openapi.json widget-2.openapi.json

backfit contract diff widget widget-2.openapi.json --changes upgrade.json

The changes come from `backfit diff OLD NEW --no-contract --format json=upgrade.json`. Exit codes: 0 the new version relies on
nothing more, 1 it does, 2 a bad file or option.
"""


@dataclass(frozen=True)
class _Felt:
    """The changes of a system that touch each of two versions of a plugin."""

    old: Sequence[Change]
    new: Sequence[Change]

    def is_first(self, change: Change) -> bool:
        """Whether the old version of the plugin did not feel it."""
        return all(each.fingerprint != change.fingerprint for each in self.old)


def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="The contract of the plugin's old version, or the plugin.")],
    new: Annotated[str, typer.Argument(metavar="B", help="The contract of its new version.")],
    changes: Annotated[
        Path | None,
        typer.Option("--changes", metavar="FILE", help="A system's changes, as JSON: which of them touch the plugin?"),
    ] = None,
    format_: Formats = None,
) -> int:
    """Say what a plugin's new version calls, reads and needs more than the old one, and what less."""
    before, after = (read_contract(contract_file(each)) for each in (old, new))
    known = None if changes is None else read_changes(changes)
    found = compared(before, after)
    felt = None if known is None else _Felt(touching(known, before), touching(known, after))
    tell(format_, lambda console: _print(before, after, found, felt, console), lambda: _value(found, felt))
    return ExitCode.BREAKING if found.more else ExitCode.SAFE


def _print(old: Contract, new: Contract, found: Compared, felt: _Felt | None, console: Console) -> None:
    told = f"relies on {count(len(found.more), 'thing')} more, {len(found.less):,} less"
    names = Text(line(f"{old.source} → {new.source}"), "bold")
    console.print(Text.assemble(names, " " * GAP, told), soft_wrap=True)
    rows = [*(_row("more", "red", each) for each in found.more), *(_row("less", "green", each) for each in found.less)]
    if rows:
        console.print(grid(4, rows))
    if felt is not None:
        first = sum(map(felt.is_first, felt.new))
        touch = "change of the system touches" if len(felt.new) == 1 else "changes of the system touch"
        console.print(
            Text(f"\n{len(felt.new):,} {touch} the new version, {first:,} for the first time"), soft_wrap=True
        )
        console.print(grid(2, [(styled(each.level), _said(each, felt.is_first(each))) for each in felt.new]))


def _row(word: str, style: str, each: Reliance) -> tuple[Text, Text, Text, Text]:
    where = f"   {each.where[0]}" if each.where else ""
    what = Text.assemble(line(each.what), (line(where), "dim"))
    return Text(word, style), Text(each.how), Text(line(each.operation)), what


def _said(change: Change, first: bool) -> Text:
    return Text.assemble(head(change), f"\n{line(change.reason)}", (", for the first time" if first else "", "yellow"))


def _value(found: Compared, felt: _Felt | None) -> dict[str, Any]:
    told: dict[str, Any] = {"more": as_json(found.more), "less": as_json(found.less)}
    if felt is not None:
        told |= {"touching": {"old": as_json(list(felt.old)), "new": as_json(list(felt.new))}}
    return told
