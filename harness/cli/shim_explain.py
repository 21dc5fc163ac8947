"""`backfit shim explain`: each field of OLD's answers, where it comes from behind the shim, by which step, on what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from harness.cli.files import ShimFile
from harness.cli.told import Formats, tell
from harness.model.errors import UsageError
from harness.record.har import read_har
from harness.report.layout import grid
from harness.report.text import count, line
from harness.schema.discriminators import discriminator
from harness.shims.evidence import evidence
from harness.shims.explanation import By, Explained, How, explained
from harness.shims.program import Program
from harness.shims.yaml_file import read_shim

EPILOG = """\
Examples:

backfit shim explain upgrade.shim.yaml

backfit shim explain upgrade.shim.yaml old.har new.har --operation 'GET /articles'
"""

_STYLES = {How.LOST: "red", How.AMBIGUOUS: "yellow", How.MADE: "cyan", How.UNCHANGED: "dim", How.DROPPED: "dim"}
_COMMON = {
    "everywhere": "every answer",
    "otherwise": "answers to calls that no operation knows",
    "requests": "every call",
}
_NAMED = 6


def explain(
    shim: ShimFile,
    old: Annotated[
        Path | None, typer.Argument(metavar="OLD.har", help="Recorded calls: then every field is told.")
    ] = None,
    new: Annotated[
        Path | None, typer.Argument(metavar="NEW.har", help="The same calls against the new version.")
    ] = None,
    operation: Annotated[
        str, typer.Option("--operation", metavar="'GET /x'", help="Only this one, as it stands in the file.")
    ] = "",
    format_: Formats = None,
) -> None:
    """Tell where each field of OLD's answers comes from: by which step, on what evidence; or that it is lost, and why."""
    if (old is None) is not (new is None):
        raise UsageError("one recording says nothing", hint="give both, OLD.har and NEW.har, or none")
    known = read_shim(shim)
    pairs = evidence(read_har(old), read_har(new)).pairs if old is not None and new is not None else ()
    found = explained(known, Program(known, discriminator), pairs)
    if operation:
        names = dict.fromkeys(entry.match for entry in known.entries)
        if operation not in names:
            raise UsageError(
                f"the shim has no operation {operation!r}", hint=f"it has {line(', '.join(names)) or 'none'}"
            )
        found = [
            each for each in found if each.operation.partition(" {")[0] == operation or each.operation == operation
        ]
    tell(format_, lambda console: _print(found, console), lambda: [asdict(each) for each in found])


def _print(found: Sequence[Explained], console: Console) -> None:
    if not found:
        console.print("the shim does nothing")
    for (operation, side, common), own in groupby(found, key=_block):
        console.print(
            Text.assemble((line(operation) or _COMMON.get(common, "every call"), "bold"), f"  {side}"), soft_wrap=True
        )
        rows = list(own)
        plain = [each for each in rows if each.how is How.UNCHANGED and not _troubled(each)]
        table = grid(3, [_row(alike) for alike in _alike(each for each in rows if each not in plain)])
        table.columns[0].min_width = _WIDEST
        console.print(Padding(table, (0, 0, 0, 2)))
        if plain:
            names = ", ".join(each.field for each in plain[:_NAMED]) + (", …" if len(plain) > _NAMED else "")
            console.print(Text(f"  unchanged   {count(len(plain), 'field')}: {line(names)}", "dim"), soft_wrap=True)


_WIDEST = len("ambiguous")


def _block(each: Explained) -> tuple[str, str, str]:
    return each.operation, each.side, "" if each.operation else each.why


def _troubled(each: Explained) -> bool:
    return bool(each.leaves.wrong or each.leaves.missing)


def _alike(rows: Iterable[Explained]) -> Iterator[list[Explained]]:
    """Fields that the same steps bring in the same way are told together."""
    groups: dict[object, list[Explained]] = {}
    for each in rows:
        key = (each.how, each.by) if each.by and each.how in (How.MOVED, How.CHANGED) else id(each)
        groups.setdefault(key, []).append(each)
    yield from groups.values()


def _row(alike: Sequence[Explained]) -> tuple[Text, Text, Text]:
    first = alike[0]
    return Text(first.how.value, _STYLES.get(first.how, "")), Text(line(first.field)), Text("\n").join(_told(*alike))


def _told(each: Explained, *others: Explained) -> Iterator[Text]:
    if each.source:
        yield Text(f"from {line(each.source)}")
    if each.how in (How.LOST, How.AMBIGUOUS):
        yield Text(line(each.why))
    for at, by in enumerate(each.by, 1):
        number = f"{at}  " if each.how is How.AMBIGUOUS else ""
        yield _by(by, number)
    if others:
        names = ", ".join(other.field for other in others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
        yield Text(f"and {count(len(others), 'more field')} alike: {line(names)}", "dim")
    if any(map(_troubled, (each, *others))):
        equal, wrong, missing = (
            sum(getattr(row.leaves, name) for row in (each, *others)) for name in ("equal", "wrong", "missing")
        )
        yield Text(f"{equal:,} leaves equal OLD's, {wrong:,} differ, {missing:,} are missing", "yellow")


def _by(by: By, number: str) -> Text:
    said = "by hand" if by.hand else by.evidence
    return Text.assemble(f"{number}{line(by.step)}", (f"  {line(said)}" if said else "", "dim"))
