"""The system that is upgraded, in its two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from harness.environments import checks, file_checks, page_checks
from harness.environments.spec.parts import (
    Command,
    EnvironmentFile,
    Files,
    ImageName,
    Name,
    OneOrMore,
    Part,
    Ready,
    Script,
    Secret,
    SideName,
    Variables,
)

Installer = Literal["pip", "npm", "image", "build", "compose"]
INSTALLERS: tuple[Installer, ...] = ("pip", "npm", "image", "build", "compose")


class SideSpec(Part):
    """One version of the system: exactly one of `pip`, `npm`, `image`, `build` and `compose`."""

    pip: OneOrMore | None = None
    """Requirements for pip, e.g. [datasette==0.64.8]; the first (or the one named as the system) gives the version."""
    npm: OneOrMore | None = None
    """Packages for npm, e.g. [json-server@0.17.4]."""
    node: Annotated[str, BeforeValidator(checks.scalar, json_schema_input_type=str | int)] | None = None
    """With npm: the version of Node.js to run it with, e.g. 22; the host's own when not said."""
    image: ImageName | None = None
    """A container image by name:tag (docker driver only)."""
    build: (
        Annotated[str, BeforeValidator(file_checks.of_its_folder), AfterValidator(file_checks.dockerfile_folder)] | None
    ) = None
    """A folder with a Dockerfile, beside this file (docker driver only)."""
    compose: EnvironmentFile | None = None
    """A compose file over the environment's: what of it is other in this version (docker driver only)."""
    options: Annotated[str, AfterValidator(checks.options)] = ""
    """What {options} stands for in the start command."""
    start: Command | None = None
    """Overrides the system's start command."""
    ready: Ready | None = None
    """Overrides the system's ready probe."""
    seed: Script | None = None
    """Overrides the system's seed."""
    migrate: Command | None = None
    """The system's own migration, run with NEW's installation on OLD's data (services and workspace): NEW is not seeded then."""
    files: Files = ()
    """Files or folders to copy into this side's workspace, besides the system's."""
    env: Variables
    """Environment variables of this side, over the system's."""

    @model_validator(mode="after")
    def _one_installer(self) -> SideSpec:
        checks.exactly_one(self, INSTALLERS)
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
    files: Files = ()
    """Files or folders of the environment's folder to copy into the workspace of both sides."""
    seed: Script | None = None
    """A deterministic .py script, run in the workspace before the start with BACKFIT_SIDE=old or new."""
    known_as: Annotated[
        tuple[Annotated[str, AfterValidator(page_checks.origin)], ...],
        BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
    ] = ()
    """Addresses that the plugin has in its code, e.g. https://erp.example: it runs behind a proxy that leads them here."""
    service: Name | None = None
    """With `compose:` the service of the file that is the system."""
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
            own_command = side.image or side.build or side.compose
            if not (side.start or self.start) and not (own_command and self.port):
                need = "'start', or 'port' for the image's own command" if own_command else "'start'"
                raise checks.mistake(f"'system' needs {need}", f"side '{name}' cannot be started without it")
        if self.old.migrate:
            raise checks.mistake(
                "'old.migrate' has nothing to migrate from", "the new version migrates: new: {migrate: …}"
            )
        return self


@dataclass(frozen=True)
class Side:
    """One side with the system's common keys filled in: what a driver needs to know."""

    name: SideName
    spec: SideSpec
    start: str | None
    ready: Ready
    env: Mapping[str, str | Secret]
    files: tuple[str, ...]
    seed: str | None
    migrate: str | None = None

    @property
    def installer(self) -> Installer:
        """Which of the installers the side uses."""
        return next(kind for kind in INSTALLERS if getattr(self.spec, kind) is not None)
