"""`backfit rules`: what each kind of finding means."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from harness.gate.rules import all_rules, rule
from harness.report.rules import render_rule, render_rules

EPILOG = """\
Examples: backfit rules, backfit rules response-property-renamed, backfit rules --source observed
"""


class Source(StrEnum):
    """Where a kind of finding is seen."""

    ALL = "all"
    OBSERVED = "observed"
    DECLARED = "declared"


class Format(StrEnum):
    """How rules are printed."""

    TEXT = "text"
    JSON = "json"


def rules(
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One rule, in full. Without it, all in a list.")
    ] = None,
    source: Annotated[
        Source, typer.Option("--source", help="Rules of what is seen in answers, or of what schemas declare.")
    ] = Source.ALL,
    format_: Annotated[Format, typer.Option("--format", help="text for people, json for programs.")] = Format.TEXT,
) -> None:
    """Say what a kind of finding means, with an example, what to do about it, and whether a shim can undo it.

    Levels: break stops the plugin (where it reads the place), risk cannot be decided from the evidence, info harms nothing.
    """
    chosen = [rule(id_)] if id_ else [each for each in all_rules().values() if source in (Source.ALL, each.source)]
    if format_ is Format.JSON:
        print(json.dumps([asdict(each) for each in chosen], indent=2))
    elif id_:
        render_rule(chosen[0], Console())
    else:
        render_rules(chosen, Console())
