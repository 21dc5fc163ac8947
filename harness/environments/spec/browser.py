"""The browser that the scenario drives: which one, of which version, and where it comes from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from harness.environments import checks
from harness.environments.spec.parts import ImageName, Name, Part

Engine = Literal["chromium", "firefox", "webkit"]
_ENGINES = ("chromium", "firefox", "webkit")


class Browser(Part):
    """A browser: `chromium`, `{chromium: 112}`, `{chromium: debian}`, `{image: name:tag}`, `{cdp: http://host:9222}` …"""

    name: Engine = "chromium"
    """Which one it is; `{chromium: 112}` says name and version at once."""
    version: Annotated[str, BeforeValidator(checks.scalar, json_schema_input_type=str | int)] = "installed"
    """`installed` (with Docker: Debian's), `debian`, or a version such as 112 or 112.0.5614."""
    image: ImageName | None = None
    """An image that has the browser in it (docker driver only)."""
    cdp: Name | None = None
    """The address of a Chromium that runs already, http://host:9222 or ws://…."""
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
    def _one_source(self) -> Browser:
        checks.at_most_one(self, ("image", "cdp", "playwright", "selenium"))
        return self

    @property
    def remote(self) -> str | None:
        """The address of one that runs elsewhere."""
        return self.cdp or self.playwright or self.selenium
