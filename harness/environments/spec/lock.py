"""What an environment was really made of, as environment.lock has it: what is installed the next time, to the byte.

No address, no host's name: a lock is as good on another network, with other indexes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from harness.environments import checks
from harness.environments.spec.parts import Name, Part

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Version = Annotated[Name, BeforeValidator(checks.scalar, json_schema_input_type=str | int | float)]
Installed = Literal["old", "new", "plugin"]
INSTALLED: tuple[Installed, ...] = ("old", "new", "plugin")


class PipPackage(Part):
    """One package from a Python index."""

    version: Version
    """Its version."""
    sha256: Sha256
    """The hash of the file that is installed."""


class LockedPackages(Part):
    """One installation: an old side's, a new one's, or the plugin's own."""

    asked: tuple[Name, ...]
    """The requirements that it answers, as environment.yaml had them; others make it a lock of something else."""
    pip: dict[Name, PipPackage] = Field(default_factory=dict)
    """Every Python package of it by name."""
    npm: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Every npm package of it by its place, as in the `packages` of npm's package-lock.json."""


class LockedBrowser(Part):
    """The browser that pages were shown in."""

    name: Name
    """chromium, firefox or webkit."""
    version: Version
    """Its full version."""


class LockedDriver(Part):
    """What one driver brings up."""

    host: dict[Name, Version]
    """What it is made for: the machine's kind, and the OS (docker) or the Python (process)."""
    images: dict[Name, Name] = Field(default_factory=dict)
    """Images that are taken as they are, and the base under those that are made: name -> id."""
    folders: dict[Name, Sha256] = Field(default_factory=dict)
    """Folders with a Dockerfile: name -> the hash of what is in it."""
    debian: dict[Name, Version] = Field(default_factory=dict)
    """Debian packages of the images that are made: name -> version."""
    browser: LockedBrowser | None = None
    """The browser, where there is one that Backfit brings."""
    old: LockedPackages | None = None
    """What the old version is installed from; nothing where it is an image."""
    new: LockedPackages | None = None
    """What the new version is installed from."""
    plugin: LockedPackages | None = None
    """What the plugin is installed from, where it has an installation of its own."""

    def packages(self, name: Installed) -> LockedPackages | None:
        """That installation's."""
        return {"old": self.old, "new": self.new, "plugin": self.plugin}[name]


class Lock(Part):
    """What an environment was really made of, by driver; written by `backfit env lock`."""

    format: Literal["backfit/lock/v1"] = Field(alias="schema")
    """The format of this file."""
    docker: LockedDriver | None = None
    """With containers."""
    process: LockedDriver | None = None
    """With plain processes of a machine."""

    def driver(self, name: str) -> LockedDriver | None:
        """That driver's."""
        return self.docker if name == "docker" else self.process
