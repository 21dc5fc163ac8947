"""An environment: what one customer runs before and after the upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from harness.environments import checks, page_checks
from harness.environments.spec.browser import Browser
from harness.environments.spec.host import Host
from harness.environments.spec.network import Network
from harness.environments.spec.parts import DEFAULT_TIMEOUT, EnvironmentFile, Name, Part, Seconds, SideName
from harness.environments.spec.plugin import Example, Plugin, Scenario
from harness.environments.spec.services import Service
from harness.environments.spec.system import Side, SideSpec, System


class Environment(Part):
    """An environment: what one customer runs before and after the upgrade, and the scenario that must go on working."""

    format: Literal["backfit/environment/v1"] = Field(alias="schema")
    """The format of this file."""
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
    offline: dict[str, Annotated[str, AfterValidator(checks.offline_source)]] = Field(default_factory=dict)
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

    _path: Path = PrivateAttr(default=Path("environment.yaml"))

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
        return sides or bool(self.services) or bool(self.browser and self.browser.image)

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
