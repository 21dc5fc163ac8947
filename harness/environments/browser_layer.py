"""The browser in an image: Debian's Chromium, an npm build of an older one or the image's own, with the driver beside it."""

from __future__ import annotations

import re
from importlib.metadata import version

from harness.environments.base_image import SUITES
from harness.environments.host_layer import installing
from harness.environments.recipe import Step
from harness.environments.spec import Environment
from harness.record.browsers.builds import PROGRAM, major_of, nearest, unpacking
from harness.record.browsers.sources import Source

FOLDER = "/opt/backfit-browser"
"""Where the driver is, and a browser that Debian does not have."""
RUNNER = f"{FOLDER}/runner/bin/python"
"""The Python that drives the browser."""
PROBE = "/usr/bin/backfit-browser"
"""A link to the browser, wherever it is."""

_DRIVERS = ("playwright", "aiohttp", "orjson")
"""What harness.record.browser_runner imports; the same versions as here, since both speak to each other."""
_BESIDE = ("fonts-liberation", "libatomic1")  # the latter is for the driver's own Node.js
_LIBRARIES = ("libnss3", "libexpat1", "fontconfig")
_TOO_OLD = "bullseye"
_NAMES = "chromium chromium-browser google-chrome google-chrome-stable chrome headless-shell"
_NEW_ENOUGH = "import sys; sys.version_info >= (3, 11) or sys.exit('the driver of the browser needs Python 3.11')"
_SEARCH = 'apt-cache madison chromium; apt-cache madison chromium | grep -q "| *$0\\."'
_FIND = f"""
for name in {_NAMES}; do
  if found=$(command -v "$name"); then break; fi
done
if [ -z "$found" ]; then
  found=$(find / -xdev -type f -perm -u+x -regex '.*/\\(chrome\\|headless[_-]shell\\)' | sort | head -1)
fi
if [ -z "$found" ]; then echo "there is no Chromium in this image" >&2; exit 1; fi
ln -s "$found" {PROBE}
"""


def browser_os(environment: Environment) -> tuple[str, str]:
    """The image under the browser, and a note where it is not the host's own (empty otherwise).

    The driver takes Python 3.11, which Debian has since bookworm: an older host's browser runs on bookworm.
    """
    browser, own = environment.browser, environment.host.os
    if browser and browser.image:
        return browser.image, ""
    suite = re.fullmatch(r"(?:docker\.io/)?(?:library/)?debian:(\w+?)(?:-slim)?", own)
    if suite and suite[1] not in (_TOO_OLD, SUITES[_TOO_OLD]):
        return own, ""
    return "debian:bookworm", f"the browser runs on debian:bookworm: on {own}, Playwright does not run"


def browser_steps(environment: Environment, source: Source) -> list[Step]:
    """The commands that put the browser and its driver into an image."""
    own = environment.host.locale.startswith(("C", "POSIX", "en"))
    packages, steps = _obtaining(source, () if own else ("chromium-l10n",))
    search = _searching(source.version) if source.kind == "archive" else []
    drivers = [f"{name}=={version(name)}" for name in _DRIVERS]
    return [
        Step("making a folder", ("mkdir", "-p", FOLDER)),
        Step("looking at Python's version", ("python3", "-c", _NEW_ENOUGH)),
        *search,
        *installing([*packages, *_BESIDE]),
        *steps,
        Step("making a virtual environment", ("python3", "-m", "venv", f"{FOLDER}/runner")),
        Step(
            f"pip install {' '.join(drivers)}",
            (RUNNER, "-m", "pip", "install", "--no-input", "--no-cache-dir", *drivers),
        ),
    ]


def _obtaining(source: Source, languages: tuple[str, ...]) -> tuple[list[str], list[Step]]:
    """Debian packages, and what else is to be done, until the browser is at PROBE."""
    link = Step("linking the browser", ("ln", "-s", "/usr/bin/chromium", PROBE))
    match source.kind:
        case "npm":
            steps = unpacking(source.major, FOLDER)
            return list(_LIBRARIES), [*steps, Step("linking the browser", ("ln", "-s", f"{FOLDER}/{PROGRAM}", PROBE))]
        case "image":
            return [], [Step("looking for the browser", ("sh", "-c", _FIND))]
        case "archive":
            packages = [f"{name}={source.version}.*" for name in ("chromium", "chromium-common", *languages)]
            return packages, [link]
        case _:
            return ["chromium", *languages], [link]


def _searching(version: str) -> list[Step]:
    """The commands that fail, with what there is, where Debian's archive has no such version."""
    near = " and ".join(map(str, nearest(major_of(version) or 0)))
    title = f"looking for Chromium {version} in Debian's archive (npm has {near})"
    return [Step("apt-get update", ("apt-get", "update")), Step(title, ("sh", "-c", _SEARCH, version))]
