"""`backfit shim steps`: what a person may write into a shim, step by step."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from harness.lens.manual import Page, conversions, manual
from harness.model.errors import UsageError
from harness.model.json_text import serialize

EPILOG = "Examples: backfit shim steps, backfit shim steps page, backfit shim steps convert"

_WIDTH = 18


def steps(
    name: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="One step, in full. Without it, all in a list.")
    ] = None,
) -> None:
    """Say what each step of a shim does, and which parameters it takes.

    `convert` lists every conversion with an example. Each step's meaning is written down so that it holds in any language.
    """
    console, pages = Console(), manual()
    if name is None:
        for page in pages.values():
            console.print(Text.assemble((f"{page.name:{_WIDTH}}", "bold"), page.title), soft_wrap=True)
        return
    if name not in pages:
        raise UsageError(f"no step is called {name!r}", hint=f"known: {', '.join(pages)}")
    _print(pages[name], console)


def _print(page: Page, console: Console) -> None:
    console.print(Text.assemble((page.name, "bold"), f"  {page.title}"), soft_wrap=True)
    console.print(Text(f"\n{page.meaning}\n"), soft_wrap=True)
    for parameter in page.parameters:
        needed = ", needed" if parameter.needed else ""
        console.print(Text(f"  {parameter.key:{_WIDTH - 2}}{parameter.kind}{needed}"), soft_wrap=True)
    if page.name == "convert":
        console.print()
        for each in conversions():
            value, becomes = (serialize(side).decode() for side in (each.value, each.becomes))
            lossless = "" if each.exact else ", not exactly undone"
            console.print(Text(f"  {each.name:30}{value} becomes {becomes}{lossless}"), soft_wrap=True)
