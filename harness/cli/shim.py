"""`backfit shim …`: learn an adapter from two recordings, apply it, verify it, serve it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.text import Text

from harness.changes.noise import noise_between
from harness.changes.pairing import pair
from harness.changes.study import study
from harness.cli.files import NewAgain, NewHar, OldAgain, OldHar, ShimFile, recording
from harness.model.errors import ExitCode, UsageError
from harness.record.har import read_har
from harness.record.har_answers import write_answers
from harness.report.terminal import progress
from harness.report.text import line
from harness.schema.discriminators import discriminator
from harness.schema.operations import learn_operations
from harness.shims.apply import apply_to
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.serve import ShimServer
from harness.shims.verify import Verification, verify
from harness.shims.yaml_file import read_shim, write_shim

app = typer.Typer(
    help="Learn, apply, verify and serve the layer that turns new answers back into old ones.",
    epilog="Example: backfit shim learn old.har new.har -o upgrade.shim.yaml",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("learn", epilog="Example: backfit shim learn old.har new.har -o upgrade.shim.yaml")
def learn(
    old: OldHar,
    new: NewHar,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="X.shim.yaml", help="Where the shim goes.")],
    old_again: OldAgain = None,
    new_again: NewAgain = None,
) -> None:
    """Learn a shim from the same calls, recorded against both versions.

    Each step in the file carries its evidence; what nothing restores is listed as lost, what has rivals as ambiguous.
    """
    with progress(Console(stderr=True)) as tell:
        tell("reading")
        before, after = read_har(old), read_har(new)
        found = study(before, after, recording(old_again), recording(new_again), tell=tell)
        shim = shim_from(found, tell=tell)
        write_shim(output, shim)
    steps = sum(1 for _ in shim.steps())
    lost = sum(len(entry.lost) for entry in shim.entries)
    print(
        f"{output}: {steps} steps for {len(shim.entries)} operations, from {shim.pairs} pairs; {lost} places are not restored"
    )


@app.command("apply", epilog="Example: backfit shim apply upgrade.shim.yaml new.har -o shimmed.har")
def apply(
    shim: ShimFile,
    new: NewHar,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.har", help="Where the answers go.")],
) -> None:
    """Write each of NEW's answers as the shim would give it; everything else stays as it was.

    A call is known by its own request, or as the forwarded form of an old one. What the shim does not know it leaves alone.
    """
    program = Program(read_shim(shim), discriminator)
    changed = apply_to(program, read_har(new))
    write_answers(new, output, changed.answers)
    unknown = f"{changed.unknown} belong to calls that the shim does not know"
    print(f"{output}: {changed.edited} of {changed.given} answers changed, {unknown}")


@app.command("verify", epilog="Example: backfit shim verify upgrade.shim.yaml old.har new.har")
def verify_(shim: ShimFile, old: OldHar, new: NewHar, old_again: OldAgain = None, new_again: NewAgain = None) -> int:
    """Compare NEW's answers through the shim with OLD's, leaf by leaf.

    Exits with 1 when a leaf that was right is wrong behind the shim.
    """
    program = Program(read_shim(shim), discriminator)
    before, after = read_har(old), read_har(new)
    operations = learn_operations(before.exchanges)
    noise = noise_between(before, recording(old_again), after, recording(new_again), operations.of)
    result = verify(program, pair(before, after).pairs, operations.of, noise)
    _print_verification(result)
    return ExitCode.BREAKING if result.spoilt else ExitCode.SAFE


@app.command(
    "serve",
    epilog="Example: backfit shim serve upgrade.shim.yaml --upstream http://127.0.0.1:8001 --listen 127.0.0.1:8080",
)
def serve(
    shim: ShimFile,
    upstream: Annotated[
        str, typer.Option("--upstream", metavar="URL", help="The new version, e.g. http://127.0.0.1:8001")
    ],
    listen: Annotated[
        str, typer.Option("--listen", metavar="HOST:PORT", help="Where clients of the old version call.")
    ] = "127.0.0.1:0",
) -> None:
    """Serve the new version through the shim, until Ctrl-C, which is the usual end and exits with 0.

    Calls are forwarded to where the new version serves them, and answers turned back; WebSockets, streams and everything
    that the shim does not know pass through as they are.
    """
    program = Program(read_shim(shim), discriminator)
    with ShimServer(program, _base(upstream), *_address(listen)) as server:
        print(f"{server.url} serves {upstream} as the old version; Ctrl-C ends it", flush=True)
        try:
            server.wait()
        except KeyboardInterrupt:
            told = ", ".join(f"{count} {what}" for what, count in server.counts.items()) or "no calls"
            print(f"stopped: {told}", file=sys.stderr)


def _base(upstream: str) -> str:
    try:
        parts = urlsplit(upstream)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        fits = False
    if not fits or "?" in upstream or "#" in upstream:
        raise UsageError(f"--upstream is a URL, not {upstream!r}", hint="such as http://127.0.0.1:8001")
    return upstream


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > _LAST_PORT:
        raise UsageError(
            f"--listen is HOST:PORT, not {listen!r}", hint="such as 127.0.0.1:8080; port 0 takes a free one"
        )
    return host, int(port)


_LAST_PORT = 65535
_SPOILT_TOLD = 20


def _print_verification(result: Verification) -> None:
    console = Console()
    rows = [
        (row.pairs, row.leaves, row.equal_before, row.equal_after, row.noisy, row.lost, row.wrong, line(row.operation))
        for row in (*result.agreement, result.total)
    ]
    styles = ("dim", *("" for _ in result.agreement), "bold")
    for style, (*counts, operation) in zip(styles, (_TITLES, *rows), strict=True):
        text = "".join(f"{count:>{_WIDTH}}" for count in counts)
        console.print(Text(f"{text}  {operation}", style), soft_wrap=True)
    console.print(Text(f"\n{_READING}\n{_others(result)}"), soft_wrap=True)
    for call, pointer in result.spoilt[:_SPOILT_TOLD]:
        spoilt = Text.assemble(("spoilt", "red"), line(f" {call} {pointer or '/'}: was right without the shim"))
        console.print(spoilt, soft_wrap=True)
    if len(result.spoilt) > _SPOILT_TOLD:
        console.print(Text(f"and {len(result.spoilt) - _SPOILT_TOLD} more"))


_TITLES = ("pairs", "leaves", "before", "now", "noise", "missing", "differ", "operation")
_WIDTH = 8
_READING = (
    "before and now: leaves that equal old's, without and with the shim; missing, differ: the rest, but for noise"
)


def _others(result: Verification) -> str:
    return (
        f"{result.statuses} statuses differ, {result.bodies} bodies that are not JSON differ, "
        f"{result.unknown} calls are not known to the shim"
    )
