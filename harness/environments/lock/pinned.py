"""What pip and npm say that they would install, as a lock keeps it, and a lock as they take it: no addresses either way."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from harness.environments.spec.lock import PipPackage
from harness.model.errors import UsageError

_NPM_KEPT = (
    "version", "integrity", "name", "dependencies", "optionalDependencies", "peerDependencies", "peerDependenciesMeta",
    "bundleDependencies", "bin", "os", "cpu", "libc", "optional", "peer", "devOptional", "inBundle", "hasInstallScript",
)  # fmt: skip
"""What npm needs to know of a package to put it in its place; where it was got from is no part of it."""


def pip_packages(report: str) -> dict[str, PipPackage]:
    """The packages of pip's installation report (pip install --report; its format 1) by their normal names.

    Raises UsageError for one that is no file of an index: what a repository or a folder holds has no hash.
    """
    found = {}
    for each in json.loads(report)["install"]:
        name, version = each["metadata"]["name"], each["metadata"]["version"]
        hashes = each["download_info"].get("archive_info", {}).get("hashes", {})
        if "sha256" not in hashes:
            raise _unlockable(f"{name} {version}")
        found[re.sub(r"[-_.]+", "-", name).lower()] = PipPackage(version=version, sha256=hashes["sha256"])
    return dict(sorted(found.items()))


def requirements(packages: Mapping[str, PipPackage]) -> str:
    """A requirements file for pip install --require-hashes: the full set, a line each."""
    return "".join(f"{name}=={each.version} --hash=sha256:{each.sha256}\n" for name, each in packages.items())


def npm_packages(package_lock: str) -> dict[str, dict[str, Any]]:
    """The packages of a package-lock.json (lockfileVersion 2 or 3) by place; the root, "", has what was asked.

    Raises UsageError for one without a hash.
    """
    places: dict[str, dict[str, Any]] = json.loads(package_lock)["packages"]
    for place, each in places.items():
        if place and "integrity" not in each and not each.get("inBundle"):
            raise _unlockable(place.rpartition("node_modules/")[2])
    return {place: {key: each[key] for key in _NPM_KEPT if key in each} for place, each in sorted(places.items())}


def package_files(packages: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The files by name that `npm ci` installs the packages from."""
    asked = {"private": True, "dependencies": packages[""].get("dependencies", {})}
    lock = {"lockfileVersion": 3, "requires": True, "packages": {place: dict(each) for place, each in packages.items()}}
    return {"package.json": json.dumps(asked), "package-lock.json": json.dumps(lock)}


def _unlockable(name: str) -> UsageError:
    hint = "name a version that an index has, or lock without it"
    return UsageError(f"{name} cannot be locked: it comes from no package index, so it has no hash", hint=hint)
