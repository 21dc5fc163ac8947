"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.model.exchange import Recording
from harness.record.har import read_har

OldHar = Annotated[Path, typer.Argument(metavar="OLD.har", help="Calls recorded against the old version (HAR 1.2).")]
NewHar = Annotated[Path, typer.Argument(metavar="NEW.har", help="The same calls against the new version.")]
ShimFile = Annotated[Path, typer.Argument(metavar="X.shim.yaml", help="A shim file.")]
OldAgain = Annotated[
    Path | None,
    typer.Option(
        "--old-again", metavar="FILE", help="A second run of the old version: what differs from OLD is noise."
    ),
]
NewAgain = Annotated[
    Path | None,
    typer.Option(
        "--new-again", metavar="FILE", help="A second run of the new version: what differs from NEW is noise."
    ),
]


def recording(path: Path | None) -> Recording | None:
    """The file's recording, None for no file."""
    return None if path is None else read_har(path)
