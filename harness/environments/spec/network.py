"""What is wrong with the customer's network, link by link, and which hosts may be reached."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from harness.environments import checks, host_checks
from harness.environments.quantities import Duration, Rate, Share
from harness.environments.spec.parts import Part

LinkName = Annotated[str, AfterValidator(host_checks.link_name)]


class Fault(Part):
    """What is wrong with one link. Shares are of connections (reset, stall) or of packets (loss)."""

    latency: Annotated[Duration, Field(ge=0)] = 0.0
    """What each way takes longer, e.g. 80ms."""
    jitter: Annotated[Duration, Field(ge=0)] = 0.0
    """By how much that varies, up and down."""
    loss: Share = 0.0
    """The share of packets that is lost (docker driver only)."""
    bandwidth: Rate | None = None
    """The most that passes each way, e.g. 1mbit."""
    reset: Share = 0.0
    """The share of connections that is cut in the middle of an answer."""
    stall: Share = 0.0
    """The share of connections on which an answer stops and never goes on."""
    partition: bool = False
    """Whether nothing passes at all."""

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return self == type(self)()


class Phase(Part):
    """A part of the schedule: what is wrong with a link from `after` on, `for` some time, instead of what `links` say."""

    after: Annotated[Duration, Field(ge=0)]
    """When it begins, counted from the beginning of the plugin's run."""
    duration: Annotated[Duration, Field(gt=0, alias="for")]
    """How long it lasts."""
    link: LinkName = "plugin-system"
    """Which link."""
    fault: Fault
    """What is wrong then."""


class Network(Part):
    """The customer's network. Without faults nothing at all is put on the path."""

    links: dict[LinkName, Fault] = Field(default_factory=dict)
    """Link -> fault: plugin-system, or system-db for the service db."""
    dns: dict[Annotated[str, AfterValidator(host_checks.host_name)], Literal["missing", "fails", "silent"]] = Field(
        default_factory=dict
    )
    """Names that the customer's resolver does not give: missing (NXDOMAIN), fails (SERVFAIL), or silent (docker driver only)."""
    schedule: tuple[Phase, ...] = ()
    """Faults that come and go."""
    runs: Annotated[int, Field(ge=1, le=100)] = 5
    """How many times the plugin is run on each version with all this."""
    seed: int = 1
    """Which connections are hit follows from this number: the same ones each time."""
    egress: Annotated[
        tuple[Annotated[str, AfterValidator(host_checks.host_and_port)], ...],
        BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
    ] = ()
    """Hosts outside that may be reached, e.g. api.example or api.example:8443; with Docker nothing else can be."""

    @model_validator(mode="after")
    def _once(self) -> Network:
        if any(phase.fault.clean for phase in self.schedule):
            raise checks.mistake(
                "a phase of the schedule says nothing of what is wrong", "write fault: {partition: true}"
            )
        return self

    @property
    def faulty(self) -> bool:
        """Whether anything is wrong with it."""
        return bool(self.schedule or self.dns) or not all(fault.clean for fault in self.links.values())
