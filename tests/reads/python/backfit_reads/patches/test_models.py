"""pydantic and data frames look into dicts unseen: what they took is told all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = """
import dataclasses, json, urllib.request, pydantic
from typing import Any
with urllib.request.urlopen(url + "/items") as answer: text = answer.read().decode()
class Owner(pydantic.BaseModel):
    first: str
    middle: str = "-"
class Row(pydantic.BaseModel):
    ident: int = pydantic.Field(alias="id")
    tags: list[str]
    owner: Owner
class Items(pydantic.BaseModel):
    rows: list[Row]
@pydantic.dataclasses.dataclass
class Page:
    size: int
def adapted(kind, value): return pydantic.TypeAdapter(kind).validate_python(value)
data = json.loads(text)
"""
ROW = {
    *("$.rows[*].id read", "$.rows[*].tags read", "$.rows[*].tags[*] read", "$.rows[*].owner read"),
    *("$.rows[*].owner.first read", "$.rows[*].owner.middle missing"),
}
OWNER = {"$.rows read", "$.rows[*].owner read"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(Items.model_validate(data))", {"$.rows read", *ROW}),
        ("print(Items.model_validate_json(text))", {"$.rows read", *ROW}),
        ("print(adapted(list[Row], data['rows']))", {"$.rows read", *ROW}),
        ("print(adapted(Page, data['page']))", {"$.page read", "$.page.size read"}),
        (
            "print(adapted(dict[str, int | None], data['page']))",
            {"$.page read", "$.page.size copied"},
        ),
        (
            "print(Owner(**data['rows'][0]['owner']))",
            OWNER | {f"$.rows[*].owner.{name} copied" for name in ("first", "last")},
        ),
        ("print(adapted(Any, data)['total'])", {"$.total read"}),
        ("try: Items.model_validate(data['page'])\nexcept ValueError as error: print(error)", {"$.page read"}),
    ],
)
def test__models__of_an_answer__are_the_same_and_tell_their_fields(
    text: str, expected: set[str], site: Site, tmp_path: Path
) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.code, found.err, found.told.notes) == (0, "", {})
    assert found.reads >= expected
    assert not {"$.rows[*].name read", "$.rows[*].owner.last read", "$ exported"} & found.reads


def test__data_frame__of_records__is_the_same_and_they_are_copied(site: Site, tmp_path: Path) -> None:
    text = (
        "import pandas; rows = data['rows']; print(pandas.DataFrame(rows).to_csv(), pandas.json_normalize(rows).shape)"
    )
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.code, found.err) == (0, "")
    assert {"$.rows[*].name copied", "$.rows[*].id copied", "$.rows[*].owner copied"} <= found.reads
