"""`backfit shim compose`: one shim for two upgrades, one after the other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from harness.model.errors import UsageError
from harness.report.text import count, line
from harness.shims.compose import composed
from harness.shims.document import Shim
from harness.shims.yaml_file import read_shim, write_shim

EPILOG = """\
Example: backfit shim compose 1-to-2.shim.yaml 2-to-3.shim.yaml -o 1-to-3.shim.yaml

The result does what the two do, served one behind the other; steps that undo one another, or that one step can say, are put
together. Where one file cannot say what the two do, nothing is written.
"""


def compose(
    first: Annotated[Path, typer.Argument(metavar="A.shim.yaml", help="Undoes the first upgrade, 1 to 2.")],
    second: Annotated[Path, typer.Argument(metavar="B.shim.yaml", help="Undoes the second one, 2 to 3.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="C.shim.yaml", help="Where the shim goes.")],
) -> None:
    """Put two shims of a chain of upgrades together: plugins of version 1 then work on version 3."""
    ours, theirs = read_shim(first), read_shim(second)
    try:
        whole = composed(ours, theirs)
    except UsageError as error:
        raise UsageError(error.what, where=f"{first} and {second}", hint=error.hint) from error
    write_shim(output, whole)
    before, after = sum(map(_steps, (ours, theirs))), _steps(whole)
    print(f"{output}: {count(after, 'step')} for {count(len(whole.entries), 'operation')}, of {before} in the two")
    if open_ := sum(len(entry.ambiguous) for entry in whole.entries):
        places = count(open_, "place") + (" is" if open_ == 1 else " are")
        print(f"{line(str(output))}: {places} ambiguous: settle that in the two files first", file=sys.stderr)


def _steps(shim: Shim) -> int:
    return sum(1 for _ in shim.steps())
