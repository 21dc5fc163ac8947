"""`backfit contract …`: what a plugin calls, reads and needs: shown, checked, and compared with its next version."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from harness.atomic import write_atomically
from harness.cli import contract_diff
from harness.cli.formats import targets
from harness.cli.told import Formats, tell
from harness.contract.lint import Remark, lint
from harness.contract.reading import read_contract
from harness.contract.workspace import contract_file
from harness.model.errors import ExitCode
from harness.redaction.key import FILE as KEY_FILE
from harness.redaction.key import VARIABLE
from harness.redaction.redactor import Redactor
from harness.redaction.workspace import redactor_of
from harness.report.text import line
from harness.report.uses_text import USES_FORMATS, print_uses

app = typer.Typer(
    help="What a plugin calls, reads and needs of a system: show it, check it, compare it with its next version.",
    epilog="Example: backfit contract show datasette-chartjs",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_SHOW_EPILOG = """\
Examples:

backfit contract show datasette-chartjs

backfit contract show contracts/widget/contract.openapi.json --format markdown=widget.md
"""
_LINT_EPILOG = """\
Example: backfit contract lint datasette-chartjs

Exit codes: 0 nothing is wrong (what is only worth knowing is a note), 1 something is, 2 the file is no contract.
"""

File = Annotated[str, typer.Argument(metavar="FILE|PLUGIN", help="A contract, or a plugin of this workspace.")]


@app.command("show", epilog=_SHOW_EPILOG)
def show(
    contract: File,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help=f"{', '.join(USES_FORMATS)}, to the terminal or a file; may be given several times.",
        ),
    ] = None,
) -> None:
    """Print the operations that a plugin calls, the places of their answers that it reads or needs, and where in its code."""
    reports = targets(format_ or [], USES_FORMATS)
    found = read_contract(contract_file(contract))
    if all(file is not None for _, file in reports):
        reports.insert(0, ("text", None))
    for name, file in reports:
        if name == "text" and file is None:
            print_uses(found.title, found.used(), Console())
        else:
            _deliver(USES_FORMATS[name](found.title, found.used()), file)


@app.command("lint", epilog=_LINT_EPILOG)
def lint_(contract: File, format_: Formats = None) -> int:
    """Say what is odd about a contract: reads that no answer has, needs that contradict each other, secrets in its examples."""
    file = contract_file(contract)
    redactor, has_key = _redactor()
    remarks = lint(read_contract(file), redactor.json, knows_pseudonyms=has_key)
    tell(format_, lambda console: _print(file, remarks, console), lambda: [asdict(each) for each in remarks])
    return ExitCode.BREAKING if any(each.wrong for each in remarks) else ExitCode.SAFE


app.command("diff", epilog=contract_diff.EPILOG)(contract_diff.diff)


def _redactor() -> tuple[Redactor, bool]:
    """One for this look alone where the workspace has no key: looking makes none."""
    has_key = VARIABLE in os.environ or KEY_FILE.exists()
    return redactor_of(Path()) if has_key else Redactor(secrets.token_bytes()), has_key


def _print(file: Path, remarks: Sequence[Remark], console: Console) -> None:
    for each in remarks:
        word = Text("wrong", "red") if each.wrong else Text("note", "dim")
        at = each.operation or each.pointer
        told = Text(line(f"{at}: {each.what}" if at else each.what))
        console.print(Text.assemble(f"{line(str(file))}: ", word, ": ", told), soft_wrap=True)
    if not remarks:
        console.print(Text(f"{line(str(file))}: nothing is odd about it"), soft_wrap=True)


def _deliver(text: str, file: Path | None) -> None:
    if file is None:
        print(text, end="")
    else:
        write_atomically(file, [text.encode("utf-8", "backslashreplace")])
