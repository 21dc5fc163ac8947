"""The machine under the system, and the plugin's: what of it can make a difference."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from harness.environments import checks, host_checks
from harness.environments.quantities import Duration, Size
from harness.environments.spec.parts import Files, ImageName, Part

Moment = Annotated[str, BeforeValidator(host_checks.moment)]


class Clock(Part):
    """What time it is on the customer's machine: `at` a moment, or shifted `by` a time."""

    at: Moment | None = None
    """The moment at which system and pages are started, in the host's time zone, e.g. 2026-03-02T09:00."""
    by: Duration | None = None
    """How far it is shifted from the real time, in seconds or as 45d, -3h."""
    frozen: bool = False
    """Whether it stands still at `at`."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """`2026-03-02T09:00`, `+45d` and `-3h` stand for themselves."""
        if isinstance(value, dict | Clock):
            return value
        return {"by": value} if isinstance(value, str) and value[:1] in "+-" else {"at": value}

    @model_validator(mode="after")
    def _one_of_two(self) -> Clock:
        checks.exactly_one(self, ("at", "by"))
        if self.frozen and self.at is None:
            raise checks.mistake("'frozen' means something with 'at' only")
        return self


class Host(Part):
    """The customer's machine. The docker driver takes all of it; the process driver locale, zone, clock, umask, proxy and CA."""

    os: ImageName = "debian:bookworm"
    """debian:bullseye, bookworm or trixie, made here where no registry answers; or any image, by its name."""
    locale: Annotated[str, AfterValidator(checks.locale)] = "C.UTF-8"
    """The locale, e.g. en_GB.UTF-8."""
    timezone: Annotated[str, AfterValidator(checks.timezone)] = "UTC"
    """The time zone by its IANA name, e.g. Europe/London."""
    clock: Clock | None = None
    """What time it is: 2026-03-02T09:00 (runs on from there), +45d or -3h, or {at: …, frozen: true}. In pages by Playwright,
    in programs by libfaketime, which Go's and static ones do not ask; the dates of files stay real for some."""
    fonts: Annotated[
        tuple[Annotated[str, AfterValidator(host_checks.debian_package)], ...],
        BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
    ] = ()
    """Fonts of the browser: cjk, arabic, emoji, or Debian packages such as fonts-dejavu."""
    packages: Annotated[
        tuple[Annotated[str, AfterValidator(host_checks.debian_package)], ...],
        BeforeValidator(checks.listed, json_schema_input_type=str | list[str]),
    ] = ()
    """Further Debian packages."""
    cpus: Annotated[float, Field(ge=0.01)] | None = None
    """How many processors each container has, e.g. 1.5."""
    memory: Annotated[Size, Field(ge=6 * 2**20)] | None = None
    """How much memory each container has, e.g. 512M; a program that takes more is killed. Docker's least is 6M."""
    ca: Files = ()
    """Certificates (PEM) that the customer's machines trust, as files beside this one."""
    hosts: dict[
        Annotated[str, AfterValidator(host_checks.host_name)], Annotated[str, AfterValidator(host_checks.address)]
    ] = Field(default_factory=dict)
    """Entries of /etc/hosts: name -> IP address, a service's name, or system."""
    proxy: Annotated[str, AfterValidator(host_checks.proxy)] | None = None
    """The proxy that the customer's programs are told to use (HTTP_PROXY and so on)."""
    umask: Annotated[str, BeforeValidator(host_checks.umask)] | None = None
    """The mask of new files, e.g. 0027."""
    user: Annotated[int, Field(ge=1, le=65533)] | None = None
    """The number of the user that system and plugin run as; never root."""
