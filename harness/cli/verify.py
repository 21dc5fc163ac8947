"""`backfit shim verify` and `backfit shim lint`: does the shim do what it says, and is anything odd about it?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.atomic import write_atomically
from harness.cli.files import NewAgain, NewHar, OldAgain, OldHar, ShimFile, recording
from harness.cli.formats import targets
from harness.model.errors import ExitCode, UsageError
from harness.model.verification import Verification
from harness.record.har import read_har
from harness.report.terminal import progress
from harness.report.text import line
from harness.report.verification_text import VERIFICATION_FORMATS, print_verification
from harness.schema.discriminators import discriminator
from harness.shims.contract import declared_contract, inferred_contract
from harness.shims.evidence import evidence
from harness.shims.lint import lint, other_version, unused
from harness.shims.mutations import prove
from harness.shims.program import Program
from harness.shims.unseen import cross_validated
from harness.shims.verify import verify
from harness.shims.yaml_file import read_shim

EPILOG = """\
Examples:

backfit shim verify upgrade.shim.yaml old.har new.har --old-again old-2.har --new-again new-2.har

backfit shim verify upgrade.shim.yaml old.har new.har --cross 3 --format json=verification.json

A place is spoilt that was right without the shim; wrong, where the shim claims to restore it: it knows the call, and its file
says neither that the place is lost nor that it is ambiguous. Exit codes: 0 none of these, and no mutated answer shows a defect;
1 otherwise; 2 a bad file or option.
"""

LINT_EPILOG = """Example: backfit shim lint upgrade.shim.yaml"""

_NOISE = "no second run was given: times of the call and what is named like a measurement count as noise"


def verify_(
    shim: ShimFile,
    old: OldHar,
    new: NewHar,
    old_again: OldAgain = None,
    new_again: NewAgain = None,
    contract: Annotated[
        Path | None,
        typer.Option(
            "--contract", metavar="FILE", help="What OLD declares (OpenAPI or JSON Schema); else what OLD.har shows."
        ),
    ] = None,
    cross: Annotated[
        int,
        typer.Option(
            "--cross", min=0, metavar="K", help="Learn K times without a part of the calls, and score on that part."
        ),
    ] = 0,
    mutations: Annotated[
        int, typer.Option("--mutations", min=0, metavar="N", help="So many mutated answers are tried; 0 tries none.")
    ] = 200,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="For the mutations and the parts.")] = 0,
    old_version: Annotated[
        str, typer.Option("--old-version", metavar="V", help="What was recorded: is the shim for it?")
    ] = "",
    new_version: Annotated[str, typer.Option("--new-version", metavar="V", help="The same for NEW.")] = "",
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help=f"One of {', '.join(VERIFICATION_FORMATS)}; text where none goes to the terminal. May be given twice.",
        ),
    ] = None,
) -> int:
    """Prove a shim: compare NEW's answers behind it with OLD's, field by field; hold them against OLD's contract; mutate them.

    Every difference that is left is listed as spoilt, wrong, ambiguous or lost.
    """
    reports = targets(format_ or [], VERIFICATION_FORMATS)
    if cross == 1:
        raise UsageError("--cross 1 leaves nothing to learn from", hint="give 2 or more; 3 learns from two thirds")
    found = read_shim(shim)
    program = Program(found, discriminator)
    with progress(Console(stderr=True)) as tell:
        tell("reading")
        known = evidence(read_har(old), read_har(new), recording(old_again), recording(new_again))
        promised = inferred_contract(known.old) if contract is None else declared_contract(contract)
        tell(f"verifying {len(known.pairs)} pairs")
        result = Verification(
            shim=str(shim),
            old=str(old),
            new=str(new),
            score=verify(program, known.pairs, known.operation_of, known.noise),
            unseen=cross_validated(known, folds=cross, seed=seed, tell=tell) if cross else None,
            contract=promised.check(program, known.pairs, known.operation_of),
            mutations=prove(program, known.pairs, known.operation_of, count=mutations, seed=seed)
            if mutations
            else None,
            warnings=(*other_version(found, old_version, new_version), *lint(found), *unused(program, known.pairs)),
            notes=() if known.noise.measured else (_NOISE,),
        )
    if all(file is not None for _, file in reports):
        print_verification(result, Console())
    for name, file in reports:
        _deliver(VERIFICATION_FORMATS[name](result), file)
    return ExitCode.SAFE if result.passes else ExitCode.BREAKING


def lint_(shim: ShimFile) -> int:
    """Say what is odd about a shim's file alone: steps that undo each other, or that nothing is left for.

    Exits with 1 where something is.
    """
    warnings = lint(read_shim(shim))
    for warning in warnings:
        print(f"{shim}: {line(warning)}")
    return ExitCode.BREAKING if warnings else ExitCode.SAFE


def _deliver(text: str, file: Path | None) -> None:
    if file is None:
        print(text, end="")
    else:
        write_atomically(file, [text.encode()])
