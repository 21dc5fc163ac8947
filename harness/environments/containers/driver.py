"""The docker driver: each version in an image of its own, on a private network with its services beside it."""

from __future__ import annotations

from harness.environments.containers.beginning import migrated, seeded
from harness.environments.containers.deployment import Deployment
from harness.environments.containers.kept import Kept
from harness.environments.containers.snapshot import Facts, Snapshot
from harness.environments.containers.start import Start
from harness.environments.containers.system import ContainerSystem
from harness.environments.engine import Engine
from harness.environments.images import side_image
from harness.environments.network.sidecar import prepare_network
from harness.environments.services.plan import plans
from harness.environments.spec import Environment, SideName
from harness.environments.store import Tell, content_key
from harness.model.errors import EnvironmentFailed

_READY_MADE = (
    "An image that is ready made keeps its own OS, locale and user; where it starts as root, it may write to its own files"
    " and has the rights that becoming another user takes."
)


class DockerDriver:
    """Brings systems up as containers; see Driver."""

    name = "docker"

    def __init__(self, engine: Engine, run_id: str) -> None:
        self.engine: Engine | None = engine
        self._run_id = run_id
        self._kept = Kept(engine, run_id)
        self._starts: dict[SideName, Start] = {}

    def prepare(self, environment: Environment, side: SideName, tell: Tell) -> None:
        """Makes or fetches the images of the side and of its services unless they are there."""
        self._start(environment, side, tell)
        prepare_network(self._kept.engine, environment, self._run_id, tell)

    def start(self, environment: Environment, side: SideName, tell: Tell) -> ContainerSystem:
        """The side on its data as at the beginning, which are made the first time; returns when it is ready."""
        engine = self._kept.engine
        if not engine.local:
            hint = "take an engine of this machine (unset DOCKER_HOST), or --driver process"
            raise EnvironmentFailed(f"the engine at {engine.address} is on another machine", hint=hint)
        start = self._start(environment, side, tell)
        beginning = self._beginning(start, tell)
        deployment = Deployment(self._kept, start, tell)
        try:
            deployment.up(beginning)
        except BaseException:
            deployment.end()
            raise
        return ContainerSystem(self._kept, deployment, Facts.of(environment, side, start.image.version), tell)

    def limits(self, environment: Environment) -> list[str]:
        """What of the environment it does not match, and what it does not contain, a sentence each."""
        sides = [environment.side("old").spec, environment.side("new").spec]
        ready_made = any(side.image or side.build for side in sides)
        ready_made = ready_made or any(service.image or service.build for service in environment.services.values())
        return [_READY_MADE] if ready_made else []

    def close(self) -> None:
        """Removes what was kept between starts; systems are stopped before."""
        self._kept.close()

    def _start(self, environment: Environment, side: SideName, tell: Tell) -> Start:
        """The side made definite: once a run, since asking for its images takes time even where they are there."""
        known = self._starts.get(side)
        if known is None or known.environment is not environment:
            chosen = environment.side(side)
            image = side_image(self._kept.engine, environment, chosen, self._run_id, tell)
            services = plans(self._kept.engine, environment, self._run_id, tell)
            known = self._starts[side] = Start(environment, chosen, image, services, self._run_id)
        return known

    def _beginning(self, start: Start, tell: Tell) -> Snapshot:
        key = content_key(start.environment.model_dump(mode="json"), start.side.name, start.image.name)
        with self._kept.lock:
            if key not in self._kept.beginnings:
                self._kept.beginnings[key] = self._made(start, tell)
            return self._kept.beginnings[key]

    def _made(self, start: Start, tell: Tell) -> Snapshot:
        if start.side.migrate is None:
            return seeded(self._kept, start, tell)
        old = self._start(start.environment, "old", tell)
        return migrated(self._kept, self._beginning(old, tell), start, tell)
