"""What a customer runs, as written in environment.yaml: the shape of the file, and what each key means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    PrivateAttr,
    Tag,
    WithJsonSchema,
    model_validator,
)

from harness.environments import checks, page_checks

SideName = Literal["old", "new"]
Installer = Literal["pip", "npm", "image", "build"]

DEFAULT_TIMEOUT = 60.0
"""Seconds that a system may take to be ready, and that a scenario may run."""


class Part(BaseModel):
    """One mapping of the file: keys that are not known are mistakes, and what was read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, validate_by_name=True)


Name = Annotated[str, Field(min_length=1)]
OneOrMore = Annotated[
    tuple[Annotated[str, AfterValidator(checks.requirement)], ...],
    BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
]
EnvironmentFile = Annotated[str, AfterValidator(checks.existing)]
Script = Annotated[EnvironmentFile, AfterValidator(checks.python_script)]
Command = Annotated[Name, AfterValidator(checks.command)]
Scalar = Annotated[str, BeforeValidator(checks.scalar, json_schema_input_type=str | int | float | bool)]
Variables = Annotated[
    dict[Annotated[str, AfterValidator(checks.variable_name)], Scalar],
    Field(default_factory=dict),
]
Seconds = Annotated[float, Field(gt=0)]


class Host(Part):
    """The machine under the system. The process driver takes locale and time zone from here, docker all of it."""

    os: Annotated[str, AfterValidator(checks.image_name)] = "debian:bookworm"
    """The base image's name, for the docker driver; Debian's are made here when no registry answers."""
    locale: Annotated[str, AfterValidator(checks.locale)] = "C.UTF-8"
    """The system's locale, e.g. en_GB.UTF-8."""
    timezone: Annotated[str, AfterValidator(checks.timezone)] = "UTC"
    """The system's time zone by its IANA name, e.g. Europe/London."""


class Ready(Part):
    """How to see that a system is ready: exactly one of `http`, `tcp` and `log`."""

    http: Annotated[str, Field(pattern="^/")] | None = None
    """A path that answers with a status below 500."""
    tcp: Literal[True] | None = None
    """`true`: the port accepts a connection and keeps it."""
    log: Annotated[str, AfterValidator(checks.pattern)] | None = None
    """A regular expression that the system's output comes to hold; the port must be open as well."""
    timeout: Seconds = DEFAULT_TIMEOUT
    """Seconds that the system may take."""

    @model_validator(mode="after")
    def _one_way(self) -> Ready:
        checks.exactly_one(self, ("http", "tcp", "log"))
        return self


class SideSpec(Part):
    """One version of the system: exactly one of `pip`, `npm`, `image` and `build`."""

    pip: OneOrMore | None = None
    """Requirements for pip, e.g. [datasette==0.64.8]; the first (or the one named as the system) gives the version."""
    npm: OneOrMore | None = None
    """Packages for npm, e.g. [json-server@0.17.4]."""
    node: Annotated[str, BeforeValidator(checks.scalar, json_schema_input_type=str | int)] | None = None
    """With npm: the version of Node.js to run it with, e.g. 22; the host's own when not said."""
    image: Annotated[str, AfterValidator(checks.image_name)] | None = None
    """A container image by name:tag (docker driver only)."""
    build: Annotated[str, AfterValidator(checks.dockerfile_folder)] | None = None
    """A folder with a Dockerfile, beside this file (docker driver only)."""
    options: Annotated[str, AfterValidator(checks.options)] = ""
    """What {options} stands for in the start command."""
    start: Command | None = None
    """Overrides the system's start command."""
    ready: Ready | None = None
    """Overrides the system's ready probe."""
    seed: Script | None = None
    """Overrides the system's seed."""
    files: tuple[EnvironmentFile, ...] = ()
    """Files or folders to copy into this side's workspace, besides the system's."""
    env: Variables
    """Environment variables of this side, over the system's."""

    @model_validator(mode="after")
    def _one_installer(self) -> SideSpec:
        checks.exactly_one(self, ("pip", "npm", "image", "build"))
        checks.only_with(self, "node", "npm")
        return self


class System(Part):
    """The system that is upgraded."""

    name: Name
    """Its name; also the package whose version is reported, where a requirement has that name."""
    start: Command | None = None
    """The start command, run without a shell in the workspace. Placeholders: {host} {port} {options} {url}.
    An image may go without: then it starts as it always does, and `port` says where it listens."""
    ready: Ready = Ready(tcp=True)
    """How to see that it is ready; the default is an open port."""
    env: Variables
    """Environment variables of both sides; {host}, {port} and {url} are filled in."""
    files: tuple[EnvironmentFile, ...] = ()
    """Files or folders of the environment's folder to copy into the workspace of both sides."""
    seed: Script | None = None
    """A deterministic .py script, run in the workspace before the start with BACKFIT_SIDE=old or new."""
    known_as: Annotated[
        tuple[Annotated[str, AfterValidator(page_checks.origin)], ...],
        BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
    ] = ()
    """Addresses that the plugin has in its code, e.g. https://erp.example: it runs behind a proxy that leads them here."""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """A fixed port inside the container (docker driver); the process driver always takes a free one."""
    old: SideSpec
    """The version before the upgrade."""
    new: SideSpec
    """The version after it."""

    @model_validator(mode="after")
    def _startable(self) -> System:
        for name in ("old", "new"):
            side: SideSpec = getattr(self, name)
            own_command = side.image or side.build
            if not (side.start or self.start) and not (own_command and self.port):
                need = "'start', or 'port' for the image's own command" if own_command else "'start'"
                raise checks.mistake(f"'system' needs {need}", f"side '{name}' cannot be started without it")
        return self


class Plugin(Part):
    """What must survive the upgrade. Without `pip` and `npm` it comes with the system's files or image."""

    name: Name
    """Its name; also the package whose version is reported, where a requirement has that name."""
    pip: OneOrMore | None = None
    """Requirement(s) for pip."""
    npm: OneOrMore | None = None
    """Package(s) for npm."""
    into: Literal["system", "own"] | None = None
    """`system`: installed beside the system on both sides (the default with a browser); `own`: apart from it."""
    extension: Annotated[str, AfterValidator(page_checks.extension_folder)] | None = None
    """An unpacked Chromium extension (Manifest V3), as a folder beside this file: it is loaded into the browser."""
    scripts: tuple[Name, ...] = ()
    """URL globs of its scripts in pages, e.g. ["**/my-plugin/*.js"]: calls and reads of other scripts are not its own."""

    @model_validator(mode="after")
    def _one_installer(self) -> Plugin:
        checks.at_most_one(self, ("pip", "npm"))
        return self


class ScenarioCommand(Part):
    """A scenario that is a command, for plugins that are programs."""

    run: Annotated[Name, AfterValidator(checks.scenario_command)]
    """The command, run without a shell in the environment's folder; {url} is the system's address, {side} is old or new.
    The plugin's programs are on its PATH, and its npm packages are found by Node's require()."""


Scenario = Annotated[
    Annotated[Script, Tag("script")] | Annotated[ScenarioCommand, Tag("command")],
    Discriminator(lambda value: "command" if isinstance(value, Mapping | ScenarioCommand) else "script"),
]


class ExampleCall(Part):
    """One call as one version understands it."""

    call: Annotated[str, AfterValidator(checks.call)]
    """Method, path and query, e.g. GET /posts?_page=2."""
    headers: dict[Name, Scalar] = Field(default_factory=dict)
    """Headers to send with it."""
    body: Annotated[JsonValue, WithJsonSchema({})] = None
    """A JSON body to send."""


CallOrText = Annotated[ExampleCall, BeforeValidator(checks.call_alone, json_schema_input_type=str | ExampleCall)]


class Example(Part):
    """One thing to ask for, as OLD and as NEW are asked for it: how calls are rewritten is learned from these."""

    old: CallOrText
    """The call of OLD's, as text or with headers and a body."""
    new: CallOrText
    """The call of NEW's that gives the same."""


@dataclass(frozen=True)
class Side:
    """One side with the system's common keys filled in: what a driver needs to know."""

    name: SideName
    spec: SideSpec
    start: str | None
    ready: Ready
    env: Mapping[str, str]
    files: tuple[str, ...]
    seed: str | None

    @property
    def installer(self) -> Installer:
        """Which of the four installers the side uses."""
        kinds: tuple[Installer, ...] = ("pip", "npm", "image", "build")
        return next(kind for kind in kinds if getattr(self.spec, kind) is not None)


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
    browser: Literal["chromium"] | None = None
    """The browser that the scenario drives, for plugins that live in pages."""
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
        """Whether a side is an image."""
        return any(self.side(name).installer in ("image", "build") for name in ("old", "new"))

    def side(self, name: SideName) -> Side:
        """The side `name`: files are added to the system's, env goes over it, start, ready and seed replace it."""
        spec = self.system.old if name == "old" else self.system.new
        return Side(
            name=name,
            spec=spec,
            start=spec.start or self.system.start,
            ready=spec.ready or self.system.ready,
            env={**self.system.env, **spec.env},
            files=tuple(dict.fromkeys((*self.system.files, *spec.files))),
            seed=spec.seed or self.system.seed,
        )
