"""`backfit shim learn`: an adapter from two recordings, on top of what a person made of the last one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.changes.study import study
from harness.cli.files import NewAgain, NewHar, OldAgain, OldHar, recording
from harness.cli.probe import NewApi, OldApi, declarations
from harness.cli.settle import ask, settle
from harness.probing.offline import Undecided, with_declared_requests
from harness.record.har import read_har
from harness.report.terminal import progress
from harness.report.text import line
from harness.schema.operations import learn_operations
from harness.shims.contract import declared_contract, inferred_contract
from harness.shims.document import Shim
from harness.shims.learn import shim_from
from harness.shims.marks import signed
from harness.shims.merge import Merged, Note
from harness.shims.required import with_required
from harness.shims.settling import Bench, open_places
from harness.shims.yaml_file import relearned, write_shim

EPILOG = """\
Examples:

backfit shim learn old.har new.har -o upgrade.shim.yaml

backfit shim learn old.har new.har -o upgrade.shim.yaml --interactive

backfit shim learn old.har new.har -o upgrade.shim.yaml --settle 'GET /articles $.total=1' --settle 'GET /articles $.units=null'

Where the file exists, your part of it stays: comments, steps that you wrote or changed (marked `by: hand`), what you took out.
"""


def learn(
    old: OldHar,
    new: NewHar,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="X.shim.yaml", help="Where the shim goes.")],
    old_again: OldAgain = None,
    new_again: NewAgain = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Ask what is ambiguous, and what stands in for what is lost.")
    ] = False,
    answers: Annotated[
        list[str] | None,
        typer.Option("--settle", metavar="'GET /x $.y=ANSWER'", help="The same without asking. May be given often."),
    ] = None,
    contract: Annotated[
        Path | None,
        typer.Option(
            "--contract", metavar="FILE", help="What OLD declares (OpenAPI or JSON Schema); else what OLD.har shows."
        ),
    ] = None,
    new_api: NewApi = None,
    old_api: OldApi = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Keep nothing of the file that is there.")] = False,
    system: Annotated[str, typer.Option("--system", metavar="NAME", help="What was upgraded, for the file.")] = "",
    old_version: Annotated[str, typer.Option("--old-version", metavar="V", help="From which version.")] = "",
    new_version: Annotated[str, typer.Option("--new-version", metavar="V", help="To which version.")] = "",
) -> None:
    """Learn a shim from the same calls, recorded against both versions.

    Each step in the file carries its evidence; what nothing restores is listed as lost, what has rivals as ambiguous.
    """
    declared = declared_contract(contract) if contract else None
    with progress(Console(stderr=True)) as tell:
        tell("reading")
        before, after = read_har(old), read_har(new)
        found = study(before, after, recording(old_again), recording(new_again), tell=tell)
        undecided: list[Undecided] = []
        if new_api is not None:
            found, undecided = with_declared_requests(found, declarations(new_api, old_api))
        shim = shim_from(found, system=system, old=old_version, new=new_version, tell=tell)
        tell("holding it against the contract")
        operation_of = learn_operations(before.exchanges).of
        bench = Bench.of(found)
        shim = with_required(shim, bench, declared or inferred_contract(before), operation_of)
    merged, like = (Merged(signed(shim)), None) if fresh else relearned(output, shim)
    kept = merged.shim
    for answer in answers or ():
        kept = settle(kept, answer, bench)
    if interactive:
        kept = ask(kept, bench, Console(stderr=True))
    warnings = list(bench.contradictions(kept))
    notes = [*merged.notes, *(Note(each.key, f"{each.step} {each.said}") for each in warnings)]
    write_shim(output, kept, like, notes)
    for warning in [*(note.text for note in merged.notes), *map(str, warnings), *map(str, undecided)]:
        print(f"backfit: {line(warning)}", file=sys.stderr)
    _print_summary(output, kept)


def _print_summary(output: Path, shim: Shim) -> None:
    steps = sum(1 for _ in shim.steps())
    lost = sum(len(entry.lost) for entry in shim.entries)
    told = f"{steps} steps for {len(shim.entries)} operations, from {shim.pairs} pairs; {lost} places are not restored"
    print(f"{output}: {told}")
    if left := sum(1 for _ in open_places(shim)):
        places = "a place waits" if left == 1 else f"{left} places wait"
        print(f"{places} for your choice: --interactive asks")
