"""The one family of errors that a user is shown: what went wrong, where, and what to do."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a pipeline reads (DESIGN.md section 7)."""

    SAFE = 0
    BREAKING = 1
    USAGE = 2
    INDETERMINATE = 3
    INTERNAL = 4


class BackfitError(Exception):
    """Something the user can act on. `where` is a file, `file:line` or an address; `hint` says what to do next."""

    exit_code: ExitCode = ExitCode.INTERNAL

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.hint}" if self.hint else head


class UsageError(BackfitError):
    """The call, or a file that a person wrote, is wrong."""

    exit_code = ExitCode.USAGE


class BadFile(UsageError):
    """A file cannot be read as what it should be; `where` names it, with the line when it is known."""


class EnvironmentFailed(BackfitError):
    """The environment, not the upgrade, is at fault (Docker, port, disk, time-out): never reported as a break."""

    exit_code = ExitCode.INDETERMINATE
