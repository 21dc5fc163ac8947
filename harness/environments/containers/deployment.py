"""One start of a side, on a network of its own: its containers made, started, exchanged for others on other data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from docker.types import Mount

from harness.environments.box import Box
from harness.environments.commands import failed
from harness.environments.containers.crew import Crew, side_by_side
from harness.environments.containers.kept import Kept
from harness.environments.containers.snapshot import Snapshot, fill, taken
from harness.environments.containers.start import Start
from harness.environments.engine import archive
from harness.environments.launch import SEED_TIMEOUT, Address, hosts_entries
from harness.environments.network.links import Links
from harness.environments.ready import probe_for, wait_until_ready
from harness.environments.services.plan import Plan
from harness.environments.services.seeding import files_of, seed_service
from harness.environments.store import Tell


class Deployment:
    """What of one start runs now: its `crew`. The system's address stays the same until it ends."""

    def __init__(self, kept: Kept, start: Start, tell: Tell) -> None:
        self._kept, self.start, self._tell = kept, start, tell
        self._egress = start.environment.network.egress
        self.network = kept.network(self._egress)
        self._links = Links(kept.engine, self.network, start.environment, kept.run_id)
        self._addresses = {name: self.network.reserve() for name in ("", *start.services)}
        self._linked = False
        self.crew = Crew()

    @property
    def address(self) -> Address:
        """Where the system listens, and where it finds its services."""
        plans = self.start.services
        hosts = {f"{name}.host": name for name in plans}
        ports = {f"{name}.port": str(plan.port) for name, plan in plans.items()}
        url = f"http://{self._addresses['']}:{self.start.port}"
        return Address("0.0.0.0", self.start.port, url, {**hosts, **ports})  # noqa: S104 (inside the container)

    def up(self, snapshot: Snapshot) -> None:
        """Everything on these data, until it is ready; what runs now ends meanwhile.

        Services come up at other addresses, under the names that they had, so that they need not wait for those that go.
        """
        before, self.crew = self.crew, Crew()
        left = self._moved() if before.services else []
        try:
            with ThreadPoolExecutor(2) as beside:
                others = [beside.submit(before.kill), beside.submit(self.services_up, snapshot.data)]
                self._make_system(snapshot.workspace)
            for each in others:
                each.result()
            self._start_system()
        finally:
            self._kept.behind(lambda: self._removed(before, left))
            if snapshot.data:
                self._kept.behind(lambda: self._kept.vault.copy_ahead(snapshot.data))

    def services_up(self, data: str = "") -> None:
        """The services alone, on what the vault keeps as `data`, else on what their images have, until all are ready."""
        self._make_services(data)
        self._start_services()

    def system_up(self, workspace: Mapping[str, Path]) -> None:
        """The system in this workspace, beside the services, until it is ready."""
        self._make_system(workspace)
        self._start_system()

    def seed_services(self) -> None:
        """What the services' seeds do without the system."""
        environment = self.start.environment
        for name, service in environment.services.items():
            if service.seed:
                self._tell(f"seeding {name}")
                seed_service(service, self.start.services[name], self.crew.services[name], environment.folder)

    def once(
        self, argv: Sequence[str], files: Sequence[Mapping[str, Path]], variables: Mapping[str, str], title: str
    ) -> tuple[dict[str, Path], str]:
        """Runs a command of the side to its end on these files: what its workspace is then, and its last lines.

        Raises EnvironmentFailed with its last lines when it fails or takes longer than a seed may.
        """
        box = self._of_the_side(f"{self.start.side.name}-once", argv, variables)
        try:
            for workspace in files:
                fill(box, workspace)
            box.start()
            code = box.wait(SEED_TIMEOUT)
            if code != 0:
                outcome = f"not done after {SEED_TIMEOUT:.0f} s" if code is None else f"failed with exit code {code}"
                raise failed(f"{title}: {outcome} (docker)", argv, box.logs(20))
            return taken(box, self.start.folders, self._kept.folder()), box.output(20)
        finally:
            self._kept.behind(box.remove)

    def halted(self, workspace: Mapping[str, Path] | None = None) -> tuple[Mapping[str, Path], str]:
        """Ends everything so that its data are whole, and keeps them: the workspace (`workspace` where the system did
        not run), and what the vault calls the services' data."""
        crew = self.crew
        crew.stop()
        if crew.system is not None:
            workspace = taken(crew.system, self.start.folders, self._kept.folder())
        place, crew.place = crew.place, ""
        return workspace or {}, self._kept.vault.keep(place) if place else ""

    def end(self) -> None:
        """Ends it, and gives its network back; may be called again. Its output can still be asked for."""
        if not self._addresses:
            return
        crew, vault = self.crew, self._kept.vault
        crew.kill()
        crew.remember()
        self._links.down()
        self._kept.behind(lambda: crew.remove(vault))
        for address in self._addresses.values():
            self.network.release(address)
        self._addresses = {}
        self._kept.give_back(self.network, self._egress)

    def _moved(self) -> list[str]:
        """New addresses for the services; gives those that they had."""
        left = [self._addresses[name] for name in self.start.services]
        self._addresses |= {name: self.network.reserve() for name in self.start.services}
        return left

    def _removed(self, crew: Crew, addresses: Sequence[str]) -> None:
        crew.remove(self._kept.vault)
        for address in addresses:
            self.network.release(address)

    def _make_services(self, data: str) -> None:
        plans = self.start.services.values()
        if names := [name for plan in plans for name in plan.volumes.values()]:
            vault = self._kept.vault
            vault.open(next(plan.image for plan in plans if plan.volumes))
            self.crew.place = vault.copy(data) if data else vault.fresh(names)
        for plan in plans:
            self.crew.services[plan.name] = self._make_service(plan)

    def _make_service(self, plan: Plan) -> Box:
        environment, mounts = self.start.environment, []
        for folder, name in plan.volumes.items():
            self.crew.volumes.append(self._kept.vault.volume(self.crew.place, name))
            mounts.append(Mount(folder, self.crew.volumes[-1], type="volume"))
        network = self.network.options(aliases=[self._links.alias(plan.name)], address=self._addresses[plan.name])
        options = plan.options(environment.host, network, mounts)
        box = Box.create(self._kept.engine, plan.image, self._kept.run_id, plan.name, **options)
        if files := files_of(environment.services[plan.name], environment.folder):
            box.put(plan.folder, archive(files, {}, lambda entry: entry))
        return box

    def _start_services(self) -> None:
        plans = self.start.services
        if not plans:
            return
        with ThreadPoolExecutor(len(plans)) as threads:
            try:
                list(threads.map(self._start_service, plans.values()))
            except BaseException:
                side_by_side(Box.remove, self.crew.services.values())  # so that no thread waits for them any more
                raise
        if not self._linked:
            self._linked = True
            self._links.up({name: plan.port for name, plan in plans.items()})

    def _start_service(self, plan: Plan) -> None:
        box = self.crew.services[plan.name]
        self._tell(f"starting {plan.name}")
        box.start()
        probe = probe_for(plan.ready, box, plan.port, self._addresses[plan.name], box.run)
        wait_until_ready(box, probe, plan.ready.timeout, plan.name, " ".join(plan.command) or plan.image)

    def _make_system(self, workspace: Mapping[str, Path]) -> None:
        start, address = self.start, self.address
        variables = start.variables(address)
        self.crew.system = self._of_the_side(start.side.name, start.words(address), variables, self._addresses[""])
        fill(self.crew.system, workspace)

    def _start_system(self) -> None:
        start, box = self.start, self.crew.system
        assert box is not None, "it is made before it is started"
        box.start()
        ready, command = start.ready(self.address), " ".join(start.words(self.address)) or start.image.name
        probe = probe_for(ready, box, start.port, self._addresses[""], box.run)
        wait_until_ready(box, probe, ready.timeout, start.name, command)

    def _of_the_side(self, name: str, words: Sequence[str], variables: Mapping[str, str], address: str = "") -> Box:
        options = self.start.options(words, variables)
        hosts = {name or "system": address for name, address in self._addresses.items()}
        entries = hosts_entries(self.start.environment, hosts)
        network = self.network.options(aliases=["system"] if address else [], address=address or None)
        engine, run_id = self._kept.engine, self._kept.run_id
        return Box.create(engine, self.start.image.name, run_id, name, extra_hosts=entries, **network, **options)
