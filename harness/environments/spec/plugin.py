"""What must survive the upgrade, what the customer does with it, and calls that both versions understand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    JsonValue,
    Tag,
    WithJsonSchema,
    model_validator,
)

from harness.environments import checks, file_checks, page_checks
from harness.environments.spec.parts import Name, OneOrMore, Part, Scalar, Script


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
    extension: (
        Annotated[str, BeforeValidator(file_checks.of_its_folder), AfterValidator(page_checks.extension_folder)] | None
    ) = None
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
