"""`backfit diff`: what changed between two versions, and whether the gate closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.files import NewAgain, OldAgain
from harness.cli.formats import targets
from harness.contract.contract import Contract
from harness.contract.reading import read_contract
from harness.contract.workspace import contract_file
from harness.declared.members import Deprecations
from harness.gate.choosing import Chosen, chosen
from harness.gate.compare import compare
from harness.gate.contract_reads import contract_reads
from harness.gate.evidence import evidence
from harness.gate.gate import decide
from harness.gate.ignore import Ignore
from harness.gate.ignore_file import FILE_NAME, read_ignore
from harness.gate.reads import Reads
from harness.gate.reads_file import read_reads
from harness.gate.rules import all_rules
from harness.model.change import Level
from harness.model.errors import ExitCode, UsageError
from harness.report.formats import FORMATS, write_report
from harness.report.terminal import progress

EPILOG = f"""\
Examples:

backfit diff old.har new.har --old-again old-2.har --new-again new-2.har

backfit diff old.har new.har --reads widget.reads.yaml --format text --format sarif=changes.sarif

backfit diff old.har new.har --contract datasette-chartjs

backfit diff old.openapi.yaml new.openapi.yaml --fail-on risk

A finding that is fine is accepted with `backfit accept FINGERPRINT --reason …`; what is accepted stands in {FILE_NAME}.
`backfit rules` explains the kinds of finding, `backfit schema reads` and `backfit schema ignore` print the file formats.
Exit codes: 0 nothing fails, 1 a finding is at least what --fail-on says, 2 a bad file or option, or an accepted change
that is expired or gone.
"""


class FailOn(StrEnum):
    """From which level on the comparison fails."""

    BREAK = "break"
    RISK = "risk"
    NEVER = "never"


def diff(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD", help="The old version: calls (.har, .har.ndjson.zst), OpenAPI 3.0 or 3.1, or a JSON Schema."
        ),
    ],
    new: Annotated[
        Path, typer.Argument(metavar="NEW", help="The new version: the same calls, or what its schema says.")
    ],
    old_again: OldAgain = None,
    new_again: NewAgain = None,
    old_schema: Annotated[
        Path | None,
        typer.Option(
            "--old-schema", metavar="FILE", help="What OLD declares (OpenAPI or JSON Schema), beside a recording."
        ),
    ] = None,
    new_schema: Annotated[
        Path | None, typer.Option("--new-schema", metavar="FILE", help="What NEW declares, beside a recording.")
    ] = None,
    template: Annotated[
        list[str] | None,
        typer.Option(
            "--template", metavar="PATH", help="A path template, e.g. /articles/{slug}, where the learned one is wrong."
        ),
    ] = None,
    deprecation_days: Annotated[
        int,
        typer.Option(
            "--deprecation-days",
            min=0,
            metavar="N",
            help="How many days before its sunset a declared field must be marked as deprecated; 0 asks for nothing.",
        ),
    ] = 0,
    reads: Annotated[
        Path | None,
        typer.Option(
            "--reads",
            metavar="FILE",
            help="What the plugin reads, written by hand: elsewhere a change is a risk at most. It goes before a contract.",
        ),
    ] = None,
    contract: Annotated[
        str | None,
        typer.Option(
            "--contract",
            metavar="FILE|PLUGIN",
            help="What the plugin was seen to read and need; by default the one contract here that has all calls.",
        ),
    ] = None,
    no_contract: Annotated[bool, typer.Option("--no-contract", help="Use no contract by itself.")] = False,
    ignore: Annotated[
        Path | None,
        typer.Option(
            "--ignore",
            metavar="FILE",
            help=f"Changes that are accepted; by default {FILE_NAME}, where this folder has one.",
        ),
    ] = None,
    no_ignore: Annotated[bool, typer.Option("--no-ignore", help="Show accepted changes like all others.")] = False,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help=f"One of {', '.join(FORMATS)}; text where none goes to the terminal. May be given several times.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="From which level on a finding makes the exit code 1.")
    ] = FailOn.BREAK,
) -> int:
    """Say what changed between two versions, each change once, the worst first.

    Recorded calls pair by their `_backfit.id`, else by order within method and path. Without a contract or --reads, every place
    counts as read; without a second run of each version, what varies by itself is only a risk.
    """
    reports = targets(format_ or [], FORMATS)
    sides = evidence("old", old, old_again, old_schema), evidence("new", new, new_again, new_schema)
    wanted = _contract(contract, no_contract)
    known = None if reads is None else read_reads(reads)
    accepted = _accepted(ignore, no_ignore)
    with progress(Console(stderr=True)) as tell:
        found = compare(*sides, templates=template or [], deprecations=_deprecations(deprecation_days), tell=tell)
    choice = chosen(found.calls) if wanted is None and not no_contract else Chosen(wanted)
    summary = decide(
        found.changes,
        old=str(old),
        new=str(new),
        today=date.today(),
        reads=_joined(known, choice.contract),
        ignore=accepted,
        fails=None if fail_on is FailOn.NEVER else Level(fail_on),
        pairs=found.pairs,
        skipped=found.skipped,
        rules=all_rules(),
        notes=(*found.notes, *choice.told),
    )
    if all(file is not None for _, file in reports):
        reports.insert(0, ("text", None))
    for name, file in reports:
        write_report(name, summary, file, Console())
    return ExitCode.BREAKING if summary.failing else ExitCode.SAFE


def _contract(named: str | None, off: bool) -> Contract | None:
    if off and named is not None:
        raise UsageError("--contract and --no-contract say opposite things", hint="leave one out")
    return None if named is None else read_contract(contract_file(named))


def _joined(written: Reads | None, contract: Contract | None) -> Reads | None:
    """What a person wrote goes before what was seen."""
    seen = None if contract is None else contract_reads(contract)
    return seen if written is None else replace(written, behind=seen)


def _accepted(file: Path | None, off: bool) -> Ignore | None:
    if off and file is not None:
        raise UsageError("--ignore and --no-ignore say opposite things", hint="leave one out")
    if off or (file is None and not Path(FILE_NAME).exists()):
        return None
    return read_ignore(file or Path(FILE_NAME))


def _deprecations(days: int) -> Deprecations:
    """Of stable and beta fields; others may go at any time."""
    return Deprecations({"stable": days, "beta": days} if days else {}, date.today())
