"""What the containers of one side have in common: its image, its places inside, its rights and its variables."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docker.types import Mount

from harness.environments.engine import archive, labels
from harness.environments.images import SideImage
from harness.environments.launch import Address, Scratch, filled, masked, prepare_scratch, start_words, system_variables
from harness.environments.rights import isolation
from harness.environments.services.plan import Plan
from harness.environments.spec import Environment, Ready, Side

ROOT = "/backfit"
"""The folder in the container that holds workspace, home and seed."""
DEFAULT_PORT = 8000

_OWNED_FOLDERS = ("workspace", "home", "seed")


@dataclass(frozen=True)
class Start:
    """One side, made definite."""

    environment: Environment
    side: Side
    image: SideImage
    services: Mapping[str, Plan]
    run_id: str

    @property
    def name(self) -> str:
        """What people call it: datasette (old)."""
        return f"{self.environment.system.name} ({self.side.name})"

    @property
    def port(self) -> int:
        """Where it listens in its container."""
        return self.environment.system.port or DEFAULT_PORT

    @property
    def workspace(self) -> str:
        """Ours; that of an image with a command of its own is its working folder."""
        own = str(self.image.config.get("WorkingDir") or "")
        return own if self.side.start is None and own not in ("", "/") else f"{ROOT}/workspace"

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders inside that a start changes, as far as Backfit knows."""
        return (ROOT,) if self.workspace.startswith(f"{ROOT}/") else (ROOT, self.workspace)

    @property
    def user(self) -> str:
        """The user to run as: an image keeps its own."""
        return str(self.image.config.get("User") or "") if self.image.user is None else str(self.image.user)

    def words(self, address: Address) -> list[str]:
        """The start command; nothing where the image has its own."""
        return start_words(self.side, address)

    def ready(self, address: Address) -> Ready:
        """How to see that it is ready, with the places in its command filled in."""
        ready = self.side.ready
        return ready if ready.run is None else ready.model_copy(update={"run": filled(ready.run, address)})

    def variables(self, address: Address) -> dict[str, str]:
        """The system's variables, in the container's places; of each service BACKFIT_DB_HOST and BACKFIT_DB_PORT."""
        path = {"PATH": self.image.path} if self.image.path else {}
        home = {} if self.side.start is None else {"HOME": f"{ROOT}/home"}
        places = {
            f"BACKFIT_{place.replace('.', '_').replace('-', '_').upper()}": value
            for place, value in address.places.items()
        }
        return {**path, **home, **places, **system_variables(self.environment, self.side, self.run_id, address)}

    def options(self, words: Sequence[str], variables: Mapping[str, str]) -> dict[str, Any]:
        """docker-py's options for a container of this side that runs `words`."""
        masked_words = masked(words, self.environment.host.umask)
        return {
            "command": masked_words[1:] or None,
            "entrypoint": masked_words[:1] or None,
            "environment": dict(variables),
            "working_dir": self.workspace,
            "mounts": [Mount(ROOT, None, type="volume", labels=labels(self.run_id, self.side.name))],
            **isolation(self.environment.host, user=self.user, writable=self.image.user is None),
        }

    def seed_words(self) -> list[str]:
        """The command of the side's seed."""
        return [self.image.python, f"{ROOT}/seed/{Path(self.side.seed or '').name}"]

    def files(self, into: Path) -> dict[str, Path]:
        """All files of the side, in tars by folder inside, in the new folder `into`; they are the system's user's."""
        return self._files(self.side, into)

    def added_files(self, into: Path) -> dict[str, Path]:
        """Those that only this side has; see `files`."""
        return self._files(replace(self.side, files=self.side.spec.files, seed=None), into)

    def _files(self, side: Side, into: Path) -> dict[str, Path]:
        scratch = prepare_scratch(self.environment, side, self.run_id)
        try:
            return self._packed(scratch, into)
        finally:
            scratch.remove()

    def _packed(self, scratch: Scratch, into: Path) -> dict[str, Path]:
        into.mkdir()
        found = {folder: into / f"{number}.tar" for number, folder in enumerate(self.folders)}
        contents = {ROOT: {name: scratch.folder / name for name in _OWNED_FOLDERS}}
        contents.setdefault(self.workspace, {each.name: each for each in scratch.workspace.iterdir()})
        for folder, tar in found.items():
            tar.write_bytes(archive(contents[folder], {}, self._owned))
        return found

    def _owned(self, entry: tarfile.TarInfo) -> tarfile.TarInfo:
        number = self.user.partition(":")[0] or "0"
        if number.isdecimal():
            entry.uid = entry.gid = int(number)
        else:  # the image names its user: who that is, only the image knows
            entry.mode |= 0o777 if entry.isdir() else 0o666
        entry.uname = entry.gname = ""
        return entry
