"""`--format text|json[=FILE]` of the commands that speak about shims: a table for a person, or the same for a program."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from harness.atomic import write_atomically
from harness.cli.formats import targets

_WIDTH = 100

Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format", metavar="FORMAT[=FILE]", help="text or json, to the terminal or a file; may be given twice."
    ),
]


def tell(formats: Sequence[str] | None, show: Callable[[Console], None], value: Callable[[], Any]) -> None:
    """Deliver both, or one; the terminal gets the text where nothing else goes there. Raises UsageError."""
    wanted = targets(formats or [], ("text", "json"))
    if all(file is not None for _, file in wanted):
        show(Console())
    for name, file in wanted:
        if name == "text" and file is None:
            show(Console())
        else:
            _deliver(_plain(show) if name == "text" else json.dumps(value(), indent=2) + "\n", file)


def _plain(show: Callable[[Console], None]) -> str:
    """In 100 columns, without colours."""
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
    with console.capture() as capture:
        show(console)
    return "".join(f"{text.rstrip()}\n" for text in capture.get().splitlines())


def _deliver(text: str, file: Path | None) -> None:
    if file is None:
        print(text, end="")
    else:
        write_atomically(file, [text.encode("utf-8", "backslashreplace")])
