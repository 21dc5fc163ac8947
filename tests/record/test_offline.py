from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed, UsageError
from harness.record.offline import resolve_offline

PACKAGE = "npm:isarray@2.0.5"
"""Small, without dependencies, and never to change again."""


def test__resolve__a_file_of_the_environment__is_that_file(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.js").touch()
    assert resolve_offline(tmp_path, "lib/a.js", tmp_path / "cache") == (tmp_path / "lib" / "a.js").resolve()


@pytest.mark.parametrize(
    ("spec", "what"),
    [
        ("none.js", "no file"),
        ("../secret", "leads outside"),
        ("/etc/passwd", "leads outside"),
        ("link", "leads outside"),
        ("npm:chart.js", "cannot read"),
        ("npm:chart.js@latest/dist/x.js", "cannot read"),
        ("npm:../x@1.0.0/a.js", "cannot read"),
        ("npm:x@1.0.0/../../a.js", "leads outside"),
        ("npm:x@1.0.0//etc/passwd", "leads outside"),
        ("npm:--version@1.0.0/a.js", "cannot read"),
    ],
)
def test__resolve__what_is_wrong_or_leads_outside__is_a_usage_error(tmp_path: Path, spec: str, what: str) -> None:
    folder = tmp_path / "environment"
    folder.mkdir()
    (tmp_path / "secret").touch()
    (folder / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(UsageError, match=what):
        resolve_offline(folder, spec, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@pytest.mark.npm
def test__resolve__a_file_of_a_package__is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = resolve_offline(tmp_path, f"{PACKAGE}/index.js", tmp_path / "cache")
    assert "Array.isArray" in fetched.read_text()
    monkeypatch.setenv("PATH", "")
    assert resolve_offline(tmp_path, f"{PACKAGE}/index.js", tmp_path / "cache") == fetched


@pytest.mark.npm
def test__resolve__a_file_that_the_package_lacks__names_near_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no file index\.mjs") as caught:
        resolve_offline(tmp_path, f"{PACKAGE}/index.mjs", tmp_path)
    assert "index.js" in str(caught.value.hint)


@pytest.mark.npm
def test__resolve__a_version_that_does_not_exist__says_what_npm_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match=r"npm pack failed: .*99"):
        resolve_offline(tmp_path, "npm:isarray@99.0.0/index.js", tmp_path)


def test__resolve__without_npm__says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EnvironmentFailed, match="npm is not installed"):
        resolve_offline(tmp_path, f"{PACKAGE}/index.js", tmp_path)
