from __future__ import annotations

import pytest

from harness.model.errors import BadFile
from tests.declared.apis import api, operation

TREE = {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}}


def test__references__of_a_recursive_schema__are_finite() -> None:
    read = api(
        {"/a": {"get": operation(answer={"$ref": "#/components/schemas/Tree"})}}, components={"schemas": {"Tree": TREE}}
    )
    assert read.references == {"#/components/schemas/Tree": TREE}
    tree = read.resolve({"$ref": "#/components/schemas/Tree"})
    assert read.resolve(tree["properties"]["children"]["items"]) is tree


def test__references__into_another_schema__are_found_wherever_they_point() -> None:
    reference = "#/components/schemas/Tree/properties/children"
    read = api({"/a": {"get": operation(answer={"$ref": reference})}}, components={"schemas": {"Tree": TREE}})
    assert read.resolve({"$ref": reference}) == TREE["properties"]["children"]  # type: ignore[index]


def test__references__in_a_circle_of_nothing_but_references__are_refused() -> None:
    schemas = {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
    with pytest.raises(BadFile, match="leads back to itself and says nothing"):
        api({"/a": {"get": operation(answer={"$ref": "#/components/schemas/A"})}}, components={"schemas": schemas})
