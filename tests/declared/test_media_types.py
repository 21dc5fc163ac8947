from __future__ import annotations

import pytest

from harness.declared.media_types import matched, media_type

JSON, HAL = "application/json", "application/hal+json"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([JSON], ["Application/JSON"], [(JSON, "Application/JSON", "")]),
        (["a/b;x=1;y=2"], ["a/b; y=2; x=1"], [("a/b;x=1;y=2", "a/b; y=2; x=1", "")]),
        ([JSON], [HAL], [(JSON, HAL, "name-specialized")]),
        ([HAL], [JSON], [(HAL, JSON, "name-generalized")]),
        ([JSON], ["application/*"], [(JSON, "application/*", "name-generalized")]),
        (["*/*"], [JSON], [("*/*", JSON, "name-specialized")]),
        ([JSON], [f"{JSON}; charset=utf-8"], [(JSON, f"{JSON}; charset=utf-8", "name-changed")]),
        ([f"{JSON};v=1"], [f"{HAL};v=2"], [(f"{JSON};v=1", f"{HAL};v=2", "name-changed")]),
        ([JSON], [HAL, JSON], [(JSON, JSON, ""), (None, HAL, "")]),
        ([JSON], ["text/json"], [(JSON, None, ""), (None, "text/json", "")]),
    ],
)
def test__matched__of_two_lists_of_media_types__has_each_once(
    old: list[str], new: list[str], expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert list(matched(old, new)) == expected


@pytest.mark.parametrize(
    ("text", "is_json"),
    [
        (JSON, True),
        (HAL, True),
        ("text/json;a=b", True),
        ("*/*", True),
        ("text/csv", False),
        ("application/xml", False),
    ],
)
def test__is_json__of_a_media_type__tells_whether_values_have_types(text: str, is_json: bool) -> None:
    assert media_type(text).is_json == is_json
