"""An environment: what one customer runs before and after the upgrade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, model_validator

from harness.environments import checks, file_checks, page_checks
from harness.environments.spec.browser import Browser
from harness.environments.spec.host import Host
from harness.environments.spec.lock import Lock
from harness.environments.spec.network import Network
from harness.environments.spec.parts import DEFAULT_TIMEOUT, EnvironmentFile, Name, Part, Seconds, SideName
from harness.environments.spec.plugin import Example, Plugin, Scenario
from harness.environments.spec.services import Service
from harness.environments.spec.system import Side, SideSpec, System
from harness.written import suggestion

_PLACE = re.compile(r"\{([a-z][a-z0-9-]*)\.(\w+)\}")


class Environment(Part):
    """An environment: what one customer runs before and after the upgrade, and the scenario that must go on working."""

    format: Literal["backfit/environment/v1"] = Field(alias="schema")
    """The format of this file."""
    extends: Name | None = None
    """Another environment's folder or file that this one lies over: what is not said here is as it is there. Mappings are
    merged, lists and single values replaced, and null removes."""
    customer: Name
    """The customer, as people call them."""
    host: Host = Host()
    """The machine."""
    system: System
    """The system, in its two versions."""
    plugin: Plugin
    """The plugin."""
    services: dict[Annotated[str, Field(pattern="^[a-z][a-z0-9-]*$")], Service] = Field(default_factory=dict)
    """What runs beside the system, by name: databases, caches (docker driver only)."""
    compose: EnvironmentFile | None = None
    """The customer's own compose file, started as it is; `system.service` names the system in it, and each side has a
    compose file over it (docker driver only)."""
    network: Network = Network()
    """What is wrong with the customer's network, and which hosts may be reached."""
    browser: Browser | None = None
    """The browser that the scenario drives, for plugins that live in pages: chromium, {chromium: 112} and so on."""
    viewport: Annotated[str, Field(pattern=r"^[1-9]\d{1,3}x[1-9]\d{1,3}$")] = "1280x900"
    """The size of the browser's page in CSS pixels, width x height."""
    host_api: tuple[Annotated[str, AfterValidator(page_checks.global_name)], ...] = ()
    """Globals of the system's pages that the plugin calls, e.g. [System]: their calls are recorded like those over HTTP."""
    offline: dict[
        str,
        Annotated[str, BeforeValidator(file_checks.of_its_folder), AfterValidator(file_checks.offline_source)],
    ] = Field(default_factory=dict)
    """URLs that are served locally: glob -> `npm:PACKAGE@VERSION/PATH`, or a file in the environment's folder."""
    scenario: Scenario
    """A .py file with `def run(page, system)` (with a browser) or `def run(system)`, or {run: "command with {url}"}."""
    timeout: Seconds = DEFAULT_TIMEOUT
    """Seconds that the scenario may take."""
    examples: tuple[Example, ...] = ()
    """Calls that NEW wants asked otherwise, each as both versions understand it; both answer them during a check."""
    reads: EnvironmentFile | None = None
    """A file that says what the plugin reads (`backfit schema reads`): a change elsewhere is a risk at most."""

    @model_validator(mode="after")
    def _compose_on_both_sides(self) -> Environment:
        composed = [name for name in ("old", "new") if self._spec(name).compose]
        if (len(composed) == 2) != (self.compose is not None):
            raise checks.mistake(
                "'compose' stands above and in both sides, or nowhere",
                "compose: customer.yaml, system: {old: {compose: old.yaml}, new: {compose: new.yaml}}",
            )
        if self.compose and not (self.system.service and self.system.port):
            raise checks.mistake("with 'compose' the system needs 'service' and 'port'", "service: web, port: 8080")
        return self

    @model_validator(mode="after")
    def _links_lead_somewhere(self) -> Environment:
        named = {*self.network.links, *(phase.link for phase in self.network.schedule)} - {"plugin-system"}
        for name in sorted(named):
            if name.removeprefix("system-") not in self.services:
                raise checks.mistake(
                    f"the link '{name}' leads to no service", f"known: {', '.join(self.services) or 'none'}"
                )
        return self

    @model_validator(mode="after")
    def _system_is_no_service(self) -> Environment:
        if "system" in self.services:
            raise checks.mistake("no service can be called 'system'", "that is what the system itself is called")
        return self

    @model_validator(mode="after")
    def _places_lead_somewhere(self) -> Environment:
        """{db.host} and {db.port} are of a service; other braces may be the system's own."""
        for service, what in (match for text in self._texts() for match in _PLACE.findall(text)):
            if service not in self.services and what in ("host", "port"):
                hint = suggestion(service, self.services) if self.services else "services: {" + service + ": …}"
                raise checks.mistake(f"{{{service}.{what}}} leads to no service", hint)
            if service in self.services and what not in ("host", "port"):
                raise checks.mistake(f"unknown placeholder '{{{service}.{what}}}'", suggestion(what, ("host", "port")))
        return self

    @model_validator(mode="after")
    def _hosts_lead_somewhere(self) -> Environment:
        for name, target in self.host.hosts.items():
            if not re.search("[.:]", target) and target not in ("system", *self.services):
                known = ("system", *self.services)
                raise checks.mistake(
                    f"'host.hosts': {name} leads to '{target}', which is nothing", suggestion(target, known)
                )
        return self

    def _texts(self) -> Iterator[str]:
        """What of the system may name a service."""
        system = self.system
        for part in (system, system.old, system.new):
            yield from (value for value in (part.start, part.ready and part.ready.run) if value)
            yield from (value for value in part.env.values() if isinstance(value, str))
        for side in (system.old, system.new):
            yield from (value for value in (side.options, side.migrate) if value)

    _path: Path = PrivateAttr(default=Path("environment.yaml"))
    _folders: tuple[Path, ...] = PrivateAttr(default=())
    _command_folder: Path | None = PrivateAttr(default=None)
    _lock: Lock | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _plugin_has_a_place(self) -> Environment:
        if self.plugin_into == "system" and self.needs_docker and (self.plugin.pip or self.plugin.npm):
            hint = "install it in a Dockerfile (build: …) and leave pip and npm out here, or say into: own"
            raise checks.mistake("the plugin cannot be installed into a ready-made image", hint)
        return self

    @model_validator(mode="after")
    def _pages_need_a_browser(self) -> Environment:
        wanted = {
            "plugin.extension": self.plugin.extension,
            "host_api": self.host_api,
            "plugin.scripts": self.plugin.scripts,
        }
        named = next((name for name, value in wanted.items() if value), None)
        if named and self.browser is None:
            raise checks.mistake(f"'{named}' needs a browser", "say browser: chromium")
        return self

    @property
    def path(self) -> Path:
        """The file that it was read from."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder of its files, absolute."""
        return self._path.parent.absolute()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that its files are in, absolute: its own first, then those of what it extends."""
        return self._folders or (self.folder,)

    @property
    def command_folder(self) -> Path:
        """Where a scenario that is a command runs: the folder of the file that says it."""
        return self._command_folder or self.folder

    @property
    def lock(self) -> Lock | None:
        """What it was really made of, from the lock beside it."""
        return self._lock

    def with_lock(self, lock: Lock | None) -> Environment:
        """The same environment, made of what `lock` says, or of what is newest."""
        copy = self.model_copy()
        copy._lock = lock
        return copy

    @property
    def name(self) -> str:
        """The folder's name, which is how people name an environment; another file beside environment.yaml adds its own."""
        own = self._path.stem
        return self.folder.name if own == "environment" else f"{self.folder.name}-{own}"

    @property
    def plugin_into(self) -> Literal["system", "own"]:
        """Where the plugin is installed."""
        return self.plugin.into or ("system" if self.browser else "own")

    @property
    def needs_docker(self) -> bool:
        """Whether there is something that only containers can do: an image, a service, a compose file, a browser's image."""
        sides = any(self.side(name).installer in ("image", "build", "compose") for name in ("old", "new"))
        inside = any(self.side(name).ready.run for name in ("old", "new"))
        return sides or inside or bool(self.services) or bool(self.browser and self.browser.image)

    def side(self, name: SideName) -> Side:
        """The side `name`: files are added to the system's, env goes over it, start, ready and seed replace it."""
        spec = self._spec(name)
        return Side(
            name=name,
            spec=spec,
            start=spec.start or self.system.start,
            ready=spec.ready or self.system.ready,
            env={**self.system.env, **spec.env},
            files=tuple(dict.fromkeys((*self.system.files, *spec.files))),
            seed=spec.seed or self.system.seed,
            migrate=spec.migrate,
        )

    def _spec(self, name: str) -> SideSpec:
        return self.system.old if name == "old" else self.system.new
