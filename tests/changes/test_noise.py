from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.noise import Noise, Places, noise_between
from harness.model.exchange import Exchange, Request
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import ANY, EACH, Path, parse_path
from tests.changes.bodies import calls, exchange, recording

HERE = Operation("GET", "/a")


def operation_of(request: Request) -> Operation:
    return Operation(request.method, request.path)


def noise(one: Json, other: Json) -> Noise:
    """Of OLD's two runs; NEW's are alike."""
    still = calls("/a", {})
    return noise_between(calls("/a", one), calls("/a", other), still, still, operation_of)


@pytest.mark.parametrize(
    ("one", "other", "places"),
    [
        ({"t": 1, "n": "a"}, {"t": 2, "n": "a"}, ["$.t"]),
        ({"a": {"t": "x"}}, {"a": {"t": "y"}}, ["$.a.t"]),
        ([{"id": 1, "t": 5}, {"id": 2, "t": 5}], [{"id": 1, "t": 5}, {"id": 2, "t": 6}], ["$[*].t"]),
        ({"l": ["a", "b"]}, {"l": ["b", "a"]}, ["$.l"]),  # an order that varies
        ([{"id": 1, "t": 5}, {"id": 2, "t": 5}], [{"id": 2, "t": 6}, {"id": 1, "t": 5}], ["$", "$[*].t"]),
        (1, 2, ["$"]),
        ({"t": 1}, {"t": 1.0}, []),
        ({"t": True}, {"t": 1}, []),  # a type that differs is no noise of a value
        ({"t": None}, {"t": 1}, []),
        ({"t": 1}, {}, []),
        ([1, 2], [1, 2, 3], []),
        ({"t": {}}, {"t": []}, []),
        ({"t": [1]}, {"t": {"a": 1}}, []),
    ],
)
def test__noise_between__two_runs_of_old__is_the_scalars_and_orders_that_differ(
    one: Json, other: Json, places: list[str]
) -> None:
    assert noise(one, other).of(HERE).paths == {parse_path(place) for place in places}


@pytest.mark.parametrize("side", ["old", "new"])
def test__noise_between__either_version__is_noise(side: str) -> None:
    still, moving, again = calls("/a", {"t": 1}), calls("/a", {"t": 2}), calls("/a", {"t": 3})
    four = (moving, again, still, still) if side == "old" else (still, still, moving, again)
    found = noise_between(*four, operation_of)
    assert found.measured
    assert ("t",) in found.of(HERE)
    assert ("t",) in found.of(None)
    assert ("t",) not in found.of(Operation("GET", "/b"))


def test__noise_between__old_and_new_differing__is_no_noise() -> None:
    old, new = calls("/a", {"t": 1}), calls("/a", {"t": 2})
    assert ("t",) not in noise_between(old, old, new, new, operation_of).of(HERE)


def test__noise_between__no_second_run__is_not_measured() -> None:
    found = noise_between(calls("/a", {"t": 1}), None, calls("/a", {"t": 2}), None, operation_of)
    assert not found.measured
    assert not found.of(HERE).paths


def test__noise_between__a_call_that_moved__is_noise_of_the_old_operation() -> None:
    old = recording(exchange("/a", {"t": 0}, call="x"))
    new, again = recording(exchange("/v2/a", {"t": 1}, call="x")), recording(exchange("/v2/a", {"t": 2}, call="x"))
    assert ("t",) in noise_between(old, old, new, again, operation_of).of(HERE)


def test__noise_between__headers_and_texts__are_noise_too() -> None:
    one, other = (
        recording(exchange("/a", text=f"up {n}", headers={"X-Trace": f"{n}", "Vary": "Accept"})) for n in range(2)
    )
    found = noise_between(one, other, one, one, operation_of)
    assert found.headers_of(HERE) == found.headers_of(None) == {"x-trace"}
    assert found.headers_of(Operation("GET", "/b")) == set()
    assert found.texts == {HERE}


def test__noise_between__a_header_of_one_run__is_noise() -> None:
    with_it, without = (
        recording(exchange("/a", {}, headers={"X-Cache": "hit"})),
        recording(exchange("/a", {}, headers={})),
    )
    assert noise_between(with_it, without, with_it, None, operation_of).headers_of(HERE) == {"x-cache"}
    assert noise_between(without, with_it, without, None, operation_of).headers_of(HERE) == {"x-cache"}


@pytest.mark.parametrize("other", [exchange("/a", {"t": 2}), exchange("/a", text="t is 2")])
def test__noise_between__a_body_that_is_json_in_one_run__is_no_noise_as_a_whole(other: Exchange) -> None:
    one = calls("/a", {"t": 1})
    assert noise_between(one, recording(other), one, None, operation_of).texts == set()
    assert noise_between(recording(other), one, one, None, operation_of).texts == set()


def test__noise_between__a_call_without_an_answer__is_passed_over() -> None:
    one = calls("/a", {"t": 1})
    none = recording(replace(one.exchanges[0], response=None))
    assert not noise_between(one, none, none, one, operation_of).of(HERE).paths


def test__noise_between__second_runs__are_there_to_judge_by() -> None:
    old, again = calls("/a/{}", {"t": 1}, {"t": 2}), calls("/a/{}", {"t": 3})
    new, new_again = calls("/a/{}", {"t": 4}), calls("/a/{}", {"t": 5})
    found = noise_between(old, again, new, new_again, operation_of)
    assert found.old_again.to(old.exchanges[0]) == again.exchanges[0].response
    assert found.old_again.to(old.exchanges[1]) is None
    assert found.new_again.to(new.exchanges[0]) == new_again.exchanges[0].response
    assert found.new_again.to(old.exchanges[0]) is None


@pytest.mark.parametrize("side", [0, 1])
def test__again__another_status__is_no_second_answer_to_the_same(side: int) -> None:
    runs = [recording(exchange("/a", {"t": 1}, status=200 + 300 * (side == at))) for at in (0, 1)]
    found = noise_between(runs[0], runs[1], runs[0], None, operation_of)
    assert found.old_again.to(runs[0].exchanges[0]) is None


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (("m", "7", "t"), True),
        (("m", ANY, "t"), True),
        (("m", ANY), False),
        (("m", EACH, "t"), False),
        ((ANY, "7", "t"), True),
        (("m", "8", "t"), False),
        (("n", ANY, "t"), False),
    ],
)
def test__places__a_template_of_a_map__stands_for_its_members(at: Path, expected: bool) -> None:
    assert (at in Places(frozenset({("m", "7", "t")}))) is expected
