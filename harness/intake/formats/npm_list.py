"""`npm ls --json`, and a package-lock.json of any version: what is asked for by name, not what that stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report

FORMAT = Format("npm ls --json (or package-lock.json)", "npm ls --json > npm.json")


def sniff(report: Report) -> bool:
    """Dependencies that are objects with a version; in a lock of version 2 and 3, packages by their folders."""
    found = report.json
    if not isinstance(found, dict):
        return False
    packages, dependencies = found.get("packages"), found.get("dependencies")
    if isinstance(packages, dict) and "lockfileVersion" in found:
        return True
    named = dependencies.values() if isinstance(dependencies, dict) else ()
    return any(isinstance(each, dict) and ("version" in each or each.get("missing")) for each in named)


def read(report: Report) -> Iterator[Fact]:
    """The packages at the top, each with its version."""
    packages = report.json.get("packages")
    found = _locked(packages) if isinstance(packages, dict) else _listed(report.json.get("dependencies"))
    for name, version in found:
        yield report.fact("npm", name, version, f'"{name}"')


def _locked(packages: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    root = packages.get("")
    wanted = root if isinstance(root, dict) else {}
    for kind in ("dependencies", "devDependencies", "optionalDependencies"):
        for name in _mapping(wanted.get(kind)):
            yield name, str(_mapping(packages.get(f"node_modules/{name}")).get("version", ""))


def _listed(dependencies: Any) -> Iterator[tuple[str, str]]:
    for name, each in _mapping(dependencies).items():
        yield name, str(_mapping(each).get("version", ""))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
