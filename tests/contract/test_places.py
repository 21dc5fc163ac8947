from __future__ import annotations

import pytest

from harness.contract.places import generalised, normal_place, stands_in
from harness.model.json_text import Json
from harness.schema.summary import Summary, summarize

USERS = {"users": {"17": {"name": "ann"}, "18": {"name": "bob"}}, "page": {"size": 2, "total": 5}}


def bodies(*values: Json) -> list[Summary]:
    return [summarize(value) for value in values]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("$['tags'][*]", "$.tags[*]"),
        ('$["a b"]', '$["a b"]'),
        ("header X-Total", "header x-total"),
        ("status", "status"),
    ],
)
def test__normal_place__however_it_is_written__has_one_name(text: str, name: str) -> None:
    assert normal_place(text) == name


@pytest.mark.parametrize("text", ["", "a", "$.", "header", "header a b", "cookie x", "$..a", "status 200"])
def test__normal_place__what_is_no_place__is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"place|path|read"):
        normal_place(text)


@pytest.mark.parametrize(
    ("place", "values", "name"),
    [
        ('$.users["17"].name', [USERS], "$.users.*.name"),  # numbers for keys: a map
        ('$.users["99"].name', [USERS], "$.users.*.name"),
        ("$.page.size", [USERS], "$.page.size"),  # a record
        ("$[*].page.size", [[USERS]], "$[*].page.size"),
        ('$[*].users["17"]', [[USERS]], "$[*].users.*"),
        ("$.users.x.name", [], "$.users.x.name"),
        ("$.gone.x", [USERS], "$.gone.x"),
        ("header x", [USERS], "header x"),
    ],
)
def test__generalised__a_member_of_a_map__stands_for_all(place: str, values: list[Json], name: str) -> None:
    assert generalised(place, bodies(*values)) == name


@pytest.mark.parametrize(
    ("place", "stands"),
    [
        ("$.page.size", True),
        ("$.page.pages", False),
        ("$.page[*]", False),
        ("$", True),
        ("status", True),
        ('$.users["17"].mail', False),
    ],
)
def test__stands_in__a_body__by_its_places(place: str, stands: bool) -> None:
    assert stands_in(place, bodies(USERS)) is stands
