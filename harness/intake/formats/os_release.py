"""`/etc/os-release` (freedesktop.org, os-release(5)): which Linux it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report

FORMAT = Format("/etc/os-release", "cat /etc/os-release")

_LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")
_NAMES = {"ID": "id", "VERSION_ID": "version", "VERSION_CODENAME": "codename", "PRETTY_NAME": "name"}


def sniff(report: Report) -> bool:
    """NAME=value, one a line, and ID among them."""
    lines = [text for _, text in report.lines if not text.startswith("#")]
    return any(text.startswith("ID=") for text in lines) and all(_LINE.fullmatch(text) for text in lines)


def read(report: Report) -> Iterator[Fact]:
    """The distribution, its version and its code name."""
    for number, text in report.lines:
        if (match := _LINE.fullmatch(text)) and match[1] in _NAMES:
            yield report.fact("os", _NAMES[match[1]], match[2].strip("\"'"), number)
