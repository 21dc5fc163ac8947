"""A system that runs in containers; see RunningSystem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.environments.containers.deployment import Deployment
from harness.environments.containers.kept import Kept
from harness.environments.containers.snapshot import Facts, Snapshot
from harness.environments.store import Tell
from harness.model.errors import UsageError
from harness.written import suggestion


class ContainerSystem:
    """A side that was brought up; see RunningSystem."""

    def __init__(self, kept: Kept, deployment: Deployment, facts: Facts, tell: Tell) -> None:
        image = deployment.start.image
        self.version, self.plugin_version, self.url = image.version, image.plugin_version, deployment.address.url
        self.kept, self.facts = kept, facts
        self._deployment, self._tell = deployment, tell
        self._stopped = False
        self.containers: Mapping[str, str] = self._ids()

    def logs(self, lines: int = 40) -> str:
        """Its last lines of output, after it was stopped as well; before them those of a service that died."""
        crew = self._deployment.crew
        dead = [box for box in crew.services.values() if not self._stopped and not box.alive()]
        services = [f"the service {box.name} died:\n{box.logs(lines)}" for box in dead]
        return "\n".join([*services, crew.boxes["system"].logs(lines)])

    def alive(self) -> bool:
        """Whether it runs, with all its services."""
        return not self._stopped and all(box.alive() for box in self._deployment.crew.boxes.values())

    def run(self, argv: Sequence[str], timeout: float = 60.0) -> str:
        """What a command prints that runs in the system's container, with its variables. Raises EnvironmentFailed."""
        return self._deployment.crew.boxes["system"].run(argv, timeout)

    def snapshot(self, name: str) -> None:
        """Keeps its data under `name` for as long as the run goes on: it ends, so that they are whole, and runs again."""
        self._tell(f"keeping the data as '{name}'")
        taken = Snapshot(self.facts, *self._deployment.halted())
        self.kept.snapshots[name] = taken
        self._up(taken)

    def restore(self, name: str) -> None:
        """Brings the data of that snapshot back, and returns when it is ready again. Raises UsageError where there is no
        such snapshot, or where it is of another version or of other services."""
        if name not in self.kept.snapshots:
            hint = suggestion(name, self.kept.snapshots) if self.kept.snapshots else "none was taken"
            raise UsageError(f"there is no snapshot '{name}'", hint=hint)
        self.kept.snapshots[name].check(self.facts, name)
        self._up(self.kept.snapshots[name])

    def stop(self) -> None:
        """Removes its containers and its data; what its output was can still be asked."""
        self._stopped, self.containers = True, {}
        self._deployment.end()

    def _up(self, snapshot: Snapshot) -> None:
        self._deployment.up(snapshot)
        self.containers = self._ids()

    def _ids(self) -> Mapping[str, str]:
        """`system`, and each service by its name -> the id of its container."""
        return {name: box.id for name, box in self._deployment.crew.boxes.items()}
