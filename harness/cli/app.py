"""The commands, and how an error becomes one message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from importlib.metadata import version
from typing import Annotated, Any

import typer

from harness.cli.lazy import At, group
from harness.model.errors import BackfitError, ExitCode
from harness.report.text import printable_lines

_EPILOG = """\
Example: backfit check environments/bike-shop

Exit codes: 0 safe, 1 breaking changes, 2 usage or a bad file, 3 nothing can be said (the environment failed), 4 internal
error, 130 stopped by Ctrl-C. NO_COLOR=1 prints without colours. Progress goes to stderr, results to stdout.
"""
_DEBUG = "--debug"
_PIPE_CLOSED = 141
"""What shells give for a program whose reader went away: 128 + SIGPIPE."""

# typer carries a click of its own, and does not export this.
_BadUsage: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")

COMMANDS = {
    "check": At("check", "check"),
    "diff": At("diff", "diff"),
    "record": At("record", "record"),
    "ablate": At("ablate", "ablate"),
    "contract": At("contract", "app"),
    "redact": At("redact", "redact"),
    "replay": At("replay", "replay"),
    "salvage": At("salvage", "salvage"),
    "accept": At("accept", "accept"),
    "rules": At("rules", "rules"),
    "infer": At("infer", "infer"),
    "shim": At("shim", "app"),
    "init": At("init", "init"),
    "schema": At("schema", "schema"),
    "env": At("env", "app"),
}

app = typer.Typer(
    name="backfit",
    cls=group(COMMANDS),
    help="Prove an upgrade safe for the plugins that customers run; where it is not, write the shim that makes it so.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"backfit {version('backfit')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    _debug: Annotated[
        bool, typer.Option(_DEBUG, help="Show the traceback behind an error. It may stand anywhere.")
    ] = False,
) -> None:
    """`run` takes --debug out of the arguments, wherever it stands; it is here to be in the help."""


def run(arguments: list[str]) -> int:
    """Run one command; gives its exit code and writes errors to stderr. Raises KeyboardInterrupt on Ctrl-C."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    debug = _DEBUG in own
    try:
        result = _invoked([each for each in own if each != _DEBUG] + arguments[len(own) :])
        sys.stdout.flush()
    except typer.Exit as stop:
        return stop.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains as it ends
        return _PIPE_CLOSED
    except Exception as error:  # noqa: BLE001  the last line of defence: say it plainly, keep the traceback for --debug
        if debug:
            traceback.print_exc()
        return _told(error)
    return result if isinstance(result, int) else ExitCode.SAFE


def _invoked(arguments: list[str]) -> object:
    """What the command returns. typer's own way in would give 1, which means a break, to a reader that went away."""
    command = typer.main.get_command(app)
    with command.make_context("backfit", arguments) as context:
        return command.invoke(context)


def _told(error: Exception) -> int:
    if isinstance(error, BackfitError):
        return _print_error(str(error), error.exit_code)
    if isinstance(error, _BadUsage):
        error.show()
        return ExitCode.USAGE
    if isinstance(error, MemoryError):
        hint = "compare fewer calls, or give streams (.har.ndjson.zst), which need little"
        return _print_error(f"not enough memory\n  {hint}", ExitCode.INDETERMINATE)
    hint = f"this is a defect of Backfit: run it again with {_DEBUG} and report what it prints"
    return _print_error(f"internal error: {type(error).__name__}: {error}\n  {hint}", ExitCode.INTERNAL)


def _print_error(text: str, code: int) -> int:
    print(f"backfit: {printable_lines(text)}", file=sys.stderr)
    return code
