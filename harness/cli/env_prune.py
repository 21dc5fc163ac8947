"""`backfit env prune`: what killed runs left, and what was kept and not used for long."""

from __future__ import annotations

import re
import time
from typing import Annotated

import typer
from rich.filesize import decimal

from harness.environments.reap import orphans, reap_orphans
from harness.living.stock import Kept, stock, unused_for
from harness.model.errors import UsageError
from harness.record.scratch import remove_left
from harness.report.text import count, printable

EPILOG = """\
Examples:

backfit env prune

backfit env prune --older-than 30d --dry-run

What is removed is made again by the next run that needs it: packages are installed anew, images built anew.
"""
_DAY = 86400.0
_UNITS = {"h": 3600.0, "d": _DAY, "w": 7 * _DAY}


def prune(
    older_than: Annotated[
        str | None,
        typer.Option("--older-than", metavar="TIME", help="Also what was kept and not used for 30d, 12h or 2w."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also all that was kept and that nothing uses now.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Remove nothing: say what would be removed.")] = False,
) -> None:
    """Remove what killed runs left, and what is old.

    Processes, containers, networks and folders of runs that were killed are ended and removed; runs that go on are not
    touched. Installations, browsers, packages and images are kept so that the next run starts at once: --older-than removes those
    that nobody used for so long, --all all of them.
    """
    seconds = 0.0 if everything else _seconds(older_than) if older_than is not None else None
    left = orphans() if dry_run else [*reap_orphans(), *map(str, remove_left())]
    kept = unused_for(seconds, stock()) if seconds is not None else []
    for line in left:
        print(printable(line))
    for each in kept:
        if not dry_run:
            each.remove()
        print(printable(_line(each)))
    print(_sum(len(left), kept, dry_run))


def _line(each: Kept) -> str:
    days = int((time.time() - each.used) / _DAY)
    used = "used today" if days < 1 else f"not used for {count(days, 'day')}"
    return f"{each.name}  {decimal(each.size)}, {used}"


def _sum(left: int, kept: list[Kept], dry_run: bool) -> str:
    things = left + len(kept)
    if not things:
        return "nothing was left behind"
    would = "would be removed" if dry_run else "removed"
    size = f", {decimal(sum(each.size for each in kept))}" if kept else ""
    return f"{count(things, 'thing')} {would}{size}"


def _seconds(text: str) -> float:
    match = re.fullmatch(r"(\d+)\s*([hdw])", text.strip().lower())
    if match is None:
        raise UsageError(f"--older-than is a time, not {text!r}", hint="such as 30d, 12h or 2w")
    return int(match[1]) * _UNITS[match[2]]
