"""A scenario that asks the machine and the Python that a plugin without a browser runs in; the standard library alone."""

from __future__ import annotations

import locale
import os
import platform
import time
import urllib.error
import urllib.request
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

_SECONDS = 20


def run(system: Any) -> dict[str, Any]:
    """What is there; one call goes to the system, so that the headers that it gets can be seen."""
    with suppress(urllib.error.HTTPError):
        urllib.request.urlopen(system.url + "/", timeout=_SECONDS).close()  # noqa: S310  the system's own address
    return {
        "answers": {
            "os_release": _text("/etc/os-release"),
            "locale": os.environ.get("LC_ALL") or os.environ.get("LANG", ""),
            "encoding": locale.getpreferredencoding(False),
            "zone": os.environ.get("TZ", ""),
            "now": time.time(),
            "python": platform.python_version(),
            "pip": {each.name: each.version for each in distributions()},
        },
        "headline": "asked",
    }


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
