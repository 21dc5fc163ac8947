"""What a run keeps between its starts: data as they were at the beginning, named snapshots, networks not in use."""

from __future__ import annotations

import shutil
import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from harness.environments.containers.snapshot import Snapshot
from harness.environments.containers.vault import Vault
from harness.environments.engine import Engine
from harness.environments.network.private import PrivateNetwork
from harness.environments.store import scratch_folder


class Kept:
    """What a driver and its systems share; it goes away with the last of them, or by `close`."""

    def __init__(self, engine: Engine, run_id: str) -> None:
        self.engine, self.run_id = engine, run_id
        self.vault = Vault(engine, run_id)
        self.beginnings: dict[str, Snapshot] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.lock = threading.RLock()
        self._networks: dict[tuple[str, ...], list[PrivateNetwork]] = {}
        self._folders: list[Path] = []
        self._behind = ThreadPoolExecutor(2, "behind")
        self._going_on: list[Future[None]] = []
        self._end = weakref.finalize(self, _close, self.vault, self._networks, self._folders, self._going_on)

    def network(self, egress: Sequence[str]) -> PrivateNetwork:
        """A network that nothing else is on, with these hosts outside; `give_back` it."""
        with self.lock:
            free = self._networks.setdefault(tuple(egress), [])
            return free.pop() if free else PrivateNetwork(self.engine, self.run_id, egress)

    def give_back(self, network: PrivateNetwork, egress: Sequence[str]) -> None:
        """Another start may have the network; after `close` it is removed at once."""
        with self.lock:
            if self._end.alive:
                self._networks[tuple(egress)].append(network)
            else:
                network.drop()

    def folder(self) -> Path:
        """A path of this machine for a workspace's tar files; nothing is there yet."""
        with self.lock:
            if not self._folders:
                self._folders.append(scratch_folder(self.run_id, "kept"))
            self._folders.append(self._folders[0] / str(len(self._folders)))
            return self._folders[-1]

    def behind(self, do: Callable[[], None]) -> None:
        """Does it while something else goes on; `close` waits for it, and tells what went wrong."""
        self._going_on.append(self._behind.submit(do))

    def close(self) -> None:
        """Removes it all; may be called again. Raises EnvironmentFailed when it cannot."""
        self._end()


def _close(
    vault: Vault,
    networks: dict[tuple[str, ...], list[PrivateNetwork]],
    folders: list[Path],
    going_on: list[Future[None]],
) -> None:
    with ExitStack() as ending:  # backwards: the containers, then what they were on
        if folders:
            ending.callback(shutil.rmtree, folders[0], ignore_errors=True)
        ending.callback(vault.close)
        for free in networks.values():
            while free:
                ending.callback(free.pop().drop)
        while going_on:
            ending.callback(going_on.pop().result)
