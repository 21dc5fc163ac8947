"""`backfit accept`: a change that was looked at and is fine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from harness.gate.accepting import accept as add
from harness.gate.accepting import reported
from harness.gate.ignore import Entry
from harness.gate.ignore_file import FILE_NAME, FINGERPRINT
from harness.model.errors import UsageError

EPILOG = f"""\
Examples:

backfit accept 5c0c396411446dd9 --reason "the widget never shows it" --owner ana --expires 2026-12-31

backfit diff old.har new.har --format json=diff.json; backfit accept 5c0c396411446dd9 --reason "fine" --from diff.json

An entry of {FILE_NAME} that is expired, or that accepts nothing any more, is an error of the next `backfit diff`.
"""


def accept(
    fingerprints: Annotated[
        list[str], typer.Argument(metavar="FINGERPRINT...", help="The 16 hex digits that each finding carries.")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the change is fine.")],
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who says so.")] = "",
    expires: Annotated[
        str, typer.Option("--expires", metavar="DATE", help="The last day on which it is accepted, as 2026-12-31.")
    ] = "",
    environment: Annotated[
        str, typer.Option("--environment", metavar="NAME", help="Accept it in one environment only.")
    ] = "",
    file: Annotated[
        Path, typer.Option("--file", metavar="FILE", help="Where accepted changes stand; made where it is not there.")
    ] = Path(FILE_NAME),
    diff: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIFF.json", help="The diff that reported it, to note beside it what it is."),
    ] = None,
) -> None:
    """Accept changes by their fingerprints: they are listed as accepted from now on, and fail nothing.

    Entries are added at the end of the file, and everything else in it stays as it is.
    """
    wrong = next((each for each in fingerprints if not FINGERPRINT.fullmatch(each)), None)
    if wrong is not None:
        raise UsageError(f"{wrong!r} is no fingerprint", hint="it has 16 hex digits, as `backfit diff` prints them")
    entry = Entry(
        reason=_line("--reason", reason),
        owner=_line("--owner", owner),
        environment=_line("--environment", environment),
        expires=_day(expires),
    )
    if not entry.reason:
        raise UsageError("--reason is empty", hint="say why the change is fine")
    comments = {} if diff is None else reported(diff, fingerprints)
    entries = [replace(entry, fingerprint=each) for each in fingerprints]
    add(file, entries, comments)
    for each in fingerprints:
        print(f"{file}: accepted {each}" + (f"  {comments[each]}" if each in comments else ""))


def _line(option: str, text: str) -> str:
    if not text.isprintable():
        raise UsageError(f"{option} is one line of text, without control characters")
    return text.strip()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--expires is a date, not {text!r}", hint="such as 2026-12-31") from error
    if day is not None and day < date.today():
        raise UsageError(f"--expires {text} is in the past", hint="name the last day on which it is accepted")
    return day
