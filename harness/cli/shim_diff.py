"""`backfit shim diff`: what changed between two shims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from harness.cli.told import Formats, tell
from harness.model.errors import ExitCode
from harness.report.layout import grid
from harness.report.text import line, printable
from harness.shims.difference import Difference, differences
from harness.shims.yaml_file import read_shim

EPILOG = """\
Example: backfit shim diff before.shim.yaml after.shim.yaml

Exits with 0 where both do the same, with 1 where they differ. Evidence, comments and layout make no difference.
"""

_STYLES = {"-": "red", "+": "green"}


def diff(
    before: Annotated[Path, typer.Argument(metavar="A.shim.yaml", help="A shim file.")],
    after: Annotated[Path, typer.Argument(metavar="B.shim.yaml", help="Another one.")],
    format_: Formats = None,
) -> int:
    """Say what changed between two shims, operation by operation: steps, conditions, what is lost or ambiguous."""
    found = differences(read_shim(before), read_shim(after))
    tell(format_, lambda console: _print(found, console), lambda: [asdict(each) for each in found])
    return ExitCode.BREAKING if found else ExitCode.SAFE


def _print(found: Sequence[Difference], console: Console) -> None:
    if not found:
        console.print("both do the same")
    for operation, own in groupby(found, key=lambda each: each.operation):
        console.print(Text(line(operation) or "all calls", "bold"), soft_wrap=True)
        console.print(Padding(grid(2, [(Text(each.what), _change(each)) for each in own]), (0, 0, 0, 2)))


def _change(each: Difference) -> Text:
    lines = [
        Text(f"{sign} {printable(part)}", _STYLES[sign])
        for sign, said in (("-", each.old), ("+", each.new))
        for part in said.splitlines()
    ]
    return Text("\n").join(lines)
