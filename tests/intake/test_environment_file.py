from __future__ import annotations

from pathlib import Path

import pytest

from harness.intake.environment_file import is_environment, said_in
from harness.model.errors import BadFile

HEAD = "schema: backfit/environment/v1\n"


def test__said_in__a_draft__is_what_it_says_and_what_is_open(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(HEAD + "host: {os: debian:trixie}\n")
    (tmp_path / "environment.yaml").write_text(
        HEAD + "extends: base.yaml\nbrowser: {chromium: !question browser-version}\n"
    )
    said = said_in(tmp_path)
    assert {"host.os", "browser", "browser.version"} <= said.keys
    assert said.open == {"browser-version"}
    assert "host.timezone" not in said.keys


def test__said_in__what_is_no_yaml__is_refused(tmp_path: Path) -> None:
    (tmp_path / "environment.yaml").write_text("a: [")
    with pytest.raises(BadFile):
        said_in(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("environment.yaml", HEAD, True),
        ("other.yml", HEAD, True),
        ("compose.yaml", "services: {}\n", False),
        ("report.txt", HEAD, False),
    ],
)
def test__is_environment__by_its_name_and_its_schema(tmp_path: Path, name: str, text: str, expected: bool) -> None:
    (tmp_path / name).write_text(text)
    assert is_environment(tmp_path / name) is expected
    assert is_environment(tmp_path)
    assert not is_environment(tmp_path / "missing.yaml")
