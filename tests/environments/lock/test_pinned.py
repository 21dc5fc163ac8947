from __future__ import annotations

import json
from typing import Any

import pytest

from harness.environments.lock.pinned import npm_packages, package_files, pip_packages, requirements
from harness.environments.spec.lock import PipPackage
from harness.model.errors import UsageError

A, B = "a" * 64, "b" * 64


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"version": "1", "install": packages})


def installed(name: str, version: str, **info: Any) -> dict[str, Any]:
    return {"metadata": {"name": name, "version": version}, "download_info": {"url": "an address", **info}}


def test__pip_packages__a_report__keeps_versions_and_hashes_and_no_address() -> None:
    text = report(
        installed("Zope.Interface", "6.0", archive_info={"hash": f"sha256={B}", "hashes": {"sha256": B}}),
        installed("dep", "1.0", archive_info={"hashes": {"sha256": A}}),
    )
    found = pip_packages(text)
    assert list(found.items()) == [
        ("dep", PipPackage(version="1.0", sha256=A)),
        ("zope-interface", PipPackage(version="6.0", sha256=B)),
    ]
    assert requirements(found) == f"dep==1.0 --hash=sha256:{A}\nzope-interface==6.0 --hash=sha256:{B}\n"


@pytest.mark.parametrize(
    "info",
    [
        {"vcs_info": {"vcs": "git", "commit_id": "abc"}},
        {"dir_info": {}},
        {"archive_info": {"hashes": {"md5": "x"}}},
    ],
)
def test__pip_packages__no_file_of_an_index__cannot_be_locked(info: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"dep 1\.0 cannot be locked"):
        pip_packages(report(installed("dep", "1.0", **info)))


NPM = {
    "": {"name": "x", "dependencies": {"a": "^1.0.0"}},
    "node_modules/b": {
        "version": "2.0.0",
        "resolved": "the address of b",
        "integrity": "sha512-b",
        "license": "MIT",
    },
    "node_modules/a": {
        "version": "1.0.0",
        "resolved": "the address of a",
        "integrity": "sha512-a",
        "dependencies": {"b": "*"},
        "bin": {"a": "a.js"},
        "optional": True,
        "os": ["linux"],
    },
}


def test__npm_packages__a_package_lock__keeps_what_places_packages_and_no_address() -> None:
    found = npm_packages(json.dumps({"lockfileVersion": 3, "packages": NPM}))
    assert found == {
        "": {"name": "x", "dependencies": {"a": "^1.0.0"}},
        "node_modules/a": {
            "version": "1.0.0",
            "integrity": "sha512-a",
            "dependencies": {"b": "*"},
            "bin": {"a": "a.js"},
            "os": ["linux"],
            "optional": True,
        },
        "node_modules/b": {"version": "2.0.0", "integrity": "sha512-b"},
    }
    assert list(found) == ["", "node_modules/a", "node_modules/b"]


@pytest.mark.parametrize("each", [{"version": "1", "resolved": "a repository"}, {"link": True, "resolved": "../x"}])
def test__npm_packages__no_package_of_a_registry__cannot_be_locked(each: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="@s/dep cannot be locked"):
        npm_packages(json.dumps({"packages": {"": {}, "node_modules/a/node_modules/@s/dep": each}}))


def test__package_files__of_a_lock__are_what_npm_ci_reads() -> None:
    locked = npm_packages(json.dumps({"packages": NPM}))
    files = {name: json.loads(text) for name, text in package_files(locked).items()}
    assert files["package.json"]["dependencies"] == {"a": "^1.0.0"}
    assert files["package-lock.json"]["packages"] == locked
    assert "address" not in json.dumps(files)
