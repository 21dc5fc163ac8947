from __future__ import annotations

from pathlib import Path

import pytest

from harness.intake import report
from harness.intake.report import Report, read_bytes, read_file
from harness.model.errors import BadFile


@pytest.mark.parametrize(
    "data", [text.encode(coding) for coding in ("utf-8", "utf-8-sig", "utf-16", "cp1252") for text in ["Système: 1"]]
)
def test__read_bytes__in_each_coding__is_the_text(data: bytes) -> None:
    assert read_bytes(data, "x", "x").text == "Système: 1"


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\x7fELF\x00\x01", "no text"), (b"", "empty"), (b" \n", "empty"), (b"PK\x03\x04zip", "no text")],
)
def test__read_bytes__what_is_no_text__is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read_bytes(data, "x", "x")


def test__read_bytes__a_huge_file__is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "LARGEST", 10)
    with pytest.raises(BadFile, match="more than"):
        read_bytes(b"x" * 11, "x", "x")


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test__read_file__what_cannot_be_read__is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        read_file(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ('// c\n{"a": "http://x//y", /* b */ "b": [1, 2,], }', {"a": "http://x//y", "b": [1, 2]}),
        ('{"a": "\\"// no comment"}', {"a": '"// no comment'}),
        ("a: 1", None),
        ("{a: 1}", None),
        ("[" * 5000, None),
    ],
)
def test__json__with_comments_and_commas__is_the_value(text: str, expected: object) -> None:
    assert Report("x", text).json == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", {"a": 1}),
        ("- 1", None),
        ("a: [", None),
        ("a: 1\na: 2", None),
        ("[" * 5000, None),
        ("a: !x b", {"a": "b"}),
    ],
)
def test__yaml__of_a_mapping__is_the_value(text: str, expected: object) -> None:
    found = Report("x", text).yaml
    assert (None if found is None else {key: getattr(each, "value", each) for key, each in found.items()}) == expected


def test__fact__has_its_line__by_number_or_by_text() -> None:
    made = Report("a.txt", "one\r\ntwo")
    assert made.lines == [(1, "one"), (2, "two")]
    assert [made.fact("s", "n", "v", line).source for line in (2, "two", "three", 0)] == [
        "a.txt:2",
        "a.txt:2",
        "a.txt",
        "a.txt",
    ]
