"""WooCommerce's System Status Report, as its button "Get system report" copies it: in English whatever the shop speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report
from harness.intake.sections import Labelled, labelled, titles

FORMAT = Format("a WooCommerce System Status Report", "WooCommerce > Status > Get system report > Copy for support")

_LABELS = {
    "WP Version": ("system", "version"),
    "Language": ("system", "language"),
    "WordPress address (URL)": ("system", "address"),
    "Home URL": ("system", "address"),
    "PHP Version": ("runtime", "php"),
}


def sniff(report: Report) -> bool:
    """Its first section is there in every version."""
    return "WordPress Environment" in titles(report)


def read(report: Report) -> Iterator[Fact]:
    """WordPress, what it runs on, and its active plugins."""
    yield report.fact("system", "name", "WordPress", "### WordPress Environment")
    for entry in labelled(report):
        if named := _LABELS.get(entry.label):
            yield report.fact(*named, entry.value, entry.line)
        elif entry.label == "WC Version":
            yield report.fact("plugin", "WooCommerce", entry.value, entry.line)
        elif entry.label == "Server Info":
            server, _, release = entry.value.partition("/")
            yield report.fact("web-server", server.casefold(), release.partition(" ")[0], entry.line)
        elif entry.label == "MySQL Version":
            yield _database(report, entry)
        elif entry.section in ("Active Plugins", "Must Use Plugins") and (version := _plugin_version(entry.value)):
            yield report.fact("plugin", entry.label, version, entry.line)


def _plugin_version(value: str) -> str | None:
    """Of `by WooCommerce – 2.3.1 (update to version 2.4.0 is available)`."""
    match = re.search(r" [–-] (\d[^\s(–]*)(?: [(–-].*)?$", value)
    return match[1] if match else None


def _database(report: Report, entry: Labelled) -> Fact:
    name = "mariadb" if "mariadb" in entry.value.casefold() else "mysql"
    return report.fact("database", name, re.split(r"[\s-]", entry.value)[0], entry.line)
