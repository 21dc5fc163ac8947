"""What the keys of environment.yaml are made of: a mapping with known keys, names, files, commands, variables."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from harness.environments import checks, file_checks

DEFAULT_TIMEOUT = 60.0
"""Seconds that a system may take to be ready, and that a scenario may run."""


class Part(BaseModel):
    """One mapping of the file: keys that are not known are mistakes, and what was read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, validate_by_name=True)


class Secret(Part):
    """A value that is in no file of the environment: exactly one of `env` and `file`."""

    env: Annotated[str, AfterValidator(checks.variable_name)] | None = None
    """The variable of whoever runs Backfit that holds it."""
    file: Annotated[str, BeforeValidator(file_checks.of_its_folder), Field(min_length=1)] | None = None
    """A file that holds it; relative to the environment's folder, and outside it as well."""

    @model_validator(mode="after")
    def _one_place(self) -> Secret:
        checks.exactly_one(self, ("env", "file"))
        return self


Name = Annotated[str, Field(min_length=1)]
OneOrMore = Annotated[
    tuple[Annotated[str, AfterValidator(checks.requirement)], ...],
    BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
]
EnvironmentFile = Annotated[str, BeforeValidator(file_checks.of_its_folder), AfterValidator(file_checks.existing)]
Files = Annotated[tuple[EnvironmentFile, ...], BeforeValidator(checks.listed, json_schema_input_type=str | list[str])]
Script = Annotated[EnvironmentFile, AfterValidator(file_checks.python_script)]
Command = Annotated[Name, AfterValidator(checks.command)]
ImageName = Annotated[str, AfterValidator(checks.image_name)]
Scalar = Annotated[str, BeforeValidator(checks.scalar, json_schema_input_type=str | int | float | bool)]
Value = Annotated[
    Annotated[Scalar, Tag("text")] | Annotated[Secret, Tag("secret")],
    Discriminator(lambda value: "secret" if isinstance(value, dict | Secret) else "text"),
]
"""What a variable is: a text, or where a secret is."""
Variables = Annotated[
    dict[Annotated[str, AfterValidator(checks.variable_name)], Value],
    Field(default_factory=dict),
]
Seconds = Annotated[float, Field(gt=0)]
SideName = Literal["old", "new"]


class Ready(Part):
    """How to see that something is ready: exactly one of `http`, `tcp`, `log` and `run`."""

    http: Annotated[str, Field(pattern="^/")] | None = None
    """A path that answers with a status below 500."""
    tcp: Literal[True] | None = None
    """`true`: the port accepts a connection and keeps it."""
    log: Annotated[str, AfterValidator(checks.pattern)] | None = None
    """A regular expression that the system's output comes to hold; the port must be open as well."""
    run: Command | None = None
    """A command that exits with 0, run where it runs, e.g. pg_isready (docker driver only)."""
    timeout: Seconds = DEFAULT_TIMEOUT
    """Seconds that the system may take."""

    @model_validator(mode="after")
    def _one_way(self) -> Ready:
        checks.exactly_one(self, ("http", "tcp", "log", "run"))
        return self
