"""`backfit shim probe`: how the new version wants to be asked, found out by asking it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from harness.atomic import journal
from harness.cli.addresses import base_url
from harness.cli.files import OldHar
from harness.declared.load import load_declared
from harness.model.errors import UsageError
from harness.probing.asking import Asker
from harness.probing.declared import Declared
from harness.probing.probe import Found, Probed, probe
from harness.probing.recorded import recorded_on
from harness.probing.resetting import by_command
from harness.record.har import read_har, write_har
from harness.report.terminal import progress
from harness.report.text import line

EPILOG = """\
Examples:

backfit shim probe old.har --upstream http://127.0.0.1:8001 -o new.har --log probing.log

backfit shim learn old.har new.har -o upgrade.shim.yaml
"""

NewApi = Annotated[
    Path | None, typer.Option("--new-api", metavar="FILE", help="The new version's OpenAPI: what it says of requests.")
]
OldApi = Annotated[
    Path | None,
    typer.Option("--old-api", metavar="FILE", help="The old version's OpenAPI: operation ids are found again."),
]


def declarations(new_api: Path, old_api: Path | None) -> Declared:
    """What the files declare. Raises BadFile."""
    return Declared(load_declared(new_api), load_declared(old_api) if old_api else None)


def probe_(
    old: OldHar,
    upstream: Annotated[
        str, typer.Option("--upstream", metavar="URL", help="A disposable new version, e.g. http://127.0.0.1:8001")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="NEW.har", help="Where the calls go, as NEW wants them.")
    ],
    new_api: NewApi = None,
    old_api: OldApi = None,
    budget: Annotated[int, typer.Option("--budget", metavar="N", min=1, help="The most calls to make.")] = 1000,
    seconds: Annotated[int, typer.Option("--seconds", metavar="N", min=1, help="The most time to take.")] = 300,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="A line for each call, and one for each guess.")
    ] = None,
    tries: Annotated[
        list[str] | None,
        typer.Option(
            "--try", metavar="NAME=VALUE", help="A parameter that may bring back lost fields; {lost} is their names."
        ),
    ] = None,
    reset: Annotated[
        str | None,
        typer.Option(
            "--reset", metavar="COMMAND", help="Brings the data back; without it only GET, HEAD and OPTIONS are sent."
        ),
    ] = None,
) -> None:
    """Ask the new version what the old one was asked, in every way that is likely, and record the calls as it wants them.

    A rewriting is kept where several of the old version's answers come back, and where nothing else fits as well.
    """
    if wrong := [each for each in tries or () if not each.partition("=")[0] or "=" not in each]:
        raise UsageError(f"--try is NAME=VALUE, not {wrong[0]!r}", hint="such as --try '_extra={lost}'")
    url = base_url(upstream)
    recording = read_har(old)
    with ExitStack() as stack:
        tell = stack.enter_context(progress(Console(stderr=True)))
        write = stack.enter_context(journal(log)) if log else None
        asker = Asker(
            url,
            budget,
            seconds=seconds,
            reset=by_command(reset, url) if reset is not None else None,
            log=lambda text: write(line(text)) if write else None,
        )
        declared = declarations(new_api, old_api) if new_api else None
        probed = probe(recording, asker, declared=declared, tries=tries or (), tell=tell)
        answered = recorded_on(probed, asker, tell)
        write_har(output, answered)
    _print(probed, len(answered.exchanges), output)


def _print(probed: Probed, recorded: int, output: Path) -> None:
    """A line for each operation for which there is something to say, then what was done in all."""
    console = Console()
    for found in probed.found:
        for text in _told(found):
            console.print(Text(line(text)), soft_wrap=True)
    for operation in probed.unasked:
        console.print(
            Text(line(f"{operation}: not asked; give --reset to probe what may change the data")), soft_wrap=True
        )
    if probed.spent:
        console.print(Text("stopped at the bounds that were given: not every operation was probed"))
    rewritten = sum(found.rewrites for found in probed.found)
    print(
        f"{output}: {recorded} calls recorded, {rewritten} operations asked otherwise, {probed.asked} calls to find out"
    )


def _told(found: Found) -> Iterator[str]:
    if found.rewrites:
        comes = f"{found.before:.0%} of OLD's answers came back, now {found.now:.0%} ({found.calls} calls)"
        yield f"{found.operation}: {found.candidate}: {comes}"
    if found.rivals:
        yield f"{found.operation}: ambiguous, not taken: {' or '.join(map(str, found.rivals))}"
    if found.unsolved:
        yield f"{found.operation}: nothing was found for {', '.join(found.unsolved)}"
