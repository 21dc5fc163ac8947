from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.yaml_file import Mistake, read_mapping, refused
from harness.model.errors import BadFile


def test__read_mapping__a_mapping__has_the_lines_of_its_keys(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("# told\na: 1\nb: {c: 2}\n")
    data = read_mapping(file, "lock", "schema: x")
    assert data == {"a": 1, "b": {"c": 2}}
    assert data.lc.data["b"][0] == 2  # type: ignore[attr-defined] # ruamel's own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a", ":1: this is not a mapping of keys to values\n  begin with: schema: x"),
        ("a: [", ":1: not YAML: while parsing a flow node"),
        ("a: 1\na: 2", ":2: not YAML: while constructing a mapping, found duplicate key"),
    ],
)
def test__read_mapping__no_mapping__says_where(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text)
    with pytest.raises(BadFile) as caught:
        read_mapping(file, "lock", "schema: x")
    assert f"{file}{expected}" in str(caught.value)


def test__read_mapping__no_file__says_which_kind(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no such lock file"):
        read_mapping(tmp_path / "a.yaml", "lock", "schema: x")


def test__refused__mistakes_of_two_files__each_with_its_own() -> None:
    mistakes = [Mistake(Path("a"), 2, "one", "do this"), Mistake(Path("b"), 1, "two")]
    assert str(refused(mistakes)) == "a:2: one\n  do this\nb:1: two"
