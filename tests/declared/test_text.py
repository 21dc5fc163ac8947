from __future__ import annotations

from pathlib import Path

import pytest

from harness.declared.text import line_at, read_values
from harness.declared.yaml_values import DEPTH_LIMIT
from harness.model.errors import BadFile
from harness.model.json_text import Json


def written(folder: Path, text: str | bytes, name: str = "api.yaml") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 1, b: [c]}", {"a": 1, "b": ["c"]}),
        ('\ufeff{"a": 12345678901234567890123}', {"a": 12345678901234567890123}),
        ("a: no", {"a": "no"}),
        ("", None),
    ],
)
def test__read_values__of_json_or_yaml__tells_them_apart_by_content(tmp_path: Path, text: str, value: Json) -> None:
    assert read_values(written(tmp_path, text)) == value


@pytest.mark.parametrize(
    ("text", "name", "line", "said"),
    [
        ('{"a":\n\n }', "api.json", 3, "not JSON"),
        ("a:\n  - b\n c", "api.yaml", 3, "not YAML"),
        ("a: [1,\nb: 2", "api.yaml", 2, "not YAML"),
        ("a: 1\nb: 2\na: 3", "api.yaml", 3, "'a' stands here twice"),
        ("a: 1\n---\nb: 2", "api.yaml", 2, "a second document"),
        ("a: 1\nb: *c", "api.yaml", 2, "the alias *c"),
        ("a: &a\n  b: *a", "api.yaml", 2, "the alias *a"),
        (b"a: 1\nb: \xff", "api.yaml", 2, "not UTF-8"),
        ("a:\n  ? [1]\n  : 2", "api.yaml", 2, "a name is a text"),
        ("[" * 300 + "a" + "]" * 300, "api.yaml", 1, f"deeper than {DEPTH_LIMIT}"),
    ],
)
def test__read_values__of_what_is_malformed__names_the_line(
    tmp_path: Path, text: str, name: str, line: int, said: str
) -> None:
    file = written(tmp_path, text, name)
    with pytest.raises(BadFile) as error:
        read_values(file)
    assert (error.value.where, said in error.value.what) == (f"{file}:{line}", True)


@pytest.mark.parametrize("levels", [DEPTH_LIMIT + 1, 1000, 5000])
def test__read_values__of_json_that_is_nested_too_deep__says_so(tmp_path: Path, levels: int) -> None:
    with pytest.raises(BadFile, match="deep"):
        read_values(written(tmp_path, '{"a":' * levels + "1" + "}" * levels, "api.json"))


def test__read_values__of_a_file_that_is_not_there__names_it(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"none\.yaml"):
        read_values(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "pointer", "line"),
    [
        ("a:\n  - x\n  - b: 1", "/a/1/b", 3),
        ('{\n"a~/b":\n{"c": 1}}', "/a~0~1b/c", 3),
        ("a: 1", "/b", None),
        ("a: 1", "", 1),
    ],
)
def test__line_at__of_a_pointer__is_where_its_value_begins(
    tmp_path: Path, text: str, pointer: str, line: int | None
) -> None:
    assert line_at(written(tmp_path, text), pointer) == line
