"""A side that is up, as its keeper knows it: what can be asked about it, and what can be done to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.environments.containers.snapshot_files import export_snapshot, import_snapshot
from harness.environments.containers.system import ContainerSystem
from harness.environments.driver import RunningSystem
from harness.environments.process import ProcessSystem
from harness.living.front import Front
from harness.living.place import Place, State
from harness.model.errors import UsageError

_LAST_WORDS = 20


class Resident:
    """Answers the questions of commands: `{"ask": "health"}` and so on; see the methods. Its state is in `place`."""

    def __init__(self, place: Place, state: State, system: RunningSystem, front: Front | None) -> None:
        self._place, self._state, self._system, self._front = place, state, system, front
        self._one_at_a_time = threading.Lock()
        self._questions: Mapping[str, Callable[[dict[str, Any]], Mapping[str, Any]]] = {
            "health": lambda _: self._health(),
            "inside": lambda _: self._inside(),
            "snapshot": self._snapshot,
            "restore": self._restore,
        }
        self._settled()

    @property
    def state(self) -> State:
        """As it is now."""
        return self._state

    def answer(self, question: dict[str, Any]) -> Mapping[str, Any]:
        """The answer to `question`. Raises what its asker is to be told."""
        known = self._questions.get(str(question.get("ask")))
        if known is None:
            hint = "it was started by another version of Backfit: take it down, and up again"
            raise UsageError(f"the keeper does not know {question.get('ask')!r}", hint=hint)
        return known(question)

    def _health(self) -> Mapping[str, Any]:
        alive = self._system.alive()
        return {"alive": alive, "last_words": "" if alive else self._system.logs(_LAST_WORDS)}

    def _inside(self) -> Mapping[str, Any]:
        """Where a process of this machine runs, and with which variables: they may hold secrets, and are in no file."""
        if not isinstance(self._system, ProcessSystem):
            return {"folder": "", "variables": {}}
        return {"folder": str(self._system.folder), "variables": dict(self._system.variables)}

    def _snapshot(self, question: dict[str, Any]) -> Mapping[str, Any]:
        """A container's is also put into a file, for another day; a process's is there for as long as this is."""
        with self._moving():
            self._system.snapshot(question["name"])
            file = question["file"] if isinstance(self._system, ContainerSystem) else ""
            if isinstance(self._system, ContainerSystem):
                export_snapshot(self._system, question["name"], Path(file))
            return {**self._settled(), "file": file}

    def _restore(self, question: dict[str, Any]) -> Mapping[str, Any]:
        with self._moving():
            file = Path(question["file"])
            if isinstance(self._system, ContainerSystem) and file.is_file():
                import_snapshot(self._system, file, question["name"])
            self._system.restore(question["name"])
            return self._settled()

    @contextmanager
    def _moving(self) -> Iterator[None]:
        """One at a time; and not where faults lie on the very containers that are made anew."""
        if self._state.faults:
            hint = f"backfit env down {self._state.environment}, and up without --faults"
            raise UsageError("its data cannot be moved while its network is faulty", hint=hint)
        with self._one_at_a_time:
            yield

    def _settled(self) -> Mapping[str, Any]:
        """The state written anew: containers that were made anew may have other addresses."""
        if self._front is not None and not self._state.faults:
            self._front.upstream = self._system.url
        self._state = replace(
            self._state,
            phase="up",
            url=self._system.url,
            containers=dict(self._system.containers),
            log=str(self._system.log) if isinstance(self._system, ProcessSystem) else "",
        )
        self._place.write(self._state)
        return {"address": self._state.address}
