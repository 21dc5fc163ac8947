"""Where the browser is, and how it is started so that it talks to the system and to nobody else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.model.errors import UsageError

HINT = "install chromium, run `playwright install chromium`, or name a Chromium in BACKFIT_BROWSER"

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    # The updater calls out in spite of the flag above, unless it is sent nowhere.
    "--component-updater=disable-background-downloads,url-source=http://127.0.0.1:9/",
    "--extensions-update-frequency=999999",
    "--disable-sync",
    # Behind a proxy it asks whether it is signed in, in spite of the flags above.
    "--gaia-url=http://127.0.0.1:9/",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
)
"""Flags of Chromium: quiet, and no host but this machine can be found."""
NO_PROXY = "--no-proxy-server"
"""Where the plugin is not sent through one: the machine's own proxy is none of its business."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DOWNLOADS = {
    "chromium": (
        "chromium-*/chrome-linux*/chrome",
        "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
        "chromium_headless_shell-*/*/*headless*shell",
    ),
    "firefox": ("firefox-*/firefox/firefox", "firefox-*/firefox/*.app/Contents/MacOS/firefox"),
    "webkit": ("webkit-*/pw_run.sh",),
}


def find_browser() -> Path | None:
    """A Chromium: the one BACKFIT_BROWSER names, else one on PATH, else Playwright's own download, else None.

    Raises UsageError where BACKFIT_BROWSER names no program.
    """
    named = os.environ.get("BACKFIT_BROWSER")
    if named:
        found = shutil.which(named)
        if found is None:
            raise UsageError(
                f"there is no program {named!r}", where="BACKFIT_BROWSER", hint="name a Chromium, or unset it"
            )
        return Path(found)
    return next((Path(found) for found in map(shutil.which, _NAMES) if found), None) or find_download("chromium")


def find_download(engine: str) -> Path | None:
    """Playwright's own build of `engine` (chromium, firefox, webkit), the newest that is here; None without one."""
    return next(_downloaded(_DOWNLOADS[engine]), None)


def _downloaded(patterns: Sequence[str]) -> Iterator[Path]:
    said = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = (
        [Path(said)] if said else [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    )
    for folder in folders:
        for pattern in patterns:
            newest_first = sorted(folder.glob(pattern), key=lambda found: _revision(found, folder), reverse=True)
            yield from (found for found in newest_first if os.access(found, os.X_OK))


def _revision(found: Path, folder: Path) -> tuple[int, str]:
    """Sorts `chromium-999` before `chromium-1200`."""
    name = found.relative_to(folder).parts[0]
    return len(name), name
