from __future__ import annotations

from pathlib import Path

import pytest

from harness.contract.uses import merged, uses
from harness.model.operation import Operation
from harness.model.reads import Need, Op, PlaceUse
from tests.contract.exchanges import access, exchange, recorded

USERS = {"users": {"17": {"name": "ann"}, "18": {"name": "bob"}}, "total": 2}
A, B = Operation("GET", "/a"), Operation("GET", "/b")


def test__uses__accesses_of_one_place__are_summed_with_their_code() -> None:
    recording, operations = recorded(exchange("GET /a?x=1", USERS), exchange("GET /b", {"ok": True}))
    found = uses(
        [
            access("GET /a?x=1", '$.users["17"].name', Op.READ, 2, "http://h:1/app.js:3:1"),
            access("GET /a", "$['users']['18'].name", Op.READ, 3, "http://h:2/app.js:3:1", "/opt/x/widget/a.py:9"),
            access("GET /a", '$.users["18"].name', Op.COPIED, 1),
            access("GET /a", "header X-Total", Op.MISSING),
        ],
        operations,
        recording,
        [Path("/opt/x/widget")],
    )
    assert found == {
        A: (
            PlaceUse("$.users.*.name", {Op.READ: 5, Op.COPIED: 1}, ("/app.js:3:1", "a.py:9")),
            PlaceUse("header x-total", {Op.MISSING: 1}),
        ),
        B: (),
    }
    assert [*found[A][0].ops] == [Op.READ, Op.COPIED]


@pytest.mark.parametrize(
    ("target", "place"),
    [("GET /a", "no place"), ("GET /a", "$.users["), ("GET /static.json", "$.x"), ("PUT /a", "$.total")],
)
def test__uses__what_is_no_place_or_no_call__is_left_out(target: str, place: str) -> None:
    recording, operations = recorded(exchange("GET /a", USERS))
    assert uses([access(target, place)], operations, recording) == {A: ()}


@pytest.mark.parametrize(
    ("watched", "known"),
    [
        (None, {A, B}),
        ([], {B}),
        ([("GET", "http://other:1/a?x=2")], {A, B}),
        ([("GET", "http://other:1/elsewhere")], {B}),
    ],
)
def test__uses__answers_that_nobody_could_watch__are_unknown(
    watched: list[tuple[str, str]] | None, known: set[Operation]
) -> None:
    recording, operations = recorded(exchange("GET /a", USERS), exchange("GET /b", USERS))
    assert set(uses([access("GET /b", "$.total")], operations, recording, watched=watched)) == known


def test__uses__hostile_names__are_places_like_others() -> None:
    name = "__proto__</script>\u2028'\"\n"
    recording, operations = recorded(exchange("GET /a", {name: {"constructor": 1}}))
    found = uses([access("GET /a", '$["__proto__</script>\\u2028\'\\"\\n"].constructor')], operations, recording)
    assert [each.place for each in found[A]] == ['$["__proto__</script>\\u2028\'\\"\\n"].constructor']


def test__merged__reads_and_needs__are_one_list_by_place() -> None:
    read = PlaceUse("$.b", {Op.READ: 1}, ("a.js:1:1",))
    needs = {"$.a": {"removed": Need.NEEDED}, "$.b": {"removed": Need.TOLERATED, "null": Need.UNOBSERVED}}
    assert merged([PlaceUse("$.c", {Op.TESTED: 1}), read], needs) == (
        PlaceUse("$.a", {}, (), {"removed": Need.NEEDED}),
        PlaceUse("$.b", {Op.READ: 1}, ("a.js:1:1",), {"removed": Need.TOLERATED, "null": Need.UNOBSERVED}),
        PlaceUse("$.c", {Op.TESTED: 1}),
    )
