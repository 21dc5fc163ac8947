"""`backfit env doctor`: whether what runs is what the file asks, and what the customer has."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.choices import DriverName, SideOption
from harness.cli.env_report import read_report
from harness.cli.options import Driver, EnvironmentPath
from harness.environments.load import load_environment
from harness.intake.format import understood
from harness.model.errors import ExitCode
from harness.parity.doctor import diagnose
from harness.parity.telling import as_json, as_text
from harness.report.terminal import progress
from harness.report.text import printable_lines

EPILOG = """\
Examples:

backfit env doctor environments/bike-shop

backfit env doctor environments/acme --side old --report chrome-version.txt --report pip.txt

Weights: break-prone (plugins have broken on it by itself: the browser's engine and major version, versions of system,
plugin, libraries and databases, time zone, clock), likely (it can change a result: locale, language, OS, window, umask),
cosmetic (fonts, builds, limits).

Exit codes: 0 nothing that weighs is another, 1 a mismatch that is break-prone or likely, 2 a bad file or option, 3 the
environment failed.
"""


class Format(StrEnum):
    """How the diagnosis is written."""

    TEXT = "text"
    JSON = "json"


def doctor(
    environment: EnvironmentPath,
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="What the customer sent (see from-report): compared as well. May be several.",
        ),
    ] = None,
    side: Annotated[SideOption, typer.Option("--side", help="The version to bring up.")] = SideOption.NEW,
    driver: Driver = DriverName.AUTO,
    format_: Annotated[Format, typer.Option("--format", help="text for people, json for programs.")] = Format.TEXT,
) -> int:
    """Bring one version up, ask system, services and the plugin's place what is there, and compare.

    With what the file asks: OS, locale, zone, clock, browser, language, fonts, versions. With --report also with what the
    customer has, in the customer's own words. Each mismatch is told with its weight, and what is not known is said.
    """
    loaded = load_environment(environment)
    reported = [fact for name in report or () for fact in understood(read_report(name)).facts]
    with progress(Console(stderr=True)) as tell:
        found = diagnose(loaded, side=side.value, reported=reported if report else None, driver=driver.value, tell=tell)
    print(printable_lines((as_json if format_ is Format.JSON else as_text)(found)), end="")
    return ExitCode.SAFE if found.healthy else ExitCode.BREAKING
