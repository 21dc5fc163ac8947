from __future__ import annotations

import pytest

from harness.ablation.candidates import Candidate, Rank, candidates, contains
from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import serialize
from harness.model.operation import Operation
from harness.model.paths import parse_path
from harness.model.reads import Op, PlaceUse
from harness.schema.operations import learn_operations

BIKES = Operation("GET", "/bikes")
BODY = {"total": 2, "rows": [{"id": 1, "tags": ["a"]}, {"id": 2}], "users": {"17": {"n": 1}, "18": {"n": 2}}}


def call(url: str = "http://shop.test/bikes", body: bytes = serialize(BODY), **more: str) -> Exchange:
    headers = (
        ("Content-Type", "application/json"),
        ("Content-Length", "9"),
        ("Connection", "x-hop"),
        ("X-Hop", "1"),
        *more.items(),
    )
    return Exchange(Request("GET", url), Response(200, headers, body))


def found(*calls: Exchange, uses: list[PlaceUse] | None = None) -> list[Candidate]:
    known = None if uses is None else {BIKES: uses}
    return list(candidates(calls, learn_operations(calls), known))


def test__candidates__of_a_body__are_all_its_places_outermost_first_then_what_stands_beside_it() -> None:
    places = [(each.place, each.depth) for each in found(call(ETag="x"))]
    assert places == [
        ("$", 0), ("$.rows", 1), ("$.total", 1), ("$.users", 1), ("$.rows[*]", 2), ("$.users.*", 2),
        ("$.rows[*].id", 3), ("$.rows[*].tags", 3), ("$.users.*.n", 3), ("$.rows[*].tags[*]", 4),
        ("status", -1), ("header content-type", -1), ("header etag", -1),
    ]  # fmt: skip


def test__candidates__what_no_proxy_can_edit__is_left_out() -> None:
    page = Exchange(Request("GET", "http://shop.test/bikes"), Response(200, (), b"<p>"))
    lost = Exchange(Request("GET", "http://shop.test/lost"), None, error="refused")
    assert [each.place for each in found(page, lost)] == ["status"]
    assert found(call("host-api://page/System/getUser")) == []


def use(place: str, *ops: Op) -> PlaceUse:
    return PlaceUse(place, dict.fromkeys(ops, 1))


@pytest.mark.parametrize(
    ("uses", "place", "rank", "is_read"),
    [
        (None, "$.total", Rank.PERHAPS, False),
        ([], "$.total", Rank.UNREAD, False),
        ([use("$.total", Op.READ)], "$.total", Rank.READ, True),
        ([use("$.total", Op.READ)], "$", Rank.READ, False),
        ([use("$.total", Op.READ)], "$.rows", Rank.UNREAD, False),
        ([use("$.total", Op.COPIED)], "$.total", Rank.PERHAPS, False),
        ([use("$.rows", Op.READ), use("$.rows[*].id", Op.READ)], "$.rows[*].tags", Rank.UNREAD, False),
        ([use("$.rows", Op.READ)], "$.rows[*].tags", Rank.PERHAPS, False),
        ([use("$.rows[*]", Op.COPIED), use("$.rows[*].id", Op.READ)], "$.rows[*].tags", Rank.PERHAPS, False),
        ([use('$.users["17"].n', Op.READ)], "$.users.*.n", Rank.READ, True),
        ([use("header etag", Op.READ)], "header etag", Rank.READ, True),
        ([use("header etag", Op.MISSING)], "header etag", Rank.PERHAPS, False),
        ([use("$.total", Op.READ)], "header etag", Rank.UNREAD, False),
    ],
)
def test__candidates__by_what_is_seen_to_be_read__are_ranked(
    uses: list[PlaceUse] | None, place: str, rank: Rank, is_read: bool
) -> None:
    [one] = [each for each in found(call(ETag="x"), uses=uses) if each.place == place]
    assert (one.rank, one.is_read) == (rank, is_read)


@pytest.mark.parametrize(
    ("container", "path", "expected"),
    [
        ("$", "$.a", True), ("$.a", "$.a", True), ("$.a.b", "$.a", False), ("$.a", "$.b.c", False),
        ("$.a[*]", "$.a[3].x", True), ("$.a[3]", "$.a[*]", True),
    ],
)  # fmt: skip
def test__contains__two_places__is_true_where_the_second_lies_within(container: str, path: str, expected: bool) -> None:
    assert contains(parse_path(container), parse_path(path)) is expected
