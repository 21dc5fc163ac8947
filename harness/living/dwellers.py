"""Which sides are up in a workspace: found by what people call them, looked after, taken down."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from harness.environments.owner import parse_owner
from harness.environments.reap import reap_orphans
from harness.living.place import Place, State, places
from harness.living.talk import ask
from harness.model.errors import EnvironmentFailed, UsageError
from harness.written import suggestion

_GRACE = 30.0
"""Seconds that a keeper may take to end all that it owns before it is killed, and what it owned is reaped."""
_PAUSE = 0.02


@dataclass(frozen=True)
class Dweller:
    """A side whose keeper lives."""

    place: Place
    state: State

    def health(self) -> str:
        """`starting`, `up`, or what is wrong: `died`, with the last lines that it printed."""
        if self.state.phase == "starting":
            return "starting"
        try:
            health = ask(self.place.socket, {"ask": "health"})
        except EnvironmentFailed as error:
            return error.what
        return "up" if health["alive"] else f"died\n{health['last_words']}".rstrip()

    def down(self) -> None:
        """Ends it with all that it owns, and returns when nothing is left."""
        with suppress(ProcessLookupError), _handle(self.state) as handle:
            signal.pidfd_send_signal(handle, signal.SIGTERM)
            if not _ends(self.state):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                _ends(self.state)
        self.place.sweep()
        reap_orphans()


def swept(workspace: Path) -> list[str]:
    """Removes what killed keepers left in the workspace, and all else that gone owners left; says what."""
    names = [(place, state.name if (state := place.read()) else place.folder.name) for place in places(workspace)]
    removed = [f"what the killed keeper of {name} knew" for place, name in names if place.sweep()]
    return [*removed, *reap_orphans()]


def dwellers(workspace: Path) -> list[Dweller]:
    """All that are being started or are up, by their names, OLD before NEW."""
    found = ((place, place.read()) for place in places(workspace))
    alive = [Dweller(place, state) for place, state in found if state is not None and not state.gone]
    return sorted(alive, key=lambda each: (each.state.environment, each.state.path, each.state.side == "new"))


def called(name: str, side: str | None, workspace: Path) -> list[Dweller]:
    """Those of the environment that `name` says: its name, folder or file. Raises UsageError where none is up."""
    everybody = dwellers(workspace)
    found = [each for each in everybody if _says(name, each.state) and side in (None, each.state.side)]
    if not found:
        known = sorted({each.state.environment for each in everybody})
        hint = f"{suggestion(name, known)}  (backfit env up starts it)" if known else f"backfit env up {name}"
        raise UsageError(f"{name} ({side}) is not up" if side else f"{name} is not up", hint=hint)
    return found


def the_one(name: str, side: str | None, workspace: Path) -> Dweller:
    """The side that is up. Raises UsageError where none is, or where both are and `side` does not say which."""
    found = called(name, side, workspace)
    if len(found) > 1:
        sides = " and ".join(each.state.name for each in found)
        raise UsageError(f"{sides} are up", hint="say which: --side old, or --side new")
    return found[0]


def _says(name: str, state: State) -> bool:
    path = Path(name).absolute().resolve()
    file = Path(state.path).resolve()
    return name == state.environment or path == file or (path == file.parent and file.name == "environment.yaml")


@contextmanager
def _handle(state: State) -> Iterator[int]:
    """The keeper's pidfd: surely the keeper's, not that of a later process. Raises ProcessLookupError where it is gone."""
    owner = parse_owner(state.owner)
    if owner is None:
        raise ProcessLookupError
    handle = os.pidfd_open(owner.pid)
    try:
        if owner.gone():
            raise ProcessLookupError
        yield handle
    finally:
        os.close(handle)


def _ends(state: State) -> bool:
    deadline = time.monotonic() + _GRACE
    while not state.gone and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    return state.gone
