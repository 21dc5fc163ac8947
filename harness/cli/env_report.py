"""`backfit env from-report`: what a customer sent becomes the draft of an environment."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from harness.atomic import write_atomically
from harness.intake.draft import Draft, Named, draft
from harness.intake.format import Understood, understood
from harness.intake.report import Report, read_bytes, read_file
from harness.model.errors import UsageError
from harness.report.text import count, printable_lines

EPILOG = """\
Examples:

backfit env from-report status-report.txt chrome-version.txt -o environments/acme

backfit env from-report pip.txt session.har --system datasette --plugin datasette-chartjs -o environments/acme

echo "Mozilla/5.0 (Windows NT 10.0; …" | backfit env from-report -

Reads: a WooCommerce System Status Report, WordPress's Site Health info, the text of chrome://version, a user agent with
client hints, pip freeze or list, npm ls --json, package-lock.json, a docker compose file, devcontainer.json, a HAR, dpkg -l,
/etc/os-release, Windows' systeminfo, macOS' sw_vers.

Exit codes: 0 the draft is made, 2 a file that cannot be read, or a folder that has an environment already.
"""
Reports = Annotated[
    list[str], typer.Argument(metavar="FILE…", help="What the customer sent; - is the standard input. May be several.")
]


def from_report(
    reports: Reports,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Where the draft goes; without it, it is printed."),
    ] = None,
    system: Annotated[
        str,
        typer.Option(
            "--system", metavar="NAME", help="What was upgraded: a package or service of the reports, or a name."
        ),
    ] = "",
    plugin: Annotated[
        str, typer.Option("--plugin", metavar="NAME", help="What has the problem: a package of the reports, or a name.")
    ] = "",
    customer: Annotated[str, typer.Option("--customer", metavar="NAME", help="Whose reports these are.")] = "",
) -> None:
    """Make the draft of an environment from what a customer sent: each value with the file and line that it comes from.

    What nobody said is left as a question: as a comment where there is a default, as `!question ID` where there is none, and
    nothing runs before that is answered. Where two reports contradict each other, that is a question as well.
    """
    read = [understood(report) for report in map(read_report, reports)]
    named = Named(customer or (output.absolute().name if output else "Customer"), system, plugin)
    made = draft(read, named)
    if output is None:
        print(made.files["environment.yaml"], end="")
    else:
        _write(made.files, output)
    lines = "\n".join(_told(read, made, output))
    print(printable_lines(lines), file=sys.stdout if output else sys.stderr)


def read_report(name: str) -> Report:
    """The report in a file, or on the standard input for `-`. Raises BadFile."""
    if name == "-":
        return read_bytes(sys.stdin.buffer.read(), "standard input", "standard input")
    return read_file(Path(name))


def _write(files: Mapping[str, str], folder: Path) -> None:
    taken = next((folder / name for name in files if (folder / name).exists()), None)
    if taken:
        raise UsageError(
            "this is there already", where=str(taken), hint="name a new folder: a draft overwrites nothing"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be made: {error.strerror}", where=str(folder), hint="name another folder") from error
    for name, text in files.items():
        write_atomically(folder / name, [text.encode("utf-8", "backslashreplace")])


def _told(read: Sequence[Understood], made: Draft, output: Path | None) -> Iterator[str]:
    for each in read:
        yield f"{each.report.name}: {each.format.title}, {count(len(each.facts), 'fact')}"
    yield from (f"warning: {each}" for each in made.warnings)
    yield from (f"contradiction: {each}" for each in made.gathered.contradictions())
    if made.open:
        yield f"open: {', '.join(made.open)}"
    if output:
        yield from (f"{output / name}: written" for name in made.files)
        yield f"next: backfit env questions {output}, and write the answers into {output / 'environment.yaml'}"
