"""WordPress's Site Health, as "Copy site info to clipboard" gives it: its keys are English whatever the site speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report
from harness.intake.sections import Labelled, labelled, titles

FORMAT = Format("WordPress's Site Health info", "Tools > Site Health > Info > Copy site info to clipboard")

_LABELS = {
    ("wp-core", "version"): ("system", "version"),
    ("wp-core", "site_language"): ("system", "language"),
    ("wp-core", "timezone"): ("host", "timezone"),
    ("wp-core", "home_url"): ("system", "address"),
}


def sniff(report: Report) -> bool:
    """Its first section is there since WordPress 5.2."""
    return "wp-core" in titles(report)


def read(report: Report) -> Iterator[Fact]:
    """WordPress, what it runs on, and its active plugins."""
    yield report.fact("system", "name", "WordPress", "### wp-core")
    for entry in labelled(report):
        if named := _LABELS.get((entry.section, entry.label)):
            yield report.fact(*named, entry.value, entry.line)
        elif entry.section in ("wp-plugins-active", "wp-mu-plugins"):
            if version := re.search(r"version: ([^\s,]+)", entry.value):
                yield report.fact("plugin", entry.label, version[1], entry.line)
        else:
            yield from _server(report, entry)


def _server(report: Report, entry: Labelled) -> Iterator[Fact]:
    match entry.section, entry.label:
        case "wp-server", "php_version":
            yield report.fact("runtime", "php", entry.value.partition(" ")[0], entry.line)
        case "wp-server", "httpd_software":
            name, _, version = entry.value.partition("/")
            yield report.fact("web-server", name.casefold(), version.partition(" ")[0], entry.line)
        case "wp-server", "server_architecture":
            name, *_, architecture = entry.value.split()
            yield report.fact("os", "kernel", name, entry.line)
            yield report.fact("os", "architecture", architecture, entry.line)
        case "wp-database", "server_version":
            name = "mariadb" if "mariadb" in entry.value.casefold() else "mysql"
            yield report.fact("database", name, re.split(r"[\s-]", entry.value)[0], entry.line)
