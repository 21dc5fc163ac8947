"""A system that a compose file brought up; see RunningSystem."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.environments.box import Box
from harness.environments.commands import quoted
from harness.model.errors import UsageError


class ComposeSystem:
    """The service `system` of a project, with the services that run beside it."""

    plugin_version = ""

    def __init__(
        self, url: str, version: str, system: str, boxes: Mapping[str, Box], remove: Callable[[], None]
    ) -> None:
        self.url, self.version = url, version
        self._system, self._boxes = boxes[system], boxes
        self._remove = remove
        self._stopped = False

    @property
    def containers(self) -> Mapping[str, str]:
        """`system`, and each other service by its name -> the id of its container."""
        others = {name: box.id for name, box in self._boxes.items() if box is not self._system}
        return {**others, "system": self._system.id}

    def logs(self, lines: int = 40) -> str:
        """The system's last lines of output, after it was stopped as well; before them those of services that ended."""
        others = () if self._stopped else [box for box in self._boxes.values() if box is not self._system]
        ended = [box for box in others if not box.alive()]
        said = [f"the service {box.name} is not running; {quoted(box.logs(lines))}" for box in ended]
        return "\n".join([*said, self._system.logs(lines)])

    def alive(self) -> bool:
        """Whether the system runs, or is on its way to: a compose file may have it restarted until its database is there.
        Other services may be there to end."""
        return self._system.alive() or (not self._stopped and self._system.container.status == "restarting")

    def run(self, argv: Sequence[str], timeout: float = 60.0) -> str:
        """What a command prints that runs in the system's container, with its variables. Raises EnvironmentFailed."""
        return self._system.run(argv, timeout)

    def snapshot(self, name: str) -> None:
        """Raises UsageError: which of a customer's volumes hold data, and when they may be copied, the file does not say."""
        raise UsageError(
            f"no snapshot '{name}' can be taken of a compose file's system",
            hint="start it again: every start begins with the file's own data; or describe its services under services:",
        )

    def restore(self, name: str) -> None:
        """Raises UsageError: none was taken."""
        raise UsageError(f"there is no snapshot '{name}': a compose file's system has none", hint="start it again")

    def stop(self) -> None:
        """Ends it and removes all that the file made; may be called again."""
        self._stopped = True
        self._system.remove()  # it keeps its last words
        self._remove()
