"""`backfit salvage`: what is whole of a recording that was cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.record.har import write_har
from harness.record.salvage import salvaged
from harness.report.text import line

EPILOG = (
    """Example: backfit salvage .backfit/runs/20260302-0900-bike-shop-recording/recording.har.ndjson -o recording.har"""
)


def salvage(
    recording: Annotated[
        Path, typer.Argument(help="A HAR that ends in the middle, or the journal (.har.ndjson) of a killed run.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.har", help="Where the whole entries go.")],
) -> None:
    """Keep the entries of a damaged recording that are whole, up to the first that is not."""
    kept = salvaged(recording)
    write_har(output, kept)
    number = len(kept.exchanges)
    print(line(f"{output}: {number} {'exchange' if number == 1 else 'exchanges'} of {kept.source}"))
