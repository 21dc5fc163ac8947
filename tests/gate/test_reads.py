from __future__ import annotations

from dataclasses import replace

import pytest

from harness.gate.reads import Read, Reads, holding, parse_operation, read_whole, touched
from harness.model.operation import Operation
from harness.model.paths import parse_path
from tests.gate.rows import reads


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("$.a", "$.a"),
        ("$['a'][*]", "$.a[*]"),
        ("status", "status"),
        ("header X-Total-Count", "header x-total-count"),
    ],
)
def test__parse__a_place__is_named_as_findings_name_it(text: str, name: str) -> None:
    read = Read.parse(text)
    assert read.text == name
    assert (read.path is not None) == name.startswith("$")


@pytest.mark.parametrize("text", ["", "a.b", "$.", "$..a", "header", "header ", "header a b", "Status", "cookie x"])
def test__parse__what_is_no_place__is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"place|path|read"):
        Read.parse(text)


@pytest.mark.parametrize(
    ("operation", "places"),
    [
        ("GET /articles/{articles_id}", "$.title"),
        ("GET /articles/7", "$.title"),
        ("GET /articles/latest", "$.id"),
        ("POST /articles/{x}", None),
        ("GET /articles/{x}/tags", None),
        ("GET /tags/{tag_id}", "$.kind"),
        ("PUT /users/{user_id}", "$.name, $.mail"),
        ("POST /graphql GetUser", "$.data.user"),
        ("POST /graphql Other", "$.data"),
        ("POST /graphql", "$.data"),
        ("errors", "$.message"),
        ("every answer", "$.title, $.id, $.kind, $.name, $.mail, $.data, $.data.user, $.message"),
        ("every 2xx answer", "$.title, $.id, $.kind, $.name, $.mail, $.data, $.data.user, $.message"),
        ("ANY *", "$.title, $.id, $.kind, $.name, $.mail, $.data, $.data.user, $.message"),
    ],
)
def test__of__an_operation__is_what_the_closest_entry_says(operation: str, places: str | None) -> None:
    known = reads(
        **{
            "GET /articles/{id}": "$.title",
            "GET /articles/latest": "$.id",
            "GET /{kind}/{id}": "$.kind",
            "PUT /users/1": "$.name",
            "PUT /users/2": "$.name, $.mail",
            "POST /graphql": "$.data",
            "POST /graphql GetUser": "$.data.user",
            "errors": "$.message",
        }
    )
    found = known.of(operation)
    assert (found and ", ".join(read.text for read in found)) == places


def test__of__errors_that_nothing_says_anything_of__is_unknown() -> None:
    assert reads(GET_a="$.x").of("errors") is None


def test__of__an_operation_of_which_nothing_is_read__is_nothing() -> None:
    assert reads(GET_a="").of("GET /a") == ()


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("GET /a/{id}", Operation("GET", "/a/{id}")),
        ("POST /rpc a,b", Operation("POST", "/rpc", "a,b")),
        ("errors", None),
        ("every 2xx answer", None),
        ("/a", None),
        ("", None),
    ],
)
def test__parse_operation__a_name__is_read_back(text: str, operation: Operation | None) -> None:
    assert parse_operation(text) == operation


@pytest.mark.parametrize(
    ("changed", "read", "touches"),
    [
        ("$.a", "$.a", True),
        ("$", "$.a", True),
        ("$.a", "$.a[*].b", True),
        ("$.a[*].b", "$.a", False),
        ("$.a", "$.b", False),
        ("$.a[*].b", "$.a[0].b", True),
        ("$.a[0].b", "$.a[*].b", True),
        ("$.a[1]", "$.a[0]", False),
        ("$.a.*.b", "$.a.x.b", True),
        ("$.a[*]", "$.ab[*]", False),
    ],
)
def test__touched__by_a_change_at_or_above_the_place__is_true(changed: str, read: str, touches: bool) -> None:
    assert touched(parse_path(changed), parse_path(read)) is touches


@pytest.mark.parametrize(
    ("changed", "places", "whole"),
    [
        ("$.items[*].price", "$.items", "$.items"),
        ("$.items[*].price", "$", "$"),
        ("$.items[*].price", "$.items, $.items[*].name", None),
        ("$.items[*].price.net", "$.items, $.items[*].price", "$.items[*].price"),
        ("$.items[*].price", "$.others, status", None),
        ("$.items", "$.items", None),
        ("$.items", "$.items[*].price", None),
    ],
)
def test__read_whole__by_what_holds_the_change__unless_it_is_looked_into(
    changed: str, places: str, whole: str | None
) -> None:
    found = read_whole(parse_path(changed), reads(GET_a=places).of("GET /a") or ())
    assert (found and found.text) == whole


@pytest.mark.parametrize(
    ("operation", "source"),
    [("GET /a", "written"), ("GET /b", "seen"), ("GET /c", "written"), ("GET /every", "written"), ("errors", "seen")],
)
def test__about__an_operation__is_what_a_person_wrote_before_what_was_seen(operation: str, source: str) -> None:
    seen = Reads("seen", reads(GET_a="$.y", GET_b="$.y", errors="$.z").operations, watched=True)
    written = replace(reads(GET_a="$.x", **{"GET /every": ""}), source="written", behind=seen)
    assert written.about(operation).source == source


def test__holding__a_place__names_those_around_the_nearest_first() -> None:
    [places] = reads(GET_a="$, $.a, $.a[*], $.a[*].b, $.a[*].b.c, $.x, status").operations.values()
    found = holding(parse_path("$.a[0].b"), places)
    assert [each.text for each in found] == ["$.a[*]", "$.a", "$"]


@pytest.mark.parametrize(("operation", "unknown"), [("GET /a", True), ("GET /a/7", False), ("every answer", True)])
def test__is_unknown__an_operation_that_nobody_watched__is(operation: str, unknown: bool) -> None:
    known = replace(reads(GET_a="", **{"GET /a/{id}": "$.x"}), watched=True, unknown=frozenset(["GET /a"]))
    assert known.is_unknown(operation) is unknown
