"""Where a check keeps what it finds: a folder for each run, and what a workspace keeps of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from harness.atomic import write_atomically
from harness.contract.workspace import CONTRACTS, FILE_NAME, folder_name
from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Verdict
from harness.model.summary import CheckSummary

RUNS = Path(".backfit") / "runs"
SHIMS = Path("shims")


def save(summary: CheckSummary, workspace: Path = Path()) -> list[Path]:
    """Copy what a check found to where a workspace keeps it: the recording, the contract and the shim. Gives the files.

    Nothing is kept of a plugin that fails on OLD already: what it did then is nobody's contract.
    """
    if summary.verdict not in (Verdict.OK, Verdict.BROKEN, Verdict.BROKEN_SHIMMED) or summary.shim is None:
        return []
    shim = Path(summary.shim.file)
    kept = workspace / SHIMS / folder_name(summary.plugin) / shim.name
    _copy(shim, kept)
    return [*save_contract(Path(summary.folder), summary.plugin, workspace), kept]


def save_contract(run: Path, plugin: str, workspace: Path = Path()) -> list[Path]:
    """Copy a run's recording and contract to where a workspace keeps the plugin's. Gives the files."""
    folder = workspace / CONTRACTS / folder_name(plugin)
    copies = [folder / name for name in ("recording.har", FILE_NAME)]
    for target in copies:
        _copy(run / target.name, target)
    return copies


def _copy(source: Path, target: Path) -> None:
    make_folder(target.parent)
    write_atomically(target, [source.read_bytes()])


def run_folder(workspace: Path, started: datetime, name: str) -> Path:
    """A new folder for a run, named after when it began and the environment. Raises EnvironmentFailed."""
    stem = f"{started:%Y%m%d-%H%M%S}-{name}"
    for suffix in ("", *(f"-{number}" for number in range(2, 100))):
        folder = workspace / RUNS / f"{stem}{suffix}"
        with suppress(FileExistsError):
            make_folder(folder, new=True)
            return folder
    raise EnvironmentFailed("a hundred runs began in this second", where=str(workspace / RUNS))


def make_folder(folder: Path, *, new: bool = False) -> None:
    """Make it with those above it; a `new` one must not be there yet (FileExistsError). Raises EnvironmentFailed."""
    try:
        folder.mkdir(parents=True, exist_ok=not new)
    except FileExistsError:
        raise
    except OSError as error:
        hint = "free some space, or run where you may write"
        raise EnvironmentFailed(f"cannot make a folder: {error.strerror}", where=str(folder), hint=hint) from error
