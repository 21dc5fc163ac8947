"""A check that several processes ask for is made once: the first one makes it, the others wait and read what it found."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.contract.workspace import folder_name
from harness.model.errors import BackfitError, EnvironmentFailed, ExitCode, UsageError
from harness.model.summary import CheckSummary
from harness.report.reading import read_summary


def once(shared: Path, name: str, make: Callable[[], CheckSummary]) -> CheckSummary:
    """The summary of the check `name`, made by the first who asks in the folder `shared`.

    Raises what the check raised, to everybody who asks. One who is killed while he makes it leaves it to the next.
    """
    file = shared / f"{folder_name(name)}.json"
    with _alone(file.with_suffix(".lock")):
        if not file.exists():
            file.write_text(json.dumps(_made(make)))
        found = json.loads(file.read_text())
    if "error" in found:
        kind = EnvironmentFailed if found["code"] == ExitCode.INDETERMINATE else UsageError
        raise kind(found["error"], where=found["where"], hint=found["hint"])
    return read_summary(Path(found["report"]))


def _made(make: Callable[[], CheckSummary]) -> dict[str, object]:
    try:
        summary = make()
    except BackfitError as error:
        return {"error": error.what, "where": error.where, "hint": error.hint, "code": error.exit_code.value}
    return {"report": str((Path(summary.folder) / "report.json").absolute())}


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Holds a lock that the kernel lets go of when its holder dies."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
