"""The screenshots of a run as data: URIs, so that the page that shows them is one file."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.model.outcome import PluginRun, Shot, Side
from harness.model.summary import CheckSummary

_IMAGES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True)
class Picture:
    """What one side showed: a data: URI, or why there is none."""

    side: Side
    uri: str = ""
    missing: str = ""


def pictures(summary: CheckSummary) -> Iterator[tuple[str, list[Picture]]]:
    """Each screenshot's name and what it shows on each side that ran, so that like stands beside like.

    Only files inside `summary.folder` are read; one that cannot be is named instead.
    """
    names = dict.fromkeys(shot.name for run in summary.runs for shot in run.screenshots)
    folder = Path(summary.folder).resolve()
    for name in names:
        yield name, [_picture(run, name, folder) for run in summary.runs]


def _picture(run: PluginRun, name: str, folder: Path) -> Picture:
    shot = next((shot for shot in run.screenshots if shot.name == name), None)
    if shot is None:
        return Picture(run.side, missing="no screenshot was taken here")
    return _embedded(run.side, shot, folder)


def _embedded(side: Side, shot: Shot, folder: Path) -> Picture:
    try:
        file = (folder / shot.file).resolve()
        if not file.is_relative_to(folder):
            return Picture(side, missing=f"{shot.file} lies outside the run's folder")
        data = file.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return Picture(side, missing=f"{shot.file}: {getattr(error, 'strerror', None) or error}")
    kind = next((kind for magic, kind in _IMAGES if data.startswith(magic)), None)
    if kind is None:
        return Picture(side, missing=f"{shot.file} is neither PNG nor JPEG")
    return Picture(side, uri=f"data:{kind};base64,{base64.b64encode(data).decode()}")
