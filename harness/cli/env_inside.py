"""`backfit env logs|exec|shell`: what a side that is up prints, and commands where it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand

from harness.cli.env_words import OneSide, Running, ServiceName
from harness.living.dwellers import the_one
from harness.living.inside import SHELL, SYSTEM, run_inside
from harness.living.output import output
from harness.model.errors import UsageError
from harness.report.text import printable_lines

LOGS_EPILOG = """\
Examples:

backfit env logs bike-shop --lines 100

backfit env logs hospital db --follow
"""
EXEC_EPILOG = """\
Examples:

backfit env exec bike-shop -- ls -l

backfit env exec hospital db -- psql -U kinto < query.sql

Exit code: the command's own; 2 for a bad option, 3 where there is no such command.
"""
SHELL_EPILOG = """\
Examples:

backfit env shell bike-shop

backfit env shell hospital db --side new
"""
_AFTER = "backfit.after"


class AfterDashes(TyperCommand):
    """A command whose words after `--` are for another program, and are kept apart from its own."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Puts them aside before the rest is read."""
        at = args.index("--") if "--" in args else len(args)
        ctx.meta[_AFTER] = args[at + 1 :]
        return super().parse_args(ctx, args[:at])

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Shows them in the help."""
        return [*super().collect_usage_pieces(ctx), "-- COMMAND..."]


def logs(
    environment: Running,
    service: ServiceName = SYSTEM,
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on with what comes, until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", min=0, metavar="N", help="So many of the last lines.")] = 40,
    side: OneSide = None,
) -> None:
    """Print what a system or a service has printed."""
    try:
        for text in output(the_one(environment, side, Path()), service, lines=lines, follow=follow):
            print(printable_lines(text.rstrip("\n")), flush=follow)
    except KeyboardInterrupt:  # the usual end of --follow
        if not follow:
            raise


def exec_(ctx: typer.Context, environment: Running, service: ServiceName = SYSTEM, side: OneSide = None) -> int:
    """Run a command where a system or a service runs.

    That is in its container, or in its workspace on this machine. It has the system's variables and working folder;
    standard input, output and exit code pass through.
    """
    argv = ctx.meta[_AFTER]
    if not argv:
        raise UsageError("there is no command", hint="put it after two dashes: backfit env exec ENVIRONMENT -- ls -l")
    return run_inside(the_one(environment, side, Path()), service, argv)


def shell(environment: Running, service: ServiceName = SYSTEM, side: OneSide = None) -> int:
    """Open a shell where a system or a service runs.

    `exit` ends it, and leaves the system running.
    """
    return run_inside(the_one(environment, side, Path()), service, SHELL)
