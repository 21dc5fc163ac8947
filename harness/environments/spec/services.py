"""What runs beside the system: databases, caches, whatever it needs of the customer's."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from harness.environments import checks, file_checks, host_checks
from harness.environments.services.known import KNOWN, known
from harness.environments.spec.parts import Command, EnvironmentFile, Files, ImageName, Name, Part, Ready, Variables

ServiceCommand = Annotated[Name, AfterValidator(checks.service_command)]


class SeedStep(Part):
    """One step of a service's seed: exactly one of `sql`, `run` and `call`."""

    sql: EnvironmentFile | None = None
    """A file that is fed to the service's `client` command, e.g. psql."""
    run: Command | None = None
    """A command in the service's container; the seed's files are in its working folder."""
    call: Annotated[str, AfterValidator(checks.call)] | None = None
    """A call to the running system, e.g. POST /v1/buckets; `body` goes with it."""
    body: Any = None
    """What the call sends, as JSON."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """A file's name alone is SQL."""
        return {"sql": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one(self) -> SeedStep:
        checks.exactly_one(self, ("sql", "run", "call"))
        return self


class Service(Part):
    """A service beside the system (docker driver only): exactly one of `image`, `build` and `debian`.

    The system reaches it as {NAME.host} and {NAME.port} in its start command, its env and its migration.
    """

    image: ImageName | None = None
    """A container image by name:tag."""
    build: (
        Annotated[str, BeforeValidator(file_checks.of_its_folder), AfterValidator(file_checks.dockerfile_folder)] | None
    ) = None
    """A folder with a Dockerfile."""
    debian: Annotated[
        tuple[Annotated[str, AfterValidator(host_checks.debian_package)], ...],
        BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
    ] = ()
    """Debian packages, e.g. [postgresql-15], on the host's OS; `start` says what runs. postgresql, mariadb-server and
    redis-server are known: their start, client, ready and data need not be said."""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Where it listens in its container."""
    start: ServiceCommand | None = None
    """What runs; an image may go without. Placeholders: {host} {port} {data}."""
    client: ServiceCommand | None = None
    """The command that takes SQL on its standard input."""
    data: Annotated[str, Field(pattern="^/")] | None = None
    """The folder of its data inside the container: what snapshots keep."""
    user: Name | None = None
    """The user that it runs as."""
    env: Variables
    """Its environment variables."""
    files: Files = ()
    """Files or folders that are copied into its working folder."""
    ready: Ready | None = None
    """How to see that it is ready; the default is an open port."""
    seed: Annotated[
        tuple[SeedStep, ...], BeforeValidator(lambda value: [value] if isinstance(value, str | dict) else value)
    ] = ()
    """What is put into it before the system starts, in order; calls to the system come once that is ready."""

    @model_validator(mode="after")
    def _one_source(self) -> Service:
        given = [
            name for name, value in (("image", self.image), ("build", self.build), ("debian", self.debian)) if value
        ]
        if len(given) != 1:
            found = f"not {' and '.join(given)}" if given else "none is given"
            raise checks.mistake(f"exactly one of image, build, debian is needed, {found}")
        return self

    @model_validator(mode="after")
    def _known_or_said(self) -> Service:
        if self.debian and known(self.debian) is None:
            for key in ("start", "port"):
                if getattr(self, key) is None:
                    hint = f"write {key}: …; these need not say it: {', '.join(KNOWN)}"
                    raise checks.mistake(f"'{key}' is missing, and {self.debian[0]} is not known", hint)
        if any(step.sql for step in self.seed) and not self.client and known(self.debian) is None:
            raise checks.mistake("SQL needs 'client'", "write the command that takes it on its standard input")
        return self
