"""`backfit shim …`: learn an adapter from two recordings, apply it, prove it, serve it, and work with its file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from harness.cli import compose, learn, probe, shim_diff, shim_emit, shim_explain, shim_steps, verify
from harness.cli.addresses import base_url
from harness.cli.files import NewHar, ShimFile
from harness.model.errors import UsageError
from harness.record.har import read_har
from harness.record.har_answers import write_answers
from harness.schema.discriminators import discriminator
from harness.shims.apply import apply_to
from harness.shims.program import LIMIT, Program
from harness.shims.serve import ShimServer
from harness.shims.yaml_file import read_shim

app = typer.Typer(
    help="Learn, prove, edit and serve the layer that turns new answers back into old ones.",
    epilog="Example: backfit shim learn old.har new.har -o upgrade.shim.yaml",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("learn", epilog=learn.EPILOG)(learn.learn)
app.command("probe", epilog=probe.EPILOG)(probe.probe_)


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
    large = f", {changed.large} with more than {LIMIT // 2**20} MiB pass as they are" if changed.large else ""
    print(f"{output}: {changed.edited} of {changed.given} answers changed, {unknown}{large}")


app.command("verify", epilog=verify.EPILOG)(verify.verify_)
app.command("lint", epilog=verify.LINT_EPILOG)(verify.lint_)
app.command("explain", epilog=shim_explain.EPILOG)(shim_explain.explain)
app.command("diff", epilog=shim_diff.EPILOG)(shim_diff.diff)
app.command("compose", epilog=compose.EPILOG)(compose.compose)
app.command("emit", epilog=shim_emit.EPILOG)(shim_emit.emit_)
app.command("steps", epilog=shim_steps.EPILOG)(shim_steps.steps)


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
    with ShimServer(program, base_url(upstream), *_address(listen)) as server:
        print(f"{server.url} serves {upstream} as the old version; Ctrl-C ends it", flush=True)
        try:
            server.wait()
        except KeyboardInterrupt:
            told = ", ".join(f"{count} {what}" for what, count in server.counts.items()) or "no calls"
            print(f"stopped: {told}", file=sys.stderr)


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > _LAST_PORT:
        raise UsageError(
            f"--listen is HOST:PORT, not {listen!r}", hint="such as 127.0.0.1:8080; port 0 takes a free one"
        )
    return host, int(port)


_LAST_PORT = 65535
