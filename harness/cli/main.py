"""`backfit`: the commands, and how an error becomes a message and an exit code."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from harness.cli import check, diff, env, init, schema, shim
from harness.model.errors import BackfitError, ExitCode

_EPILOG = "Exit codes: 0 safe, 1 breaking changes, 2 usage or a bad file, 3 the environment failed, 4 internal error."

app = typer.Typer(
    name="backfit",
    help="Prove an upgrade safe for the plugins that customers run; where it is not, write the shim that makes it so.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check", epilog=check.EPILOG)(check.check)
app.command("diff", epilog=diff.EPILOG)(diff.diff)
app.add_typer(shim.app, name="shim")
app.add_typer(env.app, name="env")
app.command("schema", epilog=schema.EPILOG)(schema.schema)
app.command("init", epilog=init.EPILOG)(init.init)


@app.callback()
def _options(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback behind an error.")] = False,
) -> None:
    context.obj = debug


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; gives its exit code and writes errors to stderr."""
    debug = "--debug" in arguments
    try:
        result = app(args=arguments, prog_name="backfit", standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return _told("stopped", 130)
    except KeyboardInterrupt:
        return _told("stopped: everything that was started has been ended", 130)
    except BackfitError as error:
        if debug:
            traceback.print_exc()
        return _told(str(error), error.exit_code)
    except typer._click.exceptions.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001  the last line of defence: say it plainly, keep the traceback for --debug
        if debug:
            traceback.print_exc()
        hint = "" if debug else "\n  this is a defect of Backfit: run it again with --debug and report what it prints"
        return _told(f"internal error: {type(error).__name__}: {error}{hint}", ExitCode.INTERNAL)
    return result if isinstance(result, int) else ExitCode.SAFE


def _told(text: str, code: int) -> int:
    print(f"backfit: {text}", file=sys.stderr)
    return code
