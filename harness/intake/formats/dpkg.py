"""`dpkg -l` (and `dpkg-query -W`): Debian's packages, and with them its release, its browser and its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report

FORMAT = Format("dpkg -l", "dpkg -l > packages.txt")

_LISTED = re.compile(r"[hi]i\s+([a-z0-9][a-z0-9+.-]+)(?::\w+)?\s+(\d\S*)\s+\S+")
_QUERIED = re.compile(r"([a-z0-9][a-z0-9+.-]+)(?::\w+)?\t(\d\S*)")
_BROWSERS = {
    "chromium": "Chromium", "google-chrome-stable": "Chrome", "microsoft-edge-stable": "Edge",
    "firefox-esr": "Firefox", "firefox": "Firefox",
}  # fmt: skip
_DEBIAN = re.compile(r"(\d+)(?:\.\d+)?(?:\+deb\d+u\d+)?$")
"""The version of Debian's base-files is that of the release; Ubuntu's counts on with ubuntu in it."""


def sniff(report: Report) -> bool:
    """The legend of dpkg -l, or lines of dpkg-query -W."""
    lines = [text for _, text in report.lines]
    return sum(bool(_LISTED.match(each) or _QUERIED.fullmatch(each)) for each in lines) >= max(
        1, 0.8 * (len(lines) - 5)
    )


def read(report: Report) -> Iterator[Fact]:
    """Every installed package, and what some of them tell."""
    for number, text in report.lines:
        found = _LISTED.match(text) or _QUERIED.fullmatch(text)
        if found is None:
            continue
        name, version = found[1], found[2]
        yield report.fact("debian", name, version, number)
        if name == "base-files" and (release := _DEBIAN.fullmatch(version)):
            yield report.fact("os", "id", "debian", number)
            yield report.fact("os", "version", release[1], number)
        if name in _BROWSERS:
            upstream = version.rpartition(":")[2].partition("-")[0]
            yield report.fact("browser", "name", _BROWSERS[name], number)
            yield report.fact("browser", "version", re.split(r"esr|\+", upstream)[0], number)
            if _BROWSERS[name] != "Firefox":
                yield report.fact("browser", "chromium", upstream.partition(".")[0], number)
