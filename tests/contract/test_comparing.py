from __future__ import annotations

from pathlib import Path

import pytest

from harness.contract.comparing import compared
from harness.model.json_text import Json
from tests.contract.documents import contract, needs, reads


def beyond(folder: Path, old: dict[str, Json], new: dict[str, Json]) -> list[str]:
    """`+ reads GET /a $.x` for what is more, `-` for what is less."""
    found = compared(contract(folder, old, "a.json"), contract(folder, new, "b.json"))
    return [
        f"{sign} {each.how} {each.operation} {each.place}".strip()
        for sign, listed in (("+", found.more), ("-", found.less))
        for each in listed
    ]


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        (reads("$.a"), reads("$.a"), []),
        (reads("$.a"), reads("$.a", "$.b"), ["+ reads GET /x $.b"]),
        (reads("$.a", "$.b"), reads("$.a"), ["- reads GET /x $.b"]),
        (reads("$.a"), reads("$.a", "$.meta", "$.meta.page"), ["+ reads GET /x $.meta.page"]),
        (reads("$.a"), reads("$.a", "header x"), ["+ reads GET /x header x"]),
        (reads("$.a"), reads("$.a", copied="$.b", tested="$.c", missing="$.d"), []),
        (reads("$.a"), reads("$.a") | needs(removed="$.a=needed $.b=tolerated"), ["+ needs GET /x $.a"]),
        ({}, {}, []),
        ({}, reads("$.a"), ["- reads GET /x"]),
        (reads("$.a"), {}, ["+ reads GET /x"]),
        (reads(), reads("$.a"), ["+ reads GET /x $.a"]),
    ],
)  # fmt: skip
def test__compared__one_operation__tells_what_is_relied_on_more_and_less(
    tmp_path: Path, old: Json, new: Json, rows: list[str]
) -> None:
    assert beyond(tmp_path, {"GET /x": old}, {"GET /x": new}) == rows


def test__compared__a_new_operation__is_told_without_its_places(tmp_path: Path) -> None:
    new = {"GET /b": reads("$.a") | needs(removed="$.a=needed"), "POST /a": {}}
    assert beyond(tmp_path, {"GET /a": reads()}, new | {"GET /a": reads()}) == ["+ calls GET /b", "+ calls POST /a"]


def test__compared__variables_of_other_names__are_the_same_operation(tmp_path: Path) -> None:
    assert beyond(tmp_path, {"GET /a/{id}": reads("$.x")}, {"GET /a/{slug}": reads("$.x")}) == []
