"""Where the data of a run's services lie: one volume of the engine, and one small container that copies inside it.

A service's data folder is a volume of its own that shows a folder of that volume. So what was kept is brought back by a
copy on the engine's own disk, whatever the service is, and a copy is made ahead while the system is in use.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock

import docker.errors
from docker.models.volumes import Volume
from docker.types import Mount

from harness.environments.box import Box
from harness.environments.engine import Engine, engine_errors, labels
from harness.environments.rights import isolation
from harness.environments.spec import Host
from harness.environments.store import file_name

_PLACE = "/vault"
_COPY_TIMEOUT = 600.0
_TAKE = 'if [ -d "spare/$1" ]; then mv "spare/$1" "live/$2"; else cp -a "kept/$1" "live/$2"; fi'
_AHEAD = 'if [ ! -d "spare/$1" ]; then cp -a "kept/$1" "spare/.$2" && mv -T "spare/.$2" "spare/$1"; fi'


class Vault:
    """The data of one run; nothing is made before it is first used."""

    def __init__(self, engine: Engine, run_id: str) -> None:
        self._engine, self._run_id = engine, run_id
        self._lock = Lock()
        self._volume: Volume | None = None
        self._keeper: Box | None = None

    def open(self, image: str) -> None:
        """Makes the volume, and the container from `image`, which has a shell and is here anyway."""
        with self._lock:
            if self._keeper is not None:
                return
            with engine_errors("making a volume"):
                self._volume = self._engine.client.volumes.create(self._name("data"), labels=self._labels())
            self._keeper = Box.create(
                self._engine,
                image,
                self._run_id,
                "data",
                entrypoint=["tail", "-f", "/dev/null"],
                network_mode="none",
                working_dir=_PLACE,
                mounts=[Mount(_PLACE, str(self._volume.name), type="volume", no_copy=True)],
                **isolation(Host(), user="0"),
            )
            self._keeper.start()
            self._run("mkdir -p live kept spare", "")

    def fresh(self, names: Iterable[str]) -> str:
        """A new place for the data of one start, with an empty folder for each of `names`."""
        place = secrets.token_hex(6)
        self._run('cd live && mkdir "$1" && cd "$1" && shift && mkdir -- "$@"', place, *names)
        return place

    def volume(self, place: str, name: str) -> str:
        """A new volume that shows the folder `name` of `place`."""
        assert self._volume is not None, "a vault is opened before it is used"
        with engine_errors("making a volume"):
            device = f"{self._volume.attrs['Mountpoint']}/live/{place}/{name}"
            options = {"type": "none", "o": "bind", "device": device}
            made = self._engine.client.volumes.create(self._name(name), driver_opts=options, labels=self._labels())
        return str(made.name)

    def remove_volume(self, name: str) -> None:
        """Removes such a volume, which no container uses any more."""
        with engine_errors("removing a volume"), suppress(docker.errors.NotFound):
            self._engine.client.volumes.get(name).remove(force=True)

    def keep(self, place: str) -> str:
        """Keeps what lies in `place`, whose containers are gone; gives the name of what is kept."""
        self._run('mv "live/$1" "kept/$1"', place)
        return place

    def copy(self, kept: str) -> str:
        """A place with a copy of what was kept."""
        place = secrets.token_hex(6)
        self._run(_TAKE, kept, place)
        return place

    def copy_ahead(self, kept: str) -> None:
        """Makes the next `copy` of it a matter of a new name."""
        with self._lock:
            self._run(_AHEAD, kept, secrets.token_hex(6))

    def write(self, kept: str, tar: Path) -> None:
        """Writes what was kept to a tar file of this machine."""
        self.box().take(f"{_PLACE}/kept/{kept}", tar)

    def read(self, tar: Path) -> str:
        """Keeps what such a tar file holds."""
        kept = secrets.token_hex(6)
        self._run('mkdir "kept/$1"', kept)
        with tar.open("rb") as stream:
            self.box().put(f"{_PLACE}/kept/{kept}", stream)
        return kept

    def forget(self, place: str) -> None:
        """Removes a place whose containers are gone."""
        self._run('rm -rf "live/$1"', place)

    def close(self) -> None:
        """Removes everything; the containers that used it are gone."""
        with self._lock:
            if self._keeper is not None:
                self._keeper.remove()
            if self._volume is not None:
                with engine_errors("removing a volume"):
                    self._volume.remove(force=True)
            self._keeper = self._volume = None

    def box(self) -> Box:
        """The container that has all of it in its working folder."""
        assert self._keeper is not None, "a vault is opened before it is used"
        return self._keeper

    def _run(self, script: str, *words: str) -> None:
        self.box().run(["sh", "-ec", script, "sh", *words], _COPY_TIMEOUT)

    def _name(self, what: str) -> str:
        return f"backfit-{file_name(self._run_id)}-{what}-{secrets.token_hex(4)}"

    def _labels(self) -> dict[str, str]:
        return labels(self._run_id, "data")
