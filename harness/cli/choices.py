"""What several commands let a person choose from; this file loads nothing, so that they begin at once."""

from __future__ import annotations

from enum import StrEnum


class DriverName(StrEnum):
    """How versions are brought up."""

    AUTO = "auto"
    DOCKER = "docker"
    PROCESS = "process"


class SideOption(StrEnum):
    """One version."""

    OLD = "old"
    NEW = "new"
