"""A browser for this machine: the installed one, an npm build in the cache, or one that runs elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from harness.environments import commands
from harness.environments.installation import INSTALL_TIMEOUT, install_variables
from harness.environments.store import Tell, content_key, kept
from harness.model.errors import EnvironmentFailed
from harness.record.browser import HINT, find_browser, find_download
from harness.record.browsers.builds import BUILDS, PROGRAM, major_of, unpacking
from harness.record.browsers.remote import Remote
from harness.record.browsers.sources import not_here, source_of

if TYPE_CHECKING:
    from harness.environments.spec.browser import Browser

_ANSWER_TIMEOUT = 5


@dataclass(frozen=True)
class Here:
    """A browser to drive from this machine: `program`, or `remote` where it runs elsewhere. `limits` are sentences."""

    engine: str
    program: Path | None = None
    remote: Remote | None = None
    limits: tuple[str, ...] = ()


def browser_here(browser: Browser, tell: Tell, *, extension: bool) -> Here:
    """The browser that an environment asks for, fetched where it is an npm build that is not here yet.

    Raises UsageError where there is none such, or none that loads an extension where one is to be loaded, and
    EnvironmentFailed where it cannot be fetched.
    """
    if browser.name == "chromium" and not browser.remote and (installed := _installed(browser.version)):
        return Here("chromium", installed)
    source = source_of(browser, docker=False, extension=extension)
    if source.remote:
        return Here(browser.name, remote=source.remote, limits=source.limits)
    if source.kind == "npm":
        return Here("chromium", _unpacked(source.major, tell), limits=source.limits)
    if browser.name == "chromium":
        raise EnvironmentFailed("no browser was found", hint=HINT)
    own = find_download(browser.name)
    if own is None:
        raise not_here(browser.name)
    return Here(browser.name, own, limits=source.limits)


def _installed(wanted: str) -> Path | None:
    """The Chromium of this machine, where it is the wanted version: a major one, a whole one, or any."""
    found = shutil.which("chromium") if wanted == "debian" else find_browser()
    if found is None or major_of(wanted) is None or f"{version_of(Path(found))}.".startswith(f"{wanted}."):
        return Path(found) if found else None
    return None


def version_of(program: Path) -> str:
    """What the program says of its version (`156.0.8078.79`); empty where it does not say: headless shells start instead."""
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=_ANSWER_TIMEOUT, check=False
        ).stdout
    except subprocess.TimeoutExpired:
        return ""
    found = re.search(r"\d+(?:\.\d+)+", said)
    return found[0] if found else ""


def _unpacked(major: int, tell: Tell) -> Path:
    """The program of npm's build, from the cache where it is whole."""

    def make(folder: Path) -> dict[str, str]:
        for step in unpacking(major, str(folder)):
            tell(step.title)
            commands.run(
                step.argv,
                title=step.title,
                cwd=folder,
                env=install_variables(),
                log=folder / "install.log",
                timeout=INSTALL_TIMEOUT,
            )
        return {"chromium": BUILDS[major]}

    folder, _ = kept(content_key("browser", [step.argv for step in unpacking(major, "")]), make, tell)
    return folder / PROGRAM
