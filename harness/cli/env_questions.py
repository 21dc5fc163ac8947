"""`backfit env questions`: what to ask the customer, and only what is not known yet."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.env_report import read_report
from harness.intake.environment_file import Said, is_environment, said_in
from harness.intake.format import understood
from harness.intake.gathered import Gathered
from harness.intake.questions import unanswered
from harness.intake.told import as_json, as_markdown, as_text
from harness.report.text import printable_lines

EPILOG = """\
Examples:

backfit env questions

backfit env questions environments/acme chrome-version.txt --format markdown

Exit codes: 0, or 2 for a file that cannot be read.
"""


class Format(StrEnum):
    """How the questions are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


_WRITERS = {Format.TEXT: as_text, Format.MARKDOWN: as_markdown, Format.JSON: as_json}


def questions(
    known: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ENVIRONMENT|FILE]…", help="What is known: an environment or its draft, and reports."),
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="text for a mail, markdown for a ticket, json for programs.")
    ] = Format.TEXT,
) -> None:
    """Print what to ask the customer, in plain words, to be pasted into a mail: only what is still unknown.

    What an environment says, and what the customer's reports say (backfit env from-report --help names them), is not asked
    again; where reports contradict each other, that is asked.
    """
    environments = [name for name in known or () if name != "-" and is_environment(Path(name))]
    said = [said_in(Path(name)) for name in environments]
    reports = [understood(read_report(name)) for name in known or () if name not in environments]
    facts = Gathered.of(fact for report in reports for fact in report.facts)
    every = Said(frozenset().union(*(each.keys for each in said)), frozenset().union(*(each.open for each in said)))
    left = unanswered(every.keys, every.open, facts)
    print(printable_lines(_WRITERS[format_](left, facts.contradictions())), end="")
