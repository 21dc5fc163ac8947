"""Containers that live and die together: a system, its services, and the volumes that show the services their data."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from harness.environments.box import Box
from harness.environments.containers.vault import Vault

_GRACE = 30
"""Seconds in which a service writes its data down when it is asked to end."""
_SYSTEM_GRACE = 3


@dataclass
class Crew:
    """What was made of one start so far; `place` is where the vault has the services' data, "" where there are none."""

    system: Box | None = None
    services: dict[str, Box] = field(default_factory=dict)
    volumes: list[str] = field(default_factory=list)
    place: str = ""

    @property
    def boxes(self) -> dict[str, Box]:
        """All of them: `system`, and the services by name."""
        return {**({"system": self.system} if self.system else {}), **self.services}

    def stop(self) -> None:
        """Ends them so that their data are whole: the system first, then the services."""
        if self.system is not None:
            self.system.stop(_SYSTEM_GRACE)
        side_by_side(lambda box: box.stop(_GRACE), self.services.values())

    def kill(self) -> None:
        """Ends them at once, their data are not wanted any more; their addresses are free then."""
        side_by_side(Box.kill, self.boxes.values())

    def remember(self) -> None:
        """Reads their output for the last time, so that it can be asked for when they are gone."""
        for box in self.boxes.values():
            box.remember()

    def remove(self, vault: Vault) -> None:
        """Removes the containers and the volumes, and what lies in `place`; may be called again."""
        for box in self.boxes.values():
            box.remove()
        while self.volumes:
            vault.remove_volume(self.volumes.pop())
        if self.place:
            vault.forget(self.place)
        self.place = ""


def side_by_side(do: Callable[[Box], None], boxes: Collection[Box]) -> None:
    """Does it with all of them at once. Raises what the first one raised, when all are done."""
    if not boxes:
        return
    with ThreadPoolExecutor(len(boxes)) as threads:
        done = [threads.submit(do, box) for box in boxes]
    for each in done:
        each.result()
