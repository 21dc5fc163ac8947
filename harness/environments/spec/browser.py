"""The browser that the scenario drives: which one, of which version, and where it comes from."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator

from harness.environments import checks
from harness.environments.spec.parts import ImageName, Name, Part

Engine = Literal["chromium", "firefox", "webkit"]
_ENGINES = ("chromium", "firefox", "webkit")


def _version(value: str) -> str:
    if re.fullmatch(r"installed|debian|\d{1,4}(\.\d{1,5}){0,3}", value) is None:
        raise checks.mistake(f"{value!r} is no version of a browser", "112, 112.0.5614, debian or installed")
    return value


class Browser(Part):
    """A browser: `chromium`, `{chromium: 112}`, `{chromium: debian}`, `{image: name:tag}`, `{cdp: http://host:9222}` …"""

    name: Engine = "chromium"
    """Which one it is; `{chromium: 112}` says name and version at once. The other two take a build of Playwright's own."""
    version: Annotated[
        str, BeforeValidator(checks.scalar, json_schema_input_type=str | int), AfterValidator(_version)
    ] = "installed"
    """`installed` (with Docker: Debian's), `debian`, or a version such as 112 or 150.0.7871: from npm's builds (headless
    shells, which load no extension), else from Debian's archive (docker driver)."""
    image: ImageName | None = None
    """An image that has a Chromium in it, with apt-get and Python 3.11 or newer (docker driver only)."""
    cdp: Name | None = None
    """The address of a Chromium that runs already, http://host:9222 or ws://…. It loads no extension, and reaches the
    system at 127.0.0.1 of its own machine only, as with Selenium."""
    playwright: Name | None = None
    """The address of a Playwright server, ws://host:3000/…."""
    selenium: Name | None = None
    """The address of a Selenium Grid, http://host:4444."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """A name alone, or a name with its version."""
        if isinstance(value, str):
            return {"name": value}
        named = [name for name in _ENGINES if isinstance(value, dict) and name in value]
        if len(named) != 1:
            return value
        rest = {key: each for key, each in value.items() if key != named[0]}
        return {"name": named[0], "version": value[named[0]], **rest}

    @model_validator(mode="after")
    def _one_source_that_has_it(self) -> Browser:
        checks.at_most_one(self, ("image", "cdp", "playwright", "selenium"))
        elsewhere = next((key for key in ("image", "cdp", "selenium") if getattr(self, key)), None)
        if elsewhere and self.name != "chromium":
            raise checks.mistake(
                f"{elsewhere!r} is for chromium only", "a Playwright server has the others: playwright: ws://…"
            )
        return self

    @property
    def remote(self) -> str | None:
        """The address of one that runs elsewhere."""
        return self.cdp or self.playwright or self.selenium
