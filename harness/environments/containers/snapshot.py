"""What a system's data are at one moment: its workspace, its services' data, and of what they are the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from harness.environments.box import Box
from harness.environments.spec import Environment, SideName
from harness.environments.store import content_key
from harness.model.errors import UsageError

_OF_THE_DATA = {"image", "build", "debian", "data", "env"}


@dataclass(frozen=True)
class Facts:
    """Of what a snapshot is; `services` says by a key how each service is made, so far as its data hang on it."""

    environment: str
    side: str
    version: str
    services: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, environment: Environment, side: SideName, version: str) -> Facts:
        """The facts of one side as it is installed."""
        services = {
            name: content_key(environment.host.os, each.model_dump(mode="json", include=_OF_THE_DATA))
            for name, each in environment.services.items()
        }
        return cls(environment.name, side, version, services)

    def differing(self, other: Facts) -> list[str]:
        """What is other in `other`, a line each."""
        before, after = _flat(self), _flat(other)
        names = sorted(before.keys() | after.keys())
        return [
            f"{name}: {before.get(name, 'none')} then, {after.get(name, 'none')} now"
            for name in names
            if before.get(name) != after.get(name)
        ]


@dataclass(frozen=True)
class Snapshot:
    """`workspace` is the folder inside -> the tar of what lay in it; `data` is what the vault calls the services' data,
    empty where there are none."""

    facts: Facts
    workspace: Mapping[str, Path]
    data: str = ""

    def check(self, now: Facts, name: str) -> None:
        """Raises UsageError where it is not of what runs now."""
        if differing := self.facts.differing(now):
            hint = "\n  ".join([*differing, "take another one, or migrate: new: {migrate: …}"])
            raise UsageError(f"the snapshot '{name}' is of another system", hint=hint)


def fill(box: Box, workspace: Mapping[str, Path]) -> None:
    """Puts a workspace into a container that was not started yet."""
    for folder, tar in workspace.items():
        with tar.open("rb") as stream:
            box.put(folder, stream)


def taken(box: Box, folders: Iterable[str], into: Path) -> dict[str, Path]:
    """The folders of a container as tar files in the folder `into` of this machine."""
    into.mkdir()
    found = {folder: into / f"{number}.tar" for number, folder in enumerate(folders)}
    for folder, tar in found.items():
        box.take(folder, tar)
    return found


def _flat(facts: Facts) -> dict[str, Any]:
    found = asdict(facts)
    services = found.pop("services")
    return {**found, **{f"service {name}": key for name, key in services.items()}}
