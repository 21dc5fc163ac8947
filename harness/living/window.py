"""A window on a side that is up, as the customer has it as far as that goes: language, zone, size and extension.

The browser is this machine's: its version, its fonts and the customer's clock are those of `backfit record` alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from pathlib import Path

from harness.environments.spec import Environment
from harness.living.detached import let_go
from harness.model.errors import EnvironmentFailed

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def has_display() -> bool:
    """Whether a window would be seen."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in _DISPLAYS)


def browser_command(environment: Environment, program: Path, profile: Path, url: str) -> list[str]:
    """How a Chromium is started at `url` with a profile of its own."""
    extension = environment.plugin.extension
    loaded = [f"--load-extension={environment.folder / extension}"] if extension else []
    return [
        str(program),
        f"--user-data-dir={profile}",
        "--no-first-run",
        "--no-default-browser-check",
        f"--lang={_language(environment)}",
        f"--window-size={environment.viewport.replace('x', ',')}",
        *loaded,
        url,
    ]


def browser_variables(environment: Environment) -> dict[str, str]:
    """What else it goes by: Chromium takes its zone and its language from here."""
    tag = _language(environment)
    return {**os.environ, "TZ": environment.host.timezone, "LANGUAGE": tag.replace("-", "_")}


def open_window(environment: Environment, program: Path | None, profile: Path, url: str) -> None:
    """Opens it and comes back; it stays when this command has ended. Without a program, whatever opens pages here does."""
    if program is None:
        if not webbrowser.open(url):
            raise EnvironmentFailed("no browser was found", hint=f"go to {url}")
        return
    window = subprocess.Popen(
        browser_command(environment, program, profile, url),
        env=browser_variables(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    let_go(window)


def _language(environment: Environment) -> str:
    """`en-GB` of `en_GB.UTF-8`; English where the locale is none of a language."""
    name = environment.host.locale.partition(".")[0].partition("@")[0]
    return "en-US" if name in ("C", "POSIX") else name.replace("_", "-")
