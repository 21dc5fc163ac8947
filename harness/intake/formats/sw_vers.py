"""macOS' `sw_vers`: three lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report

FORMAT = Format("macOS' sw_vers", "sw_vers > mac.txt")

_VERSION = re.compile(r"ProductVersion:\s*([\d.]+)")


def sniff(report: Report) -> bool:
    """Its label for the version."""
    return any(_VERSION.match(text) for _, text in report.lines[:6])


def read(report: Report) -> Iterator[Fact]:
    """macOS and its version."""
    for number, text in report.lines:
        if version := _VERSION.match(text):
            yield report.fact("browser-os", "name", "macOS", number)
            yield report.fact("browser-os", "version", version[1], number)
