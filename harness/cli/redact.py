"""`backfit redact`: files that exist already, without their secrets."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from harness.model.errors import ExitCode, UsageError
from harness.redaction.files import learn_file, redact_file, redacted_chunks
from harness.redaction.redactor import Redactor
from harness.redaction.workspace import redactor_of
from harness.report.text import line

EPILOG = """\
Examples:

backfit redact old.har -o shared.har

backfit redact --in-place contracts/*/recording.har run.log trace.zip

backfit redact --check contracts/*/recording.har    (exit code 1 where a secret would go to your colleagues)

The same value gets the same pseudonym in all files, by the key in .backfit/redaction.key (or BACKFIT_REDACTION_KEY), and what is
redacted already stays as it is. redact.yaml says what is a secret here besides, and what is none. Pictures are not looked into.
"""

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...", help="Recordings (.har, .har.ndjson, .har.ndjson.zst), JSON, YAML, logs, HTML, .zip."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Where it goes: for one file; standard output if not given."),
]
InPlace = Annotated[bool, typer.Option("--in-place", help="Rewrite the files themselves.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit code 1 where something would be redacted.")]
Explain = Annotated[bool, typer.Option("--explain", help="Tell how each was known, and which rules met nothing.")]
Key = Annotated[
    Path | None, typer.Option("--key", metavar="FILE", help="The key of the pseudonyms, for teams that share one.")
]
RulesFile = Annotated[
    Path | None, typer.Option("--rules", metavar="FILE", help="Rules instead of the workspace's redact.yaml.")
]


def redact(
    files: Files,
    output: Output = None,
    in_place: InPlace = False,
    check: Check = False,
    explain: Explain = False,
    key: Key = None,
    rules: RulesFile = None,
) -> int:
    """Replace secrets and personal data in files by pseudonyms of the same form, and tell how many there were.

    A secret that one file shows is replaced in all of them. Values are never told.
    """
    if in_place + check + (output is not None) > 1:
        raise UsageError("--in-place, --check and -o exclude one another")
    if len(files) > 1 and not in_place and not check:
        raise UsageError(
            "several files cannot go to one place", hint="write --in-place, or redact them one by one with -o"
        )
    redactor = redactor_of(Path(), key=key, rules=rules)
    for file in files:
        learn_file(file, redactor)
    found = [file for file in files if _redact(file, redactor, output, in_place, check)]
    _tell(redactor, files, found, check, explain)
    return ExitCode.BREAKING if check and found else ExitCode.SAFE


def _redact(file: Path, redactor: Redactor, output: Path | None, in_place: bool, check: bool) -> bool:
    """Whether the file holds secrets."""
    if output is not None or in_place:
        return redact_file(file, redactor, output)
    before = sum(redactor.tally.values())
    for chunk in redacted_chunks(file, redactor):
        if not check:
            sys.stdout.buffer.write(chunk)
    return sum(redactor.tally.values()) > before


def _tell(redactor: Redactor, files: Sequence[Path], found: Sequence[Path], check: bool, explain: bool) -> None:
    """Counts on stderr: standard output may be the file."""
    said = ", ".join(f"{count:,} {kind}" for kind, count in sorted(redactor.tally.items())) or "nothing"
    print(f"{'to redact' if check else 'redacted'}: {said}  ({len(found)} of {len(files)} files)", file=sys.stderr)
    if check:
        for file in found:
            print(line(f"  {file}"), file=sys.stderr)
    if explain:
        for (kind, why), count in sorted(redactor.reasons.items()):
            print(line(f"  {kind}: {why}: {count:,}"), file=sys.stderr)
        for rule in redactor.unused():
            print(line(f"  met nothing: {rule}"), file=sys.stderr)
