"""Where a plugin's processes run, if not on this machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from harness.record.bounded import Ended


class Sandbox(Protocol):
    """A place that holds a stranger's program: it sees what it is given, and nothing else of this machine."""

    def run(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        scratch: Path,
        environment: Mapping[str, str],
        timeout: float,
        ports: Sequence[int] = (),
        files: Sequence[Path] = (),
        gives: Sequence[str] = (),
    ) -> Ended:
        """As run_bounded, in the sandbox: `folder` and `files` are there under the same paths, to be read, `scratch` to be
        written; `ports` are those of 127.0.0.1 that it reaches, under the same numbers. Afterwards the files, and the files
        in the folders, that `gives` names below `scratch` are there on this side as well.

        Raises EnvironmentFailed where the sandbox is at fault, UsageError where the command's program is not in it.
        """
        ...
