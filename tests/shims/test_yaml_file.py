from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from harness.model.errors import BadFile
from harness.shims.document import Learned, Shim
from harness.shims.yaml_file import parse_shim, read_shim, shim_text, write_shim
from tests.shims.shims import shims

HEAD = "schema: backfit/shim/v1\n"


def bare(shim: Shim) -> Shim:
    """The shim less its evidence, which the file holds as comments."""

    def without(steps: tuple[Learned, ...]) -> tuple[Learned, ...]:
        return tuple(replace(each, evidence="") for each in steps)

    entries = tuple(
        replace(
            entry,
            request=without(entry.request),
            response=without(entry.response),
            ambiguous=tuple(replace(each, choices=without(each.choices)) for each in entry.ambiguous),
        )
        for entry in shim.entries
    )
    return replace(
        shim,
        entries=entries,
        moved=tuple(replace(each, evidence="") for each in shim.moved),
        requests=without(shim.requests),
        everywhere=without(shim.everywhere),
        otherwise=without(shim.otherwise),
    )


@settings(max_examples=40)
@given(shims)
def test__round_trip__of_any_shim__is_exact(shim: Shim) -> None:
    assert parse_shim(shim_text(shim)) == bare(shim)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEAD + "operations: [\n", 3, "not YAML"),
        (HEAD + "pairs: 1\npairs: 2", 3, 'duplicate key "pairs"'),
        ("schema:\tx\n\t- a", 1, "cannot start any token"),
        (HEAD + 'system: {name: "a\x01b"}', 2, "U+0001"),
        (HEAD + "---\nschema: x", 2, "another document"),
    ],
)
def test__parse__no_yaml__names_the_line(text: str, line: int, what: str) -> None:
    with pytest.raises(BadFile, match=re.escape(what)) as caught:
        parse_shim(text, "x.yaml")
    assert caught.value.where == f"x.yaml:{line}"


def test__parse__nested_without_end__is_refused() -> None:
    with pytest.raises(BadFile, match="nested too deeply"):
        parse_shim(HEAD + "pairs: " + "[" * 1000)


@pytest.mark.parametrize("content", [None, b"\xff"], ids=["missing", "not UTF-8"])
def test__read__a_file_that_is_none__says_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.shim.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadFile, match="cannot be read"):
        read_shim(path)


def test__write__then_read__is_the_same(tmp_path: Path) -> None:
    write_shim(tmp_path / "x.shim.yaml", Shim("a", "1", "2", pairs=3))
    assert read_shim(tmp_path / "x.shim.yaml") == Shim("a", "1", "2", pairs=3)
    assert [file.name for file in tmp_path.iterdir()] == ["x.shim.yaml"]


def test__read__with_a_byte_order_mark__is_read(tmp_path: Path) -> None:
    (tmp_path / "x.shim.yaml").write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert read_shim(tmp_path / "x.shim.yaml") == Shim()
