"""`backfit shim emit`: a shim as a script that runs where the plugin runs: nothing has to stand before the system then."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic_core import PydanticCustomError

from harness.atomic import write_atomically
from harness.cli.files import ShimFile
from harness.environments.page_checks import global_name, origin
from harness.model.errors import UsageError
from harness.shims.javascript import emit
from harness.shims.yaml_file import read_shim

EPILOG = """\
Examples:

backfit shim emit upgrade.shim.yaml --target javascript -o shim.js

backfit shim emit upgrade.shim.yaml --target javascript --origin https://erp.example -o extension/shim.js
"""


class Target(StrEnum):
    """What a shim can be written as."""

    JAVASCRIPT = "javascript"


def emit_(
    shim: ShimFile,
    target: Annotated[Target, typer.Option("--target", help="The language that it is written in.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.js", help="Where it goes; else standard output.")
    ] = None,
    origins: Annotated[
        list[str] | None,
        typer.Option(
            "--origin", metavar="URL", help="Where the system is called, e.g. https://erp.example; else the page's own."
        ),
    ] = None,
    host_api: Annotated[
        list[str] | None,
        typer.Option(
            "--host-api", metavar="NAME", help="A global of the page, e.g. System, of which only values are read."
        ),
    ] = None,
) -> None:
    """Write a shim as one script: before fetch, XMLHttpRequest and a page's own API, it does what `shim serve` does.

    Load it before every other script: in a page, a worker, an extension's scripts (with --origin), or with node --require.
    Calls that the shim does not know, and answers that do not fit, pass as they are.
    """
    script = emit(
        read_shim(shim),
        origins=[_checked(origin, each, "--origin") for each in origins or ()],
        host_api=[_checked(global_name, each, "--host-api") for each in host_api or ()],
    )
    if output is None:
        sys.stdout.write(script)
        return
    write_atomically(output, [script.encode()])
    print(f"{output}: {len(script.encode()) // 1024} KiB of {target.value}")


def _checked(check: Callable[[str], str], value: str, option: str) -> str:
    """What an environment file asks of such a value. Raises UsageError."""
    try:
        return check(value)
    except PydanticCustomError as error:
        context = error.context or {}
        raise UsageError(str(context["what"]), where=option, hint=context["hint"]) from error
